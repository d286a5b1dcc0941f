/** Package managers and similar programs used in RUN, with subcommands and options, most common first. */
import { builders } from './command-lines-builders.ts';
import { files } from './command-lines-files.ts';
import { node, php, python, ruby, rust, golang } from './command-lines-languages.ts';
import { usualLines } from './command-lines-usual.ts';
import { wordInfos, type CommandLine } from './command-line.ts';
import { apkLike } from '../programs/apk.ts';
import { condaLike } from '../programs/conda.ts';
import { dnfLike } from '../programs/dnf.ts';
import { gitLike } from '../programs/git.ts';
import { pacmanLike } from '../programs/pacman.ts';
import { adduser as adduserProgram } from '../programs/useradd.ts';
import { zypperLike } from '../programs/zypper.ts';

export type { CommandLine } from './command-line.ts';

const apt: CommandLine = {
  // The options of aptitude are others.
  names: ['apt-get', 'apt'],
  subcommands: wordInfos({
    update: 'Download the package lists. Run it in the same `RUN` as the install that needs them.',
    install: 'Install packages.',
    upgrade: 'Upgrade all packages without removing any.',
    'dist-upgrade': 'Upgrade all packages, removing some if necessary.',
    remove: 'Remove packages, but keep their configuration files.',
    purge: 'Remove packages and their configuration files.',
    autoremove: 'Remove packages that were installed as dependencies and are no longer needed.',
    clean: 'Delete downloaded package files.',
    'build-dep': 'Install the build dependencies of a source package.',
    download: 'Download a package to the working directory.',
    source: 'Download the source of a package.',
  }),
  options: wordInfos({
    '-y': 'Assume yes to all prompts.',
    '--no-install-recommends': 'Do not install recommended packages, for a smaller image.',
    '-qq': 'Print only errors; implies `-y`.',
    '-q': 'Do not show progress.',
    '-o': 'Set a configuration option, such as `Acquire::Retries=3`.',
    '-t': 'Install packages from this release, such as `bookworm-backports`.',
    '--purge': 'Also remove configuration files.',
    '--fix-missing': 'Continue without packages that cannot be downloaded.',
    '--allow-downgrades': 'Allow installing older versions.',
    '--allow-unauthenticated': 'Install packages even if their signatures cannot be verified.',
    '--only-upgrade': 'Upgrade installed packages, but do not install new ones.',
    '--reinstall': 'Reinstall packages that are already installed.',
  }),
};

const apk: CommandLine = {
  names: apkLike,
  subcommands: wordInfos({
    add: 'Install packages.',
    del: 'Remove packages and their unneeded dependencies.',
    update: 'Download the package index; not needed with `apk add --no-cache`.',
    upgrade: 'Upgrade all packages.',
    info: 'List installed packages.',
    fetch: 'Download packages without installing them.',
    cache: 'Manage the package cache.',
  }),
  options: wordInfos({
    '--no-cache': 'Use a temporary package index, and keep nothing in the cache.',
    '--virtual': 'Install the packages as a named group that `apk del` can remove.',
    '-t': 'Short for `--virtual`.',
    '--update-cache': 'Update the package index first.',
    '--repository': 'Also use this package repository.',
    '-X': 'Short for `--repository`.',
    '--upgrade': 'Upgrade packages that are already installed.',
    '--allow-untrusted': 'Install packages without a trusted signature.',
    '--root': 'Install into another root directory.',
    '--initdb': 'Create the package database.',
  }),
};

const dnf: CommandLine = {
  names: dnfLike,
  subcommands: wordInfos({
    install: 'Install packages.',
    update: 'Upgrade packages.',
    upgrade: 'Upgrade packages.',
    remove: 'Remove packages.',
    clean: 'Delete cached data, for example `clean all`.',
    makecache: 'Download the repository metadata.',
    groupinstall: 'Install a package group.',
    reinstall: 'Reinstall packages that are already installed.',
    autoremove: 'Remove packages that were installed as dependencies and are no longer needed.',
    'config-manager': 'Manage settings and repositories; requires a plugin.',
    module: 'Manage module streams.',
    repolist: 'List repositories.',
    builddep: 'Install the build dependencies of a source package; requires a plugin.',
  }),
  options: wordInfos({
    '-y': 'Assume yes to all prompts.',
    '--setopt': 'Set a configuration option, such as `install_weak_deps=False`.',
    '--nodocs': 'Do not install documentation.',
    '--enablerepo': 'Enable a repository for this command.',
    '--disablerepo': 'Disable a repository for this command.',
    '--installroot': 'Install into another root directory.',
    '--releasever': 'Release to install, for example with `--installroot`.',
    '--allowerasing': 'Allow removing installed packages to resolve conflicts.',
    '--exclude': 'Exclude packages.',
    '--nogpgcheck': 'Do not verify signatures; packages can be tampered with.',
    '-q': 'Do not show status messages.',
  }),
};

const zypper: CommandLine = {
  names: zypperLike,
  subcommands: wordInfos({
    install: 'Install packages.',
    refresh: 'Download the repository metadata.',
    update: 'Upgrade packages.',
    remove: 'Remove packages.',
    clean: 'Delete cached data, for example `clean --all`.',
    addrepo: 'Add a repository.',
    removerepo: 'Remove a repository.',
    patch: 'Install needed patches.',
  }),
  options: wordInfos({
    '--non-interactive': 'Do not ask questions; must precede the subcommand.',
    '-n': 'Short for `--non-interactive`.',
    '-y': 'Assume yes to all prompts of the subcommand.',
    '--no-recommends': 'Do not install recommended packages.',
    '--gpg-auto-import-keys': 'Trust and import the signing keys of new repositories.',
    '--no-gpg-checks': 'Do not verify signatures; packages can be tampered with.',
  }),
};

const pacman: CommandLine = {
  names: pacmanLike,
  subcommands: wordInfos({
    '-Syu': 'Upgrade the system, and install the packages that follow.',
    '-S': 'Install packages.',
    '-Sy':
      'Download the package databases. With an install, but without an upgrade, old and new packages are mixed.',
    '-Scc': 'Delete all downloaded packages.',
    '-R': 'Remove packages.',
    '-Rns': 'Remove packages, their configuration files and unneeded dependencies.',
    '-U': 'Install a package file.',
    '-Q': 'List installed packages.',
  }),
  options: wordInfos({
    '--noconfirm': 'Do not ask for confirmation.',
    '--needed': 'Do not reinstall packages that are up to date.',
    '--noprogressbar': 'Do not show progress.',
    '--asdeps': 'Mark packages as installed as dependencies.',
  }),
};

const conda: CommandLine = {
  names: condaLike,
  subcommands: wordInfos({
    install: 'Install packages into an environment.',
    create: 'Create an environment.',
    env: 'Manage environments, for example `env create -f environment.yml`.',
    update: 'Upgrade packages.',
    remove: 'Remove packages or an environment.',
    clean: 'Delete caches and unused packages, for example `clean -afy`.',
    config: 'Manage the configuration.',
    run: 'Run a command in an environment.',
    list: 'List installed packages.',
  }),
  options: wordInfos({
    '-y': 'Assume yes to all prompts.',
    '-n': 'Name of the environment.',
    '-c': 'Use packages from this channel, such as `conda-forge`.',
    '-f': 'File that lists the packages.',
    '--file': 'File that lists the packages.',
    '--prefix': 'Directory of the environment.',
    '--override-channels': 'Use only the channels given on the command line.',
    '--freeze-installed': 'Do not change packages that are already installed.',
    '-afy': 'With `clean`: delete all caches, including packages in use, without asking.',
  }),
};

const useradd: CommandLine = {
  names: ['useradd'],
  options: wordInfos({
    '--create-home': 'Create the home directory.',
    '-m': 'Short for `--create-home`.',
    '--system': 'Create a system account: no password aging, and a user ID below 1000.',
    '-r': 'Short for `--system`.',
    '--uid': 'User ID. Set it so that it can match the owner of mounted files.',
    '-u': 'Short for `--uid`.',
    '--gid': 'Primary group, by name or ID.',
    '-g': 'Short for `--gid`.',
    '--groups': 'Supplementary groups.',
    '--shell': 'Login shell; `/usr/sbin/nologin` disables logins.',
    '-s': 'Short for `--shell`.',
    '--home-dir': 'Home directory.',
    '--no-log-init':
      'Do not add the user to the login log files, which a high user ID can grow to gigabytes.',
    '-l': 'Short for `--no-log-init`.',
    '--no-create-home': 'Do not create the home directory.',
    '--user-group': 'Create a group with the same name as the user.',
  }),
};

const adduser: CommandLine = {
  names: adduserProgram.names,
  options: wordInfos({
    '-D': 'Alpine: do not assign a password.',
    '-S': 'Alpine: create a system account.',
    '-G': 'Alpine: group of the user.',
    '-u': 'Alpine: user ID.',
    '-h': 'Alpine: home directory.',
    '-H': 'Alpine: do not create the home directory.',
    '--disabled-password': 'Debian: disable logins by password, and do not prompt for one.',
    '--gecos': 'Debian: personal information; `""` avoids the questions.',
    '--system': 'Create a system account.',
    '--group': 'Debian: create a group with the same name.',
    '--uid': 'Debian: user ID.',
    '--ingroup': 'Debian: primary group.',
    '--home': 'Debian: home directory.',
    '--no-create-home': 'Do not create the home directory.',
    '--shell': 'Debian: login shell.',
  }),
};

const git: CommandLine = {
  names: gitLike,
  subcommands: wordInfos({
    clone: 'Clone a repository.',
    checkout: 'Switch to a branch, tag or commit.',
    fetch: 'Download commits from another repository.',
    submodule: 'Manage submodules, for example `submodule update --init`.',
    config: 'Get and set options.',
    init: 'Create an empty repository.',
    apply: 'Apply a patch.',
    lfs: 'Manage large files with Git LFS, which is installed separately.',
  }),
  options: wordInfos({
    '--depth': 'Number of commits to download; `1` is usually enough for a build.',
    '--branch': 'Check out this branch or tag.',
    '-b': 'With `clone`, short for `--branch`. With `checkout`, create a branch.',
    '--recurse-submodules': 'Also clone submodules.',
    '--single-branch': 'Clone only one branch.',
    '--global': 'With `config`: use the configuration of the user.',
    '--filter': 'Download some objects only when they are needed, for example with `blob:none`.',
    '-C': 'Run in this directory.',
  }),
};

const all: readonly CommandLine[] = [
  apt,
  apk,
  dnf,
  zypper,
  pacman,
  ...python,
  ...node,
  ...ruby,
  ...golang,
  ...rust,
  ...php,
  ...builders,
  ...files,
  conda,
  useradd,
  adduser,
  git,
  ...usualLines,
];

/** All programs, for checks and the collection of texts. */
export const commandLines: readonly CommandLine[] = all;

const byName: ReadonlyMap<string, CommandLine> = new Map(
  all.flatMap((line) => line.names.map((name): [string, CommandLine] => [name, line])),
);

/** The description of a program by its name; `pip3.12` is `pip`. */
export function commandLine(name: string): CommandLine | undefined {
  return byName.get(name) ?? (/^pip\d(?:\.\d+)?$/.test(name) ? byName.get('pip') : undefined);
}
