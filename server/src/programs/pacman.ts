import type { Program } from './program.ts';

/** Arch's package manager: the operation is a short option, `-S`. */
export const pacman: Program = {
  names: ['pacman', 'yay', 'paru'],
  valued: [
    '-b',
    '--dbpath',
    '-r',
    '--root',
    '--arch',
    '--cachedir',
    '--color',
    '--config',
    '--gpgdir',
    '--hookdir',
    '--logfile',
    '--sysroot',
    '--assume-installed',
    '--ignore',
    '--ignoregroup',
    '--overwrite',
    '--print-format',
  ],
};
