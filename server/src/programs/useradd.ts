import type { Program } from './program.ts';

/** Programs that create a user, and those that create a group. */
export const userCreators = ['useradd', 'adduser'] as const;
export const groupCreators = ['groupadd', 'addgroup'] as const;

/** shadow's useradd and usermod. */
export const useradd: Program = {
  names: ['useradd', 'usermod'],
  valued: [
    ...'-b -c -d -e -f -g -G -k -K -p -R -P -s -u -Z'.split(' '),
    '--base-dir',
    '--comment',
    '--home-dir',
    '--home',
    '--expiredate',
    '--inactive',
    '--gid',
    '--groups',
    '--skel',
    '--key',
    '--password',
    '--root',
    '--prefix',
    '--shell',
    '--uid',
    '--selinux-user',
    '--login',
  ],
};

/** Debian's and busybox's adduser; the letters are busybox's, where -D and -S take nothing. */
export const adduser: Program = {
  names: ['adduser', 'addgroup'],
  valued: [
    ...'-h -g -s -G -u -k'.split(' '),
    '--home',
    '--gecos',
    '--comment',
    '--shell',
    '--ingroup',
    '--uid',
    '--gid',
    '--firstuid',
    '--lastuid',
    '--firstgid',
    '--lastgid',
    '--conf',
    '--add_extra_groups',
  ],
};
