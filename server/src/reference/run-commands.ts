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
  runCommand('apt-get update && apt-get install -y --no-install-recommends', 'Install packages', {
    system: 'debian',
  }),
  runCommand('apk add --no-cache', 'Install packages without storing the package index', {
    system: 'alpine',
  }),
  runCommand('dnf install -y', 'Install packages', { system: 'fedora' }),
  runCommand('pacman -Syu --noconfirm', 'Install packages', { system: 'arch' }),
  runCommand('zypper --non-interactive install', 'Install packages', { system: 'suse' }),
  runCommand(
    'pip install --no-cache-dir -r requirements.txt',
    'Install the packages in requirements.txt',
    {
      images: ['python', 'pypy'],
      needs: 'requirements.txt',
    },
  ),
  runCommand('pip install --no-cache-dir', 'Install Python packages', {
    images: ['python', 'pypy'],
  }),
  runCommand('npm ci', 'Install the versions in package-lock.json', { images: ['node'] }),
  runCommand('npm run build', 'Run the build script in package.json', { images: ['node'] }),
  runCommand('npm install -g', 'Install npm packages globally', { images: ['node'] }),
  runCommand('go mod download', 'Download the modules in go.mod', { images: ['golang'] }),
  runCommand('go build -o', 'Compile a program', { images: ['golang'] }),
  runCommand('cargo build --release --locked', 'Build with the versions in Cargo.lock', {
    images: ['rust'],
  }),
  runCommand('bundle install', 'Install the gems in the Gemfile', { images: ['ruby'] }),
  runCommand('composer install --no-dev', 'Install the packages in composer.lock', {
    images: ['php', 'composer'],
  }),
  runCommand('docker-php-ext-install', 'Compile and enable PHP extensions', { images: ['php'] }),
  runCommand('mvn package -DskipTests', 'Package the project without running tests', {
    images: ['maven'],
  }),
  runCommand('gradle build --no-daemon', 'Build and test the project', { images: ['gradle'] }),
  runCommand('useradd --create-home', 'Create a user', { system: 'debian' }),
  runCommand('adduser -D', 'Create a user without a password', { system: 'alpine' }),
  runCommand('groupadd', 'Create a group', { system: 'debian' }),
  runCommand('mkdir -p', 'Create directories', {}),
  runCommand('chown -R', 'Change the owner of files and directories', {}),
  runCommand('chmod +x', 'Set execute permission', {}),
  runCommand('curl -fsSL', 'Download a URL; fails on HTTP errors', {}),
  runCommand('wget -q', 'Download a URL', {}),
  runCommand('rm -rf', 'Delete files; files in earlier layers remain in the image', {}),
  runCommand('set -eux;', 'Exit on the first error or unset variable, and print each command', {}),
];

function runCommand(
  name: string,
  documentation: string,
  conditions: Omit<RunCommand, 'name' | 'documentation'>,
): RunCommand {
  return { name, documentation, ...conditions };
}
