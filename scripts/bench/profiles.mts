/** CPU profiles and heap snapshots of another Node.js process. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';

interface ProfileFile {
  readonly folder: string;
  readonly name: string;
}

/** Profiles a process during the work; the file is `NAME.cpuprofile`. */
export async function profiled<T>(
  id: string,
  { folder, name }: ProfileFile,
  work: () => Promise<T>,
): Promise<T> {
  const end = await inspected(id, 'cpu', { folder, name: `${name}.cpuprofile` });
  try {
    return await work();
  } finally {
    await end();
  }
}

/** Writes what a process holds after a garbage collection to `NAME.heapsnapshot`. */
export async function snapshot(id: string, folder: string, name: string): Promise<void> {
  const end = await inspected(id, 'heap', { folder, name: `${name}.heapsnapshot` });
  await end();
}

/** Starts the script that talks to the inspector; the returned function has it write the file. */
async function inspected(
  id: string,
  what: 'cpu' | 'heap',
  { folder, name }: ProfileFile,
): Promise<() => Promise<void>> {
  await mkdir(folder, { recursive: true });
  const script = path.join(import.meta.dirname, 'write-profile.mjs');
  // Its own executable, which is new enough for the script.
  const child = spawn(`/proc/${id}/exe`, [script, id, what, path.join(folder, name)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const exit = once(child, 'exit');
  await Promise.race([once(child.stdout, 'data'), exit]);
  return async () => {
    child.stdin.end();
    await exit;
  };
}
