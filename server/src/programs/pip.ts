import type { Family, PackageManager } from './program.ts';

const pipOptions = [
  '-r',
  '--requirement',
  '-c',
  '--constraint',
  '-e',
  '--editable',
  '-t',
  '--target',
  '-i',
  '--index-url',
  '--extra-index-url',
  '-f',
  '--find-links',
  '--platform',
  '--python-version',
  '--implementation',
  '--abi',
  '--root',
  '--prefix',
  '--src',
  '--upgrade-strategy',
  '-C',
  '--config-settings',
  '--global-option',
  '--build-option',
  '--install-option',
  '--no-binary',
  '--only-binary',
  '--progress-bar',
  '--root-user-action',
  '--report',
  '--group',
  '--python',
  '--log',
  '--keyring-provider',
  '--proxy',
  '--retries',
  '--timeout',
  '--default-timeout',
  '--exists-action',
  '--trusted-host',
  '--cert',
  '--client-cert',
  '--cache-dir',
  '--use-feature',
  '--use-deprecated',
  '-w',
  '--wheel-dir',
  '-d',
  '--dest',
  '-b',
  '--build',
];

const versionedName = /^pip\d(?:\.\d+)?$/;

const pipNames = ['pip', 'pip2', 'pip3', 'pipx'];

/** The names of pip, and pipx, which installs in the same way. */
export const pipLike: Family = [...pipNames, versionedName];

const verbs = {
  install: ['install'],
  remove: ['uninstall'],
  download: ['download', 'wheel'],
};

/** Python's package installer; for `python -m pip`, the command that python runs. */
export const pip: PackageManager<keyof typeof verbs> = {
  names: pipNames,
  verbs,
  namePattern: versionedName,
  valueOptions: pipOptions,
  subcommands: [
    ...Object.values(verbs).flat(),
    'freeze',
    'inspect',
    'list',
    'show',
    'check',
    'config',
    'search',
    'cache',
    'index',
    'hash',
    'completion',
    'debug',
    'inject',
    'run',
    'ensurepath',
    'upgrade',
  ],
};

const uvOptions = [
  ...pipOptions,
  '-p',
  '--default-index',
  '--index',
  '--index-strategy',
  '--python-preference',
  '--python-version',
  '--keyring-provider',
  '--cache-dir',
  '--build-constraint',
  '--build-constraints',
  '--overrides',
  '--no-build-package',
  '--no-binary-package',
  '--torch-backend',
  '--fork-strategy',
  '--color',
  '--allow-insecure-host',
  '--config-setting',
  '--config-settings-package',
  '--exclude-newer-package',
  '--link-mode',
  '--resolution',
  '--prerelease',
  '--exclude-newer',
  '--project',
  '--directory',
  '--config-file',
  '--extra',
  '--package',
  '--refresh-package',
  '--reinstall-package',
  '-P',
  '--upgrade-package',
  '--python-platform',
  '--with',
  '--from',
  '--only-group',
  '--no-group',
  '--override',
  '--no-install-package',
];

/** Poetry and Pipenv, which install what the project lists. */
export const poetry: PackageManager<'restore'> = {
  names: ['poetry', 'pipenv'],
  verbs: { restore: ['install', 'sync'] },
  valueOptions: ['-P', '--project', '-C', '--directory', '--with', '--without', '--only', '-E', '--extras'], // prettier-ignore
  subcommands: [],
};

export const uvLike = ['uv'] as const;

const uvVerbs = { install: ['add'], restore: ['sync'], remove: ['remove'] };

/**
 * uv, with its own commands and those of pip. `uv pip` is a separate program, so that its subcommands are those of pip.
 */
export const uvPip: PackageManager<'install'> = {
  names: ['uv pip'],
  verbs: { install: ['install'] },
  valueOptions: uvOptions,
  subcommands: [],
};
export const uvTool: PackageManager<'install'> = { ...uvPip, names: ['uv tool'] };
export const uv: PackageManager<keyof typeof uvVerbs> = {
  names: uvLike,
  verbs: uvVerbs,
  valueOptions: uvOptions,
  subcommands: [],
};
