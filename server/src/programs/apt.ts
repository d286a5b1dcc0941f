import type { PackageManager } from './program.ts';

export const aptLike = ['apt-get', 'apt', 'aptitude'] as const;

const verbs = {
  install: ['install'],
  reinstall: ['reinstall'],
  remove: ['remove', 'purge', 'autoremove', 'auto-remove', 'autopurge'],
  upgrade: ['upgrade', 'full-upgrade', 'dist-upgrade', 'safe-upgrade', 'dselect-upgrade'],
  download: ['download'],
  update: ['update'],
  clean: ['clean', 'autoclean', 'auto-clean', 'distclean', 'dist-clean'],
};

/** Subcommands that install packages that satisfy dependencies. */
export const aptSatisfies: readonly string[] = ['satisfy'];

/** Subcommands that install the build dependencies of a package. */
export const aptSources: readonly string[] = ['build-dep'];

/** Debian's package managers, which have the same options. */
export const apt: PackageManager<keyof typeof verbs> = {
  names: aptLike,
  verbs,
  valueOptions: [
    '-o',
    '--option',
    '-c',
    '--config-file',
    '-t',
    '--target-release',
    '--default-release',
    '-a',
    '--host-architecture',
    '-P',
    '--build-profiles',
  ],
  subcommands: [
    ...Object.values(verbs).flat(),
    'source',
    ...aptSatisfies,
    ...aptSources,
    'check',
    'changelog',
    'indextargets',
    'list',
    'search',
    'show',
    'edit-sources',
    'policy',
    'depends',
    'rdepends',
    'markauto',
    'unmarkauto',
    'hold',
    'unhold',
  ],
};
