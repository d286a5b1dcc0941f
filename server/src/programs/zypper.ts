import type { Program } from './program.ts';

/** openSUSE's package manager. */
export const zypper: Program = {
  names: ['zypper'],
  valued: [
    '-c',
    '--config',
    '-D',
    '--reposd-dir',
    '-C',
    '--cache-dir',
    '-R',
    '--root',
    '--installroot',
    '--releasever',
    '-p',
    '--plus-repo',
    '--plus-content',
    '--userdata',
    '-r',
    '--repo',
    '--from',
    '-t',
    '--type',
    '--gpg-auto-import-key',
    '--solver-focus',
  ],
  valuedBy: { addrepo: ['-p', '--priority'], ar: ['-p', '--priority'] },
  subcommands: [],
};
