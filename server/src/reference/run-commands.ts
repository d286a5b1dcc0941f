/** Common commands at the start of RUN, by base image. */
import type { System } from './snippets.ts';

export interface RunCommand {
  /** The inserted text; what follows is completed afterwards. */
  readonly name: string;
  readonly documentation: string;
  /** The system that the command is for; any system if undefined. */
  readonly system?: System;
  /** Official images that the command is for; any image if undefined. */
  readonly images?: readonly string[];
  /** A file that the command requires. */
  readonly needs?: string;
}

export const runCommands: readonly RunCommand[] = [
  of('apt-get update && apt-get install -y --no-install-recommends', 'Install packages', {
    system: 'debian',
  }),
  of('apk add --no-cache', 'Install packages without storing the package index', {
    system: 'alpine',
  }),
  of('dnf install -y', 'Install packages', { system: 'fedora' }),
  of('pip install --no-cache-dir -r requirements.txt', 'Install the packages in requirements.txt', {
    images: ['python', 'pypy'],
    needs: 'requirements.txt',
  }),
  of('pip install --no-cache-dir', 'Install Python packages', { images: ['python', 'pypy'] }),
  of('npm ci', 'Install the versions in package-lock.json', { images: ['node'] }),
  of('npm run build', 'Run the build script in package.json', { images: ['node'] }),
  of('npm install -g', 'Install npm packages globally', { images: ['node'] }),
  of('go mod download', 'Download the modules in go.mod', { images: ['golang'] }),
  of('go build -o', 'Compile a program', { images: ['golang'] }),
  of('cargo build --release --locked', 'Build with the versions in Cargo.lock', {
    images: ['rust'],
  }),
  of('bundle install', 'Install the gems in the Gemfile', { images: ['ruby'] }),
  of('composer install --no-dev', 'Install the packages in composer.lock', {
    images: ['php', 'composer'],
  }),
  of('docker-php-ext-install', 'Compile and enable PHP extensions', { images: ['php'] }),
  of('mvn package -DskipTests', 'Package the project without running tests', { images: ['maven'] }),
  of('gradle build --no-daemon', 'Build and test the project', { images: ['gradle'] }),
  of('useradd --create-home', 'Create a user', { system: 'debian' }),
  of('adduser -D', 'Create a user without a password', { system: 'alpine' }),
  of('groupadd', 'Create a group', { system: 'debian' }),
  of('mkdir -p', 'Create directories', {}),
  of('chown -R', 'Change the owner of files and directories', {}),
  of('chmod +x', 'Make files executable', {}),
  of('curl -fsSL', 'Download a URL; fails on HTTP errors', {}),
  of('wget -q', 'Download a URL', {}),
  of('rm -rf', 'Delete files; files in earlier layers remain in the image', {}),
  of('set -eux;', 'Exit on the first error or unset variable, and print each command', {}),
];

function of(
  name: string,
  documentation: string,
  where: Omit<RunCommand, 'name' | 'documentation'>,
): RunCommand {
  return { name, documentation, ...where };
}
