/** Debian's packages that the tests use, installed only where they are missing. */

import { existsSync, readFileSync } from 'node:fs';
import { outputOf, run, say, systemEnvironment, whereIs } from './run.mts';

/** Each package with the command that shows it is there, or undefined where dpkg has to be asked. */
const commandOf = {
  chromium: 'chromium',
  // Chromium's package depends on no font, and screenshots without one show boxes.
  'fonts-dejavu-core': undefined,
  'fonts-wqy-microhei': undefined,
  'docker.io': 'dockerd',
  iptables: 'iptables',
  'docker-registry': 'docker-registry',
  // For htpasswd, which the registry's users are made with.
  'apache2-utils': 'htpasswd',
  // The tests make their images of it, so that they need no registry.
  'busybox-static': undefined,
  shellcheck: 'shellcheck',
} as const;

export type Package = keyof typeof commandOf;

/** Those of the packages that are not installed. */
export async function missingPackages(names: readonly Package[]): Promise<readonly Package[]> {
  const missing: Package[] = [];
  for (const name of names) if (!(await isInstalled(name))) missing.push(name);
  return missing;
}

/** One line that says how to install packages by hand. */
export function installByHand(names: readonly Package[]): string {
  return `please install ${names.join(', ')} (on Debian, as root: apt-get install ${names.join(' ')})`;
}

/** Installs what is missing, on Debian and as root; elsewhere it leaves everything as it is. */
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
      // invoke-rc.d then starts no service: the tests start the engine, and end it.
      RUNLEVEL: '1',
    },
  });
}
