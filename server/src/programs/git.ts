import type { Program } from './program.ts';

export const gitLike = ['git'] as const;

/** Git, whose options differ by subcommand. */
export const git: Program = {
  names: gitLike,
  valueOptions: ['-C', '-c', '--git-dir', '--work-tree', '--namespace', '--config-env'],
  valueOptionsBySubcommand: {
    clone: [
      '-b',
      '--branch',
      '-o',
      '--origin',
      '-u',
      '--upload-pack',
      '--reference',
      '--reference-if-able',
      '--separate-git-dir',
      '--depth',
      '--shallow-since',
      '--shallow-exclude',
      '--filter',
      '-j',
      '--jobs',
      '-c',
      '--config',
      '--template',
      '--bundle-uri',
      '--server-option',
      '--revision',
    ],
    fetch: [
      '--depth',
      '--deepen',
      '--shallow-since',
      '--shallow-exclude',
      '-j',
      '--jobs',
      '--filter',
    ],
    pull: ['--depth', '--shallow-since', '-s', '--strategy', '-X', '--strategy-option'],
    checkout: ['-b', '-B', '--orphan', '--conflict', '--pathspec-from-file'],
    switch: ['-c', '-C', '--create', '--orphan'],
    commit: ['-m', '--message', '-F', '--file', '--author', '--date', '-C', '-c', '-t'],
    submodule: ['--depth', '-b', '--branch', '--reference', '-j', '--jobs', '--name'],
    config: ['-f', '--file', '--blob', '--type', '--default'],
    init: ['-b', '--initial-branch', '--template', '--separate-git-dir'],
  },
  subcommands: [],
};
