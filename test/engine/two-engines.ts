/** The installed Docker engine and the newer one, each started for one test file, with images of any name. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe } from 'vitest';
import { findAddress } from '../../client/src/engine/docker-cli/address-lookup.ts';
import { connect } from '../../client/src/engine/docker-api/connect.ts';
import type { Engine } from '../../client/src/engine/engine.ts';
import { startDaemon, type Daemon } from '../../scripts/setup/engine.mts';
import { startNewerEngine } from '../../scripts/setup/newer-engine.mts';
import { withNewerEngine } from './buildkit.ts';
import { connectRealEngine, type RealEngine } from './real-engine.ts';

export interface StartedEngine {
  /** The first two parts of its version: `20.10`. */
  readonly version: string;
  readonly engine: Engine;
  /** The directory with its data and its log. */
  readonly folder: string;
  /** Its address as in DOCKER_HOST. */
  readonly host: string;
  /** Runs the docker command with it. */
  readonly docker: (...args: string[]) => Promise<{ readonly stdout: string }>;
  stop(): Promise<void>;
}

const run = promisify(execFile);

/** Prints why an engine is not available; the tests for it are then skipped. */
export async function startEngines(): Promise<readonly StartedEngine[]> {
  const started: StartedEngine[] = [];
  for (const start of [startInstalledEngine, startNewerEngine]) {
    try {
      started.push(await startedEngine(await start()));
    } catch (error) {
      console.log(`Skipped, no engine: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return started;
}

export interface ConnectedEngine extends RealEngine {
  readonly version: string;
  /** Whether the docker command has the same commands for it; Podman has others. */
  readonly isDocker: boolean;
  stop(): Promise<void>;
}

/** The engine at DOCKER_HOST or the default socket, and a newer one that is started; those that are available. */
export async function connectEngines(): Promise<readonly ConnectedEngine[]> {
  const installed = await connectRealEngine();
  const newer = await withNewerEngine(async (daemon) => {
    const address = await findAddress(daemon.env.DOCKER_HOST ?? '');
    return { address, engine: await connect(address), stop: () => daemon.stop() };
  });
  const all = [installed && { ...installed, stop: () => Promise.resolve() }, newer];
  return Promise.all(
    all
      .filter((one) => one !== undefined)
      .map(async (one) => {
        const { version, product } = await one.engine.version();
        return { ...one, version, isDocker: product === 'docker' };
      }),
  );
}

/** Tests for each engine; without one, they are skipped. */
export function describeEngines(
  title: string,
  engines: readonly ConnectedEngine[],
  define: (connected: ConnectedEngine) => void,
): void {
  for (const one of engines)
    describe(`${title} ${one.version}`, () => {
      afterAll(() => one.stop());
      define(one);
    });
  // Only hooks and tests use the engine, and those do not run.
  if (engines.length === 0) describe.skip(title, () => define(undefined as never));
}

async function startInstalledEngine(): Promise<Daemon> {
  const folder = await mkdtemp(path.join(tmpdir(), 'drydock-installed-'));
  const daemon = await startDaemon({ socket: path.join(folder, 'docker.sock'), secluded: true });
  return {
    ...daemon,
    stop: async () => {
      await daemon.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function startedEngine(daemon: Daemon): Promise<StartedEngine> {
  const host = `unix://${daemon.socket}`;
  const engine = await connect(await findAddress(host));
  const { version } = await engine.version();
  const docker = (...args: string[]) =>
    run('docker', ['--host', host, ...args], { maxBuffer: 1 << 26 });
  return {
    version: version.split('.').slice(0, 2).join('.'),
    engine,
    host,
    folder: daemon.folder,
    docker,
    stop: () => daemon.stop(),
  };
}
