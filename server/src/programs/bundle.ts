import type { Program } from './program.ts';

/** Ruby's Bundler. */
export const bundle: Program = {
  names: ['bundle', 'bundler'],
  valued: [
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
