import type { PackageManager } from './program.ts';

export const composerLike = ['composer', 'composer.phar'] as const;

const verbs = {
  install: ['require', 'r', 'create-project'],
  restore: ['install', 'i'],
  remove: ['remove', 'rm'],
  upgrade: ['update', 'u', 'upgrade'],
  clean: ['clear-cache', 'clearcache', 'cc'],
};

/** PHP's package manager. */
export const composer: PackageManager<keyof typeof verbs> = {
  names: composerLike,
  verbs,
  valueOptions: [
    '-d',
    '--working-dir',
    '--prefer-install',
    '--ignore-platform-req',
    '--apcu-autoloader-prefix',
    '--stability',
    '-s',
    '--repository',
    '--repository-url',
    '--bump-after-update',
    '--audit-format',
  ],
  subcommands: [],
};
