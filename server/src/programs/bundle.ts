import type { PackageManager } from './program.ts';

export const bundleLike = ['bundle', 'bundler'] as const;

const verbs = {
  install: ['add'],
  restore: ['install', 'i'],
  remove: ['remove'],
  upgrade: ['update'],
  clean: ['clean', 'cache'],
};

/** Ruby's Bundler. */
export const bundle: PackageManager<keyof typeof verbs> = {
  names: bundleLike,
  verbs,
  valueOptions: [
    '--path',
    '--without',
    '--with',
    '-j',
    '--jobs',
    '--retry',
    '--gemfile',
    '--binstubs',
    '--trust-policy',
    '--target-rbconfig',
    '--shebang',
    '--cache-path',
  ],
  subcommands: [],
};
