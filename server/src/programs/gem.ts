import type { Program } from './program.ts';

/** Ruby's package manager. */
export const gem: Program = {
  names: ['gem'],
  valued: [
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
