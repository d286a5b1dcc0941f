import type { PackageManager } from './program.ts';

export const condaLike = ['conda', 'mamba', 'micromamba'] as const;

const verbs = {
  install: ['install', 'create'],
  remove: ['remove', 'uninstall'],
  upgrade: ['update', 'upgrade'],
  clean: ['clean'],
};

/** conda and its faster replacements. */
export const conda: PackageManager<keyof typeof verbs> = {
  names: condaLike,
  verbs,
  valueOptions: [
    '-n',
    '--name',
    '-p',
    '--prefix',
    '-c',
    '--channel',
    '--file',
    '-f',
    '--solver',
    '--repodata-fn',
    '--experimental',
    '--platform',
    '--subdir',
    '-r',
    '--root-prefix',
    '--revision',
    '--clone',
    '--override-frozen',
  ],
  // `conda install -f` is an old short form of --force in conda, `--file` in micromamba; both are rare.
  subcommands: [],
};
