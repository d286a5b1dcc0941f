import type { PackageManager } from './program.ts';

export const dnfLike = ['dnf', 'dnf5', 'microdnf', 'yum', 'tdnf'] as const;

const verbs = {
  install: [
    'install',
    'in',
    'install-n',
    'install-na',
    'install-nevra',
    'localinstall',
    'groupinstall',
  ],
  reinstall: ['reinstall', 'rei'],
  remove: ['remove', 'rm', 'erase', 'autoremove', 'groupremove'],
  upgrade: [
    'upgrade',
    'up',
    'update',
    'upgrade-minimal',
    'up-min',
    'update-minimal',
    'distro-sync',
    'dsync',
    'downgrade',
    'dg',
  ],
  update: ['makecache', 'mc'],
  clean: ['clean'],
};

/** Where each of them stores downloads. */
export const dnfCaches: Readonly<Record<(typeof dnfLike)[number], string>> = {
  dnf: '/var/cache/dnf',
  dnf5: '/var/cache/libdnf5',
  microdnf: '/var/cache/yum',
  yum: '/var/cache/yum',
  tdnf: '/var/cache/tdnf',
};

/** Package managers of Fedora, RHEL and other distributions with RPM packages. */
export const dnf: PackageManager<keyof typeof verbs> = {
  names: dnfLike,
  verbs,
  valueOptions: [
    '-c',
    '--config',
    '-d',
    '--debuglevel',
    '-e',
    '--errorlevel',
    '-R',
    '--randomwait',
    '-x',
    '--exclude',
    '--excludepkgs',
    '--disableexcludes',
    '--disableplugin',
    '--enableplugin',
    '--disablerepo',
    '--enablerepo',
    '--repo',
    '--repoid',
    '--repofrompath',
    '--installroot',
    '--releasever',
    '--setopt',
    '--forcearch',
    '--advisory',
    '--bz',
    '--cve',
    '--sec-severity',
    '--comment',
    '--color',
    '--rpmverbosity',
    '--downloaddir',
    '--destdir',
  ],
  subcommands: [],
};
