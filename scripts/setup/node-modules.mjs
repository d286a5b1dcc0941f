/**
 * The first stage of every script: a fresh clone has no node_modules yet, so this file uses nothing
 * but Node itself. Once the packages are there, the rest of the scripts is TypeScript.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../..');

/**
 * Installs the packages of package-lock.json when any is missing or of another version, and lets
 * this process import TypeScript from then on.
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

/** Why the installed packages are not those of the lock file; undefined when they are. */
function stale() {
  const wanted = packagesOf('package-lock.json');
  const installed = packagesOf('node_modules/.package-lock.json');
  if (installed === undefined) return 'nothing is installed';
  for (const [place, { version, optional, devOptional }] of Object.entries(wanted)) {
    if (place === '' || installed[place]?.version === version) continue;
    // Packages for other platforms are optional and rightly absent.
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
