import type { PackageManager } from './program.ts';

export const apkLike = ['apk'] as const;

const verbs = { install: ['add'], remove: ['del'], upgrade: ['upgrade'], update: ['update'] };

/** Alpine's package manager. */
export const apk: PackageManager<keyof typeof verbs> = {
  names: apkLike,
  verbs,
  valueOptions: [
    '-t',
    '--virtual',
    '-X',
    '--repository',
    '-p',
    '--root',
    '--arch',
    '--cache-dir',
    '--cache-max-age',
    '--keys-dir',
    '--repositories-file',
    '--timeout',
    '--wait',
    '--progress-fd',
  ],
  subcommands: [
    ...Object.values(verbs).flat(),
    'fix',
    'info',
    'list',
    'search',
    'dot',
    'policy',
    'stats',
    'cache',
    'fetch',
    'index',
    'manifest',
    'verify',
    'audit',
    'version',
    'mkndx',
    'mkpkg',
    'query',
    'extract',
    'adbdump',
    'adbsign',
    'convdb',
    'convndx',
  ],
};
