/** Debian packages that the tests use; only missing ones are installed. */

import { existsSync, readFileSync } from 'node:fs';
import { outputOf, run, say, systemEnvironment, whereIs } from './run.mts';

/** Each package with a command that it installs, or undefined if dpkg must be queried. */
const commandOf = {
  chromium: 'chromium',
  // Chromium's package does not depend on a font, and screenshots without one show boxes.
  'fonts-dejavu-core': undefined,
  'fonts-wqy-microhei': undefined,
  'docker.io': 'dockerd',
  iptables: 'iptables',
  'docker-registry': 'docker-registry',
  // For htpasswd, which creates the users of the registry.
  'apache2-utils': 'htpasswd',
  // Keys and an agent, for builds that use SSH.
  'openssh-client': 'ssh-agent',
  // An SSH server without a service, for the same builds.
  'dropbear-bin': 'dropbear',
  // The tests build their images from it, so that they do not need a registry.
  'busybox-static': undefined,
  shellcheck: 'shellcheck',
} as const;

export type Package = keyof typeof commandOf;

/** The packages that are not installed. */
export async function missingPackages(names: readonly Package[]): Promise<readonly Package[]> {
  const missing: Package[] = [];
  for (const name of names) if (!(await isInstalled(name))) missing.push(name);
  return missing;
}

/** One line with the command that installs packages. */
export function installByHand(names: readonly Package[]): string {
  return `install ${names.join(', ')} (on Debian, as root: apt-get install ${names.join(' ')})`;
}

/** Installs missing packages on Debian, as root; elsewhere it does nothing. */
export async function installPackages(names: readonly Package[]): Promise<void> {
  const missing = await missingPackages(names);
  if (missing.length === 0 || !isDebian() || process.getuid?.() !== 0) return;
  say(`apt-get install ${missing.join(' ')}`);
  if (hasPackageLists() && (await install(missing))) return;
  // The lists of packages are absent, or older than the archive.
  say('apt-get update');
  await apt(['update']);
  await install(missing);
}

async function isInstalled(name: Package): Promise<boolean> {
  const command = commandOf[name];
  if (command !== undefined) return whereIs(command) !== undefined;
  if (whereIs('dpkg-query') === undefined) return false;
  try {
    const format = '--showformat=${db:Status-Status}';
    return (await outputOf('dpkg-query', ['--show', format, name])) === 'installed';
  } catch {
    return false;
  }
}

function isDebian(): boolean {
  const file = '/etc/os-release';
  return existsSync(file) && /^ID(_LIKE)?=.*\bdebian\b/m.test(readFileSync(file, 'utf8'));
}

function hasPackageLists(): boolean {
  return existsSync('/var/lib/apt/lists/partial') && existsSync('/var/cache/apt/pkgcache.bin');
}

async function install(names: readonly Package[]): Promise<boolean> {
  return (await apt(['install', '--yes', '--no-install-recommends', ...names])) === 0;
}

function apt(args: readonly string[]): Promise<number> {
  const quiet = ['-qq', '-o', 'Dpkg::Use-Pty=0', '-o', 'DPkg::Lock::Timeout=300'];
  return run('apt-get', [...quiet, ...args], {
    env: {
      ...systemEnvironment(),
      DEBIAN_FRONTEND: 'noninteractive',
      // Makes invoke-rc.d start no services: the tests start and stop the engine themselves.
      RUNLEVEL: '1',
    },
  });
}
