import type { PackageManager } from './program.ts';

export const yarnLike = ['yarn', 'yarnpkg'] as const;

const verbs = {
  install: ['add'],
  restore: ['install'],
  remove: ['remove'],
  upgrade: ['upgrade', 'up'],
};

/** Yarn, classic and modern. `yarn global` is a separate name, so that the subcommand of `yarn global add` is `add`. */
export const yarn: PackageManager<keyof typeof verbs> = {
  names: [...yarnLike, 'yarn global'],
  verbs,
  valueOptions: [
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
