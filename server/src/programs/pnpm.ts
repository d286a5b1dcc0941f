import type { Program } from './program.ts';

/** pnpm; `-r` is recursive and takes nothing. */
export const pnpm: Program = {
  names: ['pnpm'],
  valued: [
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
