import type { PackageManager } from './program.ts';

export const pnpmLike = ['pnpm'] as const;

const verbs = {
  install: ['add', 'install', 'i'],
  restore: ['install', 'i'],
  remove: ['remove', 'rm', 'uninstall', 'un'],
  upgrade: ['update', 'up', 'upgrade'],
};

/** pnpm. `-r` means recursive and takes no value. */
export const pnpm: PackageManager<keyof typeof verbs> = {
  names: pnpmLike,
  verbs,
  valueOptions: [
    '-C',
    '--dir',
    '--filter',
    '-F',
    '--filter-prod',
    '--store-dir',
    '--virtual-store-dir',
    '--modules-dir',
    '--registry',
    '--reporter',
    '--loglevel',
    '--network-concurrency',
    '--child-concurrency',
    '--lockfile-dir',
    '--package-import-method',
    '--global-dir',
  ],
  subcommands: [],
};
