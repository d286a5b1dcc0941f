import type { PackageManager } from './program.ts';

export const zypperLike = ['zypper'] as const;

/** Subcommands that upgrade a system to another release. */
export const zypperReleaseUpgrades: readonly string[] = ['dist-upgrade', 'dup'];

const verbs = {
  install: ['install', 'in'],
  remove: ['remove', 'rm'],
  upgrade: ['update', 'up', 'patch', ...zypperReleaseUpgrades],
  update: ['refresh', 'ref'],
  clean: ['clean', 'cc'],
};

/** Subcommands that install sources and what is needed to build them. */
export const zypperSources: readonly string[] = ['source-install', 'si'];

/** openSUSE's package manager. */
export const zypper: PackageManager<keyof typeof verbs> = {
  names: zypperLike,
  verbs,
  valueOptions: [
    '-c',
    '--config',
    '-D',
    '--reposd-dir',
    '-C',
    '--cache-dir',
    '-R',
    '--root',
    '--installroot',
    '--releasever',
    '-p',
    '--plus-repo',
    '--plus-content',
    '--userdata',
    '-r',
    '--repo',
    '--from',
    '-t',
    '--type',
    '--gpg-auto-import-key',
    '--solver-focus',
  ],
  valueOptionsBySubcommand: { addrepo: ['-p', '--priority'], ar: ['-p', '--priority'] },
  subcommands: [],
};
