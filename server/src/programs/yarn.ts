import type { Program } from './program.ts';

/** Yarn, classic and modern; `yarn global add` is a name of its own, so that its subcommand is `add`. */
export const yarn: Program = {
  names: ['yarn', 'yarnpkg', 'yarn global'],
  valued: [
    '--cwd',
    '--registry',
    '--cache-folder',
    '--modules-folder',
    '--network-timeout',
    '--network-concurrency',
    '--mutex',
    '--prefix',
    '--global-folder',
    '--preferred-cache-folder',
    '--use-yarnrc',
    '--mode',
  ],
  subcommands: [],
};
