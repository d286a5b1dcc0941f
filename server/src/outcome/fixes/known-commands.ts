/** Commands that scripts use, and the packages that contain them. */
import type { Manager } from '../../programs/install.ts';
import { memoize } from '../../text/memoize.ts';

/** Commands of shells and of every system; a misspelled command is compared with these and the ones with a package. */
const basic =
  'configure gradlew mvnw apk apt apt-get apt-cache awk base64 basename bash bundle cargo cat cd chgrp chmod chown clang command composer conda cp cut date dd deno dirname dnf dpkg echo env exec exit export expr find gem getent go gradle grep groupadd addgroup adduser head hostname id install javac ldconfig ln ls make md5sum microdnf mkdir mktemp mv nohup npm npx pacman paste pip pip3 pnpm printf ps pwd python readlink realpath rm rmdir rustup sed seq set sh sha256sum sha512sum sleep sort source stat systemctl tail tee test touch tr true uname uniq unzip update-ca-certificates useradd usermod wait wc which xargs yarn yum zypper'.split(
    ' ',
  );

/** `command: apt, apk, dnf, zypper, pacman`; `-` where no package of the system contains it, `=` for the same as apt. */
const packages = `
curl: curl
wget: wget
git: git
jq: jq
make: make
gcc: gcc
g++: g++ g++ gcc-c++ gcc-c++ gcc
cmake: cmake
ninja: ninja-build ninja ninja-build ninja ninja
patch: patch
unzip: unzip
zip: zip
xz: xz-utils xz xz xz xz
bzip2: bzip2
zstd: zstd
gpg: gnupg gnupg gnupg2 gpg2 gnupg
ssh: openssh-client openssh-client openssh-clients openssh-clients openssh
ssh-keyscan: openssh-client openssh-client openssh-clients openssh-clients openssh
ssh-keygen: openssh-client openssh-keygen openssh openssh-common openssh
rsync: rsync
sudo: sudo
python3: python3 python3 python3 python3 python
pip: python3-pip py3-pip python3-pip python3-pip python-pip
pip3: python3-pip py3-pip python3-pip python3-pip python-pip
node: nodejs nodejs nodejs nodejs nodejs
npm: npm npm npm npm npm
ruby: ruby
perl: perl
php: php-cli php php-cli php8 php
java: default-jre-headless openjdk21-jre-headless java-21-openjdk-headless java-21-openjdk-headless jre-openjdk-headless
mvn: maven maven maven maven maven
bash: bash
openssl: openssl
envsubst: gettext-base gettext-envsubst gettext gettext-runtime gettext
vim: vim
nano: nano
less: less
file: file
tree: tree
ps: procps procps procps-ng procps procps-ng
ip: iproute2 iproute2 iproute iproute2 iproute2
ping: iputils-ping iputils iputils iputils iputils
dig: dnsutils bind-tools bind-utils bind-utils bind
nc: netcat-openbsd netcat-openbsd nmap-ncat netcat-openbsd openbsd-netcat
tini: tini tini tini tini -
gosu: gosu - - - -
su-exec: - su-exec - - -
dumb-init: dumb-init dumb-init - - -
locale-gen: locales - - - -
add-apt-repository: software-properties-common - - - -
lsb_release: lsb-release lsb-release-minimal - lsb-release lsb-release
pkg-config: pkg-config pkgconf pkgconf-pkg-config pkg-config pkgconf
autoconf: autoconf
automake: automake
autoreconf: autoconf
libtoolize: libtool
bison: bison
flex: flex
clang: clang
protoc: protobuf-compiler protoc protobuf-compiler protobuf-devel protobuf
ffmpeg: ffmpeg
convert: imagemagick imagemagick ImageMagick ImageMagick imagemagick
psql: postgresql-client postgresql-client postgresql postgresql postgresql
mysql: default-mysql-client mariadb-client mariadb mariadb-client mariadb-clients
sqlite3: sqlite3 sqlite sqlite sqlite3 sqlite
redis-cli: redis-tools redis redis redis redis
xvfb-run: xvfb xvfb-run xorg-x11-server-Xvfb xorg-x11-server-Xvfb xorg-server-xvfb
nginx: nginx
useradd: passwd shadow shadow-utils shadow shadow
groupadd: passwd shadow shadow-utils shadow shadow
which: debianutils which which which which
tar: tar
gzip: gzip
git-lfs: git-lfs
svn: subversion
hg: mercurial
strace: strace
gdb: gdb
shellcheck: shellcheck shellcheck ShellCheck ShellCheck shellcheck
`;

const order: readonly Manager[] = ['apt', 'apk', 'dnf', 'zypper', 'pacman'];

interface Table {
  readonly names: readonly string[];
  readonly packages: ReadonlyMap<string, readonly string[]>;
}

/** Read when the first build has failed. */
const table = memoize(1, (): Table => {
  const rows = packages
    .trim()
    .split('\n')
    .map((row) => {
      const [name = '', names = ''] = row.split(': ');
      return [name, names.split(' ')] as const;
    });
  const known = new Map(rows);
  return { names: [...new Set([...basic, ...known.keys()])], packages: known };
});

/** All commands of the table. */
export function knownCommands(): readonly string[] {
  return table('').names;
}

/** The package of a system that contains a command; undefined if that is not known. */
export function packageOf(command: string, manager: Manager): string | undefined {
  const names = table('').packages.get(command);
  const index = order.indexOf(manager);
  if (names === undefined || index < 0) return undefined;
  const name = names.length === 1 ? names[0] : names[index];
  return name === '-' ? undefined : name;
}
