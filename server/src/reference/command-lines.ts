/** Package managers and their kin as they are used in RUN: subcommands and options, the usual first. */
import { builders } from './command-lines-builders.ts';
import { files } from './command-lines-files.ts';
import { node, php, python, ruby, rust, golang } from './command-lines-languages.ts';
import { told, type CommandLine } from './command-line.ts';

export type { CommandLine, Told } from './command-line.ts';

const apt: CommandLine = {
  names: ['apt-get', 'apt'],
  subcommands: told({
    update: 'Loads the lists of packages; in one `RUN` with the install that needs them.',
    install: 'Installs packages.',
    upgrade: 'Brings all packages up to date without removing any.',
    'dist-upgrade': 'Brings all packages up to date, removing some where it must.',
    remove: 'Removes packages, but not their settings.',
    purge: 'Removes packages and their settings.',
    autoremove: 'Removes what was installed for others only and is no longer needed.',
    clean: 'Deletes the packages that were loaded.',
    'build-dep': 'Installs what a source package needs to be built.',
    download: 'Loads a package into the working directory.',
    source: 'Loads the source of a package.',
  }),
  options: told({
    '-y': 'Answers every question with yes: nobody can in a build.',
    '--no-install-recommends': 'Leaves out what is only recommended; images stay smaller.',
    '-qq': 'Says only what is wrong.',
    '-q': 'Shows no progress.',
    '-o': 'Sets an option of the configuration, such as `Acquire::Retries=3`.',
    '-t': 'Takes packages from this release, such as `bookworm-backports`.',
    '--purge': 'Removes settings too.',
    '--fix-missing': 'Goes on without packages that can not be loaded.',
    '--allow-downgrades': 'Installs older versions where asked to.',
    '--allow-unauthenticated': 'Takes packages without a signature, which anybody may have made.',
    '--only-upgrade': 'Installs only newer versions of what is there.',
    '--reinstall': 'Installs again what is there.',
  }),
};

const apk: CommandLine = {
  names: ['apk'],
  subcommands: told({
    add: 'Installs packages.',
    del: 'Removes packages, and what only they needed.',
    update: 'Loads the index of packages; `apk add --no-cache` needs none.',
    upgrade: 'Brings all packages up to date.',
    info: 'Shows what is installed.',
    fetch: 'Loads packages without installing them.',
    cache: 'Looks after the cache of packages.',
  }),
  options: told({
    '--no-cache': 'Loads the index only for this command and keeps nothing.',
    '--virtual': 'Groups the packages under a name, by which `apk del` removes them.',
    '-t': 'Short for `--virtual`.',
    '--update-cache': 'Loads the index first.',
    '--repository': 'Takes packages from this repository too.',
    '-X': 'Short for `--repository`.',
    '--upgrade': 'Takes newer versions of what is there.',
    '--allow-untrusted': 'Takes packages without a signature that is trusted.',
    '--root': 'Installs into another folder as its root.',
    '--initdb': 'Makes the database of packages where there is none.',
  }),
};

const dnf: CommandLine = {
  names: ['dnf', 'dnf5', 'microdnf', 'yum', 'tdnf'],
  subcommands: told({
    install: 'Installs packages.',
    update: 'Brings packages up to date.',
    upgrade: 'Brings packages up to date.',
    remove: 'Removes packages.',
    clean: 'Deletes what was loaded: `clean all`.',
    makecache: 'Loads the metadata of the repositories.',
    groupinstall: 'Installs a group of packages.',
    reinstall: 'Installs again what is there.',
    autoremove: 'Removes what was installed for others only and is no longer needed.',
    'config-manager': 'Changes settings and repositories; a plugin.',
    module: 'Enables and installs streams of modules.',
    repolist: 'Shows the repositories.',
    builddep: 'Installs what a source package needs to be built; a plugin.',
  }),
  options: told({
    '-y': 'Answers every question with yes: nobody can in a build.',
    '--setopt': 'Sets an option, such as `install_weak_deps=False`.',
    '--nodocs': 'Leaves out documentation.',
    '--enablerepo': 'Enables a repository for this command.',
    '--disablerepo': 'Disables a repository for this command.',
    '--installroot': 'Installs into another folder as its root.',
    '--releasever': 'The release to install; with `--installroot`.',
    '--allowerasing': 'Removes packages that stand in the way.',
    '--exclude': 'Leaves packages out.',
    '--nogpgcheck': 'Takes packages without a signature, which anybody may have made.',
    '-q': 'Says only what is wrong.',
  }),
};

const zypper: CommandLine = {
  names: ['zypper'],
  subcommands: told({
    install: 'Installs packages.',
    refresh: 'Loads the metadata of the repositories.',
    update: 'Brings packages up to date.',
    remove: 'Removes packages.',
    clean: 'Deletes what was loaded: `clean --all`.',
    addrepo: 'Adds a repository.',
    removerepo: 'Removes a repository.',
    patch: 'Installs patches that are needed.',
  }),
  options: told({
    '--non-interactive': 'Asks nothing; stands before the subcommand.',
    '-n': 'Short for `--non-interactive`.',
    '-y': 'Answers every question of the subcommand with yes.',
    '--no-recommends': 'Leaves out what is only recommended.',
    '--gpg-auto-import-keys': 'Takes over the keys of new repositories.',
    '--no-gpg-checks': 'Takes packages without a signature, which anybody may have made.',
  }),
};

const pacman: CommandLine = {
  names: ['pacman'],
  subcommands: told({
    '-Syu': 'Brings the system up to date, and installs what is named behind it.',
    '-S': 'Installs packages.',
    '-Sy': 'Loads the databases; alone with an install it mixes old and new packages.',
    '-Scc': 'Deletes all that was loaded.',
    '-R': 'Removes packages.',
    '-Rns': 'Removes packages, their settings, and what only they needed.',
    '-U': 'Installs a package file.',
    '-Q': 'Shows what is installed.',
  }),
  options: told({
    '--noconfirm': 'Asks nothing: nobody can answer in a build.',
    '--needed': 'Leaves packages alone that are up to date.',
    '--noprogressbar': 'Shows no progress.',
    '--asdeps': 'Marks packages as installed for others.',
  }),
};

const conda: CommandLine = {
  names: ['conda', 'mamba', 'micromamba'],
  subcommands: told({
    install: 'Installs packages into an environment.',
    create: 'Makes an environment.',
    env: 'Makes and changes environments by their file: `env create -f environment.yml`.',
    update: 'Brings packages up to date.',
    remove: 'Removes packages or an environment.',
    clean: 'Deletes what was loaded: `clean -afy`.',
    config: 'Sets options.',
    run: 'Runs a command in an environment.',
    list: 'Shows what is installed.',
  }),
  options: told({
    '-y': 'Answers every question with yes: nobody can in a build.',
    '-n': 'Name of the environment.',
    '-c': 'Takes packages from this channel, such as `conda-forge`.',
    '-f': 'The file that lists the packages.',
    '--file': 'The file that lists the packages.',
    '--prefix': 'Folder of the environment.',
    '--override-channels': 'Takes no channel but those that are named.',
    '--freeze-installed': 'Changes nothing that is there.',
    '-afy': 'Of `clean`: everything, packages in use too, unasked.',
  }),
};

const useradd: CommandLine = {
  names: ['useradd'],
  options: told({
    '--create-home': 'Makes the home folder.',
    '-m': 'Short for `--create-home`.',
    '--system': 'An account for a program: no ageing, an id below 1000.',
    '-r': 'Short for `--system`.',
    '--uid': 'Id of the user, fixed so that mounted folders fit.',
    '-u': 'Short for `--uid`.',
    '--gid': 'Group of the user, by name or id.',
    '-g': 'Short for `--gid`.',
    '--groups': 'More groups.',
    '--shell': 'Login shell; `/usr/sbin/nologin` for none.',
    '-s': 'Short for `--shell`.',
    '--home-dir': 'Home folder.',
    '--no-log-init': 'Keeps an id that is high from filling the image with a log of gigabytes.',
    '-l': 'Short for `--no-log-init`.',
    '--no-create-home': 'Makes no home folder.',
    '--user-group': 'Makes a group of the same name.',
  }),
};

const adduser: CommandLine = {
  names: ['adduser', 'addgroup'],
  options: told({
    '-D': 'Alpine: without a password.',
    '-S': 'Alpine: an account for a program.',
    '-G': 'Alpine: the group.',
    '-u': 'Alpine: the id of the user.',
    '-h': 'Alpine: the home folder.',
    '-H': 'Alpine: makes no home folder.',
    '--disabled-password': 'Debian: nobody can log in with a password, and none is asked for.',
    '--gecos': 'Debian: facts about the person; `""` asks for none.',
    '--system': 'An account for a program.',
    '--group': 'Debian: makes a group of the same name.',
    '--uid': 'Debian: the id of the user.',
    '--ingroup': 'Debian: the group.',
    '--home': 'Debian: the home folder.',
    '--no-create-home': 'Makes no home folder.',
    '--shell': 'Debian: the login shell.',
  }),
};

const git: CommandLine = {
  names: ['git'],
  subcommands: told({
    clone: 'Copies a repository.',
    checkout: 'Goes to a commit, tag or branch.',
    fetch: 'Loads commits.',
    submodule: 'Looks after repositories inside: `submodule update --init`.',
    config: 'Sets options.',
    init: 'Makes a repository.',
    apply: 'Applies a patch.',
    lfs: 'Loads large files; a program of its own.',
  }),
  options: told({
    '--depth': 'Loads only so many commits; `1` is enough to build.',
    '--branch': 'Goes to this branch or tag.',
    '-b': 'Of `clone`, short for `--branch`; of `checkout`, makes a branch.',
    '--recurse-submodules': 'Loads the repositories inside too.',
    '--single-branch': 'Loads no other branch.',
    '--global': 'Of `config`: for the user.',
    '--filter': 'Leaves out objects until they are needed, such as `blob:none`.',
    '-C': 'Works in this folder.',
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
];

/** All of them, for whoever goes through their texts. */
export const commandLines: readonly CommandLine[] = all;

const byName: ReadonlyMap<string, CommandLine> = new Map(
  all.flatMap((line) => line.names.map((name): [string, CommandLine] => [name, line])),
);

/** What a program takes; `pip3.12` is `pip`. */
export function commandLine(name: string): CommandLine | undefined {
  return byName.get(name) ?? (/^pip\d(?:\.\d+)?$/.test(name) ? byName.get('pip') : undefined);
}
