/** A trial of builders: a context, BuildKit of a newer engine, which they all use, and the engine that gets their images. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'vitest';
import type { BuildEvent, BuildRequest } from '../../contract/build.ts';
import type { Engine } from '../../client/src/engine/engine.ts';
import { startNewerEngine, type NewerEngine } from '../../scripts/setup/newer-engine.mts';
import { withNewerEngine } from './buildkit.ts';
import { startBuildKitProxy, type BuildKitProxy } from './buildkit-proxy.ts';
import { engineErrorOf } from './contract.ts';
import { connectRealEngine, type RealEngine } from './real-engine.ts';

export const run = promisify(execFile);

/** BuildKit of the builders has the exporters of buildkitd. */
const configuration = { features: { 'containerd-snapshotter': true } };

/** Undefined, with a message, if an engine or busybox is not available. */
export async function startBuilderTrial(): Promise<BuilderTrial | undefined> {
  const busybox = ['/bin/busybox', '/usr/bin/busybox'].find((file) => existsSync(file));
  const real = await connectRealEngine();
  if (real === undefined || busybox === undefined) return undefined;
  const newer = await withNewerEngine(() => startNewerEngine({ configuration }));
  if (newer === undefined) return undefined;
  const folder = await mkdtemp(path.join(tmpdir(), 'drydock-builders-'));
  const trial = new BuilderTrial({ real, newer, busybox, folder });
  await trial.start();
  return trial;
}

interface Parts {
  readonly real: RealEngine;
  readonly newer: NewerEngine;
  readonly busybox: string;
  readonly folder: string;
}

export class BuilderTrial {
  /** The engine that gets the images. */
  readonly real: RealEngine;
  readonly here: Engine;
  /** The socket of the engine with the BuildKit of the builders. */
  readonly socket: string;
  readonly busybox: string;
  /** Everything that the trial writes. */
  readonly folder: string;
  readonly context: string;
  /** The environment before the trial. */
  readonly before = { ...process.env };
  readonly proxies: BuildKitProxy[] = [];
  /** Images that are removed in the end. */
  readonly tags: string[] = [];
  readonly #newer: NewerEngine;

  constructor({ real, newer, busybox, folder }: Parts) {
    this.real = real;
    this.here = real.engine;
    this.#newer = newer;
    this.socket = newer.socket;
    this.busybox = busybox;
    this.folder = folder;
    this.context = path.join(folder, 'context');
  }

  async start(): Promise<void> {
    const { folder, context, busybox } = this;
    await mkdir(context);
    await copyFile(busybox, path.join(context, 'busybox'));
    await chmod(path.join(context, 'busybox'), 0o755);
    await writeFile(
      path.join(context, 'Dockerfile'),
      'FROM scratch\nCOPY busybox /bin/busybox\nRUN ["/bin/busybox", "echo", "built here"]\nLABEL made=yes\n',
    );
    process.env.DOCKER_CONFIG = path.join(folder, 'config');
    delete process.env.DOCKER_CONTEXT;
    await mkdir(path.join(folder, 'config', 'cli-plugins'), { recursive: true });
    await copyFile(
      path.join(this.#newer.env.DOCKER_CONFIG ?? '', 'cli-plugins/docker-buildx'),
      path.join(folder, 'config', 'cli-plugins/docker-buildx'),
    );
  }

  async stop(): Promise<void> {
    process.env = this.before;
    for (const proxy of this.proxies) await proxy.close();
    for (const tag of this.tags)
      await this.here.removeImage(tag, { force: true }).catch(() => undefined);
    await this.#newer.stop();
    await rm(this.folder, { recursive: true, force: true });
  }

  /** Runs docker of the newer engine, with the configuration that the tests read. */
  readonly docker = async (...args: string[]): Promise<string> => {
    const env = { ...this.#newer.env, DOCKER_CONFIG: process.env.DOCKER_CONFIG };
    return (await run('docker', args, { env })).stdout;
  };

  readonly proxy = async (
    options: Parameters<typeof startBuildKitProxy>[1],
  ): Promise<BuildKitProxy> => {
    const started = await startBuildKitProxy(this.socket, options);
    this.proxies.push(started);
    return started;
  };

  readonly build = async (
    engine: Engine,
    part: Partial<BuildRequest>,
    events: BuildEvent[] = [],
  ): Promise<readonly BuildEvent[]> => {
    this.tags.push(...(part.tags ?? []));
    const { signal } = new AbortController();
    for await (const event of engine.build(this.request(part), signal)) events.push(event);
    return events;
  };

  readonly request = (part: Partial<BuildRequest>): BuildRequest => ({
    context: { kind: 'directory', path: this.context },
    dockerfile: path.join(this.context, 'Dockerfile'),
    tags: [],
    ...part,
  });

  readonly failureOf = (part: Partial<BuildRequest>): Promise<string> =>
    engineErrorOf(this.build(this.here, part)).then(({ message }) => message);

  /** Fails unless this engine has the image, built from the context. */
  readonly expectLoaded = async (events: readonly BuildEvent[], tag: string): Promise<void> => {
    const image = await this.here.inspect('image', tag);
    expect(image.config.Labels).toMatchObject({ made: 'yes' });
    expect(events.find(({ kind }) => kind === 'image')).toMatchObject({ id: image.id });
    const size = Math.max(
      ...events.flatMap((one) => (one.kind === 'progress' && one.id === 'load' ? one.current : 0)),
    );
    expect(size).toBeGreaterThan(100_000);
    expect(events).toContainEqual(
      expect.objectContaining({ kind: 'step', id: 'load', state: 'done' }),
    );
    expect(events).toContainEqual(expect.objectContaining({ kind: 'sent' }));
  };

  /** Writes a builder as buildx does, for what buildx does not create here. */
  readonly writeBuilder = async (name: string, driver: string, node: object): Promise<void> => {
    const instances = path.join(this.folder, 'config/buildx/instances');
    await mkdir(instances, { recursive: true });
    const json = {
      Name: name,
      Driver: driver,
      Nodes: [{ Name: `${name}0`, ...node }],
      Dynamic: false,
    };
    await writeFile(path.join(instances, name), JSON.stringify(json));
  };

  readonly create = (name: string, driver: string, ...args: readonly string[]): Promise<string> =>
    this.docker('buildx', 'create', '--name', name, '--driver', driver, ...args);
}
