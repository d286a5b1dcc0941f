import type { PackageManager } from './program.ts';

export const npmLike = ['npm'] as const;

const verbs = {
  install: [
    'install',
    'i',
    'in',
    'ins',
    'inst',
    'insta',
    'instal',
    'isnt',
    'isnta',
    'isntal',
    'isntall',
    'add',
  ],
  restore: ['ci', 'clean-install', 'ic', 'install-clean', 'isntall-clean'],
  remove: ['uninstall', 'unlink', 'remove', 'rm', 'r', 'un'],
  upgrade: ['update', 'up', 'upgrade', 'udpate'],
};

/** Subcommands that install the dependencies of the project and run its tests. */
export const npmTests: readonly string[] = ['install-test', 'it', 'install-ci-test', 'cit'];

/** npm. Its options may come before the subcommand. */
export const npm: PackageManager<keyof typeof verbs> = {
  names: npmLike,
  verbs,
  valueOptions: [
    '--prefix',
    '-C',
    '--registry',
    '--cache',
    '--userconfig',
    '--globalconfig',
    '--loglevel',
    '-w',
    '--workspace',
    '--omit',
    '--include',
    '--only',
    '--tag',
    '--fetch-retries',
    '--fetch-retry-mintimeout',
    '--fetch-retry-maxtimeout',
    '--fetch-timeout',
    '--network-timeout',
    '--maxsockets',
    '--script-shell',
    '--before',
    '--install-strategy',
    '--cpu',
    '--os',
    '--libc',
    '--access',
    '--otp',
  ],
  subcommands: [],
};
