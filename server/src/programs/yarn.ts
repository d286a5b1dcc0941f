import type { PackageManager } from './program.ts';

export const yarnLike = ['yarn', 'yarnpkg'] as const;

const verbs = {
  install: ['add'],
  restore: ['install'],
  remove: ['remove'],
  upgrade: ['upgrade', 'up'],
};

/** Yarn, classic and modern; `yarn global add` is a name of its own, so that its subcommand is `add`. */
export const yarn: PackageManager<keyof typeof verbs> = {
  names: [...yarnLike, 'yarn global'],
  verbs,
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
