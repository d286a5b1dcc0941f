import type { PackageManager } from './program.ts';

export const cargoLike = ['cargo'] as const;

const verbs = {
  install: ['install', 'add'],
  remove: ['uninstall', 'remove', 'rm'],
};

/** Rust's package manager. */
export const cargo: PackageManager<keyof typeof verbs> = {
  names: cargoLike,
  verbs,
  valueOptions: [
    '--version',
    '--vers',
    '--index',
    '--registry',
    '--git',
    '--branch',
    '--tag',
    '--rev',
    '--path',
    '--root',
    '-F',
    '--features',
    '--target',
    '--target-dir',
    '--profile',
    '--bin',
    '--example',
    '-j',
    '--jobs',
    '--config',
    '-Z',
    '-C',
    '--manifest-path',
    '-p',
    '--package',
    '--color',
    '--message-format',
    '--exclude',
    '--test',
    '--bench',
    '--recipe-path',
  ],
  subcommands: [],
};
