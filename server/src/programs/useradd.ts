import type { Program } from './program.ts';

/** Programs that create a user, and those that create a group. */
export const userCreators = ['useradd', 'adduser'] as const;
export const groupCreators = ['groupadd', 'addgroup'] as const;

/** useradd and usermod of the shadow package. */
export const useradd: Program = {
  names: ['useradd', 'usermod'],
  valueOptions: [
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

/** adduser of Debian and busybox. The short options are those of busybox, where -D and -S take no value. */
export const adduser: Program = {
  names: ['adduser', 'addgroup'],
  valueOptions: [
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
