/**
 * The first step of every script. A fresh clone does not have node_modules, so this file uses only Node.js itself. Once the
 * packages are installed, the other scripts can be TypeScript.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../..');

/**
 * Installs the packages of package-lock.json if any is missing or has another version, and allows this process to import
 * TypeScript.
 */
export async function prepareNodeModules() {
  const reason = stale();
  if (reason !== undefined) {
    console.log(`npm ci, because ${reason}`);
    const { status, error } = spawnSync(
      'npm',
      ['ci', '--ignore-scripts', '--no-audit', '--no-fund'],
      {
        cwd: root,
        stdio: ['ignore', 'inherit', 'inherit'],
      },
    );
    if (status !== 0) {
      console.error(`npm ci failed${error === undefined ? '' : `: ${error.message}`}`);
      process.exit(1);
    }
  }
  const { register } = await import('tsx/esm/api');
  register();
}

/** Why the installed packages differ from the lock file; undefined if they do not. */
function stale() {
  const locked = packagesOf('package-lock.json');
  const installed = packagesOf('node_modules/.package-lock.json');
  if (installed === undefined) return 'nothing is installed';
  for (const [place, { version, optional, devOptional }] of Object.entries(locked)) {
    if (place === '' || installed[place]?.version === version) continue;
    // Optional packages for other platforms are not installed.
    if (installed[place] === undefined && (optional || devOptional)) continue;
    return `${place} is ${installed[place]?.version ?? 'missing'} and should be ${version}`;
  }
  return undefined;
}

function packagesOf(lockFile) {
  try {
    return JSON.parse(readFileSync(path.join(root, lockFile), 'utf8')).packages;
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  }
}
