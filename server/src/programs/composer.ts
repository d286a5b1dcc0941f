import type { Program } from './program.ts';

/** PHP's package manager. */
export const composer: Program = {
  names: ['composer', 'composer.phar'],
  valued: [
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
