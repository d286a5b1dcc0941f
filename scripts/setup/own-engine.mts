/**
 * Runs a program with a Docker engine of its own, in a network namespace of its own: `own-engine.mts PROGRAM ARGUMENT…`. Both
 * ends with the program. It lets two parts of the tests, which each change an engine, run side by side. Requires root.
 */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Cleanup } from './cleanup.mts';
import { startDaemon } from './engine.mts';
import { outputOf, run } from './run.mts';

/** Put before the command line of a program, this starts it with an engine of its own. */
export const withOwnEngine: readonly string[] = [
  ...['unshare', '--net', process.execPath, '--import', 'tsx', import.meta.filename],
];

/** Whether this process may create a network namespace and start an engine. */
export function canStartEngines(): boolean {
  return process.platform === 'linux' && process.getuid?.() === 0;
}

function main([program = '', ...args]: readonly string[]): Promise<number> {
  const cleanup = new Cleanup();
  return cleanup.during(async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'drydock-own-engine-'));
    cleanup.add(() => rm(folder, { recursive: true, force: true }));
    // Registries and proxies of the tests listen on 127.0.0.1, which a new namespace has but does not enable.
    await outputOf('busybox', ['ip', 'link', 'set', 'lo', 'up']);
    const daemon = await startDaemon({ socket: path.join(folder, 'docker.sock') });
    cleanup.add(() => daemon.stop());
    const env = { ...process.env, DOCKER_HOST: `unix://${daemon.socket}` };
    return run(program, args, { env, cleanup });
  });
}

if (process.argv[1] === import.meta.filename) process.exitCode = await main(process.argv.slice(2));
