/** What a RUN mostly begins with, for the base that a stage has. Texts are plain English. */
import type { System } from './snippets.ts';

export interface RunCommand {
  /** As it is inserted; what follows is completed then. */
  readonly name: string;
  readonly documentation: string;
  /** The systems that it is for. */
  readonly system?: System;
  /** Official images that it is for. */
  readonly images?: readonly string[];
  /** Files without which it does nothing. */
  readonly needs?: string;
}

export const runCommands: readonly RunCommand[] = [
  of('apt-get update && apt-get install -y --no-install-recommends', 'installs packages', {
    system: 'debian',
  }),
  of('apk add --no-cache', 'installs packages and leaves no index behind', { system: 'alpine' }),
  of('dnf install -y', 'installs packages', { system: 'fedora' }),
  of('pip install --no-cache-dir -r requirements.txt', 'installs what the file lists', {
    images: ['python', 'pypy'],
    needs: 'requirements.txt',
  }),
  of('pip install --no-cache-dir', 'installs Python packages', { images: ['python', 'pypy'] }),
  of('npm ci', 'installs what package-lock.json lists', { images: ['node'] }),
  of('npm run build', 'runs the script `build` of package.json', { images: ['node'] }),
  of('npm install -g', 'installs programs of the npm registry', { images: ['node'] }),
  of('go mod download', 'loads the modules that go.mod lists', { images: ['golang'] }),
  of('go build -o', 'builds a program', { images: ['golang'] }),
  of('cargo build --release --locked', 'builds what Cargo.lock lists', { images: ['rust'] }),
  of('bundle install', 'installs what the Gemfile lists', { images: ['ruby'] }),
  of('composer install --no-dev', 'installs what composer.lock lists', {
    images: ['php', 'composer'],
  }),
  of('docker-php-ext-install', 'builds extensions of PHP', { images: ['php'] }),
  of('mvn package -DskipTests', 'builds without running tests', { images: ['maven'] }),
  of('gradle build --no-daemon', 'builds', { images: ['gradle'] }),
  of('useradd --create-home', 'makes a user', { system: 'debian' }),
  of('adduser -D', 'makes a user without a password', { system: 'alpine' }),
  of('groupadd', 'makes a group', { system: 'debian' }),
  of('mkdir -p', 'makes folders', {}),
  of('chown -R', 'gives files to another user', {}),
  of('chmod +x', 'makes files programs', {}),
  of('curl -fsSL', 'loads an address and fails where the server does', {}),
  of('wget -q', 'loads an address', {}),
  of('rm -rf', 'removes files; those of layers before stay in the image', {}),
  of('set -eux;', 'stops at the first failure and shows each command', {}),
];

function of(
  name: string,
  documentation: string,
  where: Omit<RunCommand, 'name' | 'documentation'>,
): RunCommand {
  return { name, documentation, ...where };
}
