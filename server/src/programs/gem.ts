import type { PackageManager } from './program.ts';

export const gemLike = ['gem'] as const;

const verbs = {
  install: ['install', 'i'],
  remove: ['uninstall'],
  upgrade: ['update'],
  clean: ['cleanup'],
};

/** Ruby's package manager. */
export const gem: PackageManager<keyof typeof verbs> = {
  names: gemLike,
  verbs,
  valueOptions: [
    '-v',
    '--version',
    '-i',
    '--install-dir',
    '-n',
    '--bindir',
    '-s',
    '--source',
    '-P',
    '--trust-policy',
    '-p',
    '--http-proxy',
    '-B',
    '--bulk-threshold',
    '-g',
    '--file',
    '--platform',
    '--build-root',
    '--document',
    '--target-rbconfig',
    '--without',
    '--config-file',
  ],
  subcommands: [],
};
