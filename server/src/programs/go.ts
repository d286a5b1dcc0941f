import type { PackageManager } from './program.ts';

export const goLike = ['go'] as const;

const verbs = {
  install: ['install', 'get'],
};

/** The Go command, whose long options have one dash. */
export const go: PackageManager<keyof typeof verbs> = {
  names: goLike,
  verbs,
  style: 'single',
  valueOptions: [
    '-C',
    '-o',
    '-p',
    '-asmflags',
    '-buildmode',
    '-buildvcs',
    '-compiler',
    '-gccgoflags',
    '-gcflags',
    '-installsuffix',
    '-ldflags',
    '-mod',
    '-modfile',
    '-overlay',
    '-pgo',
    '-pkgdir',
    '-tags',
    '-toolexec',
    '-exec',
    '-run',
    '-bench',
    '-count',
    '-timeout',
    '-coverprofile',
    '-f',
  ],
  subcommands: [],
};
