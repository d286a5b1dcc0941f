/** Build caches in directories, with BuildKit of an engine that supports them; buildx uses the same directories. */
import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { BuildEvent, BuildRequest } from '../../contract/build.ts';
import { connect } from '../../client/src/engine/docker-api/connect.ts';
import { findAddress } from '../../client/src/engine/docker-cli/address-lookup.ts';
import type { Engine } from '../../client/src/engine/engine.ts';
import { startNewerEngine } from '../../scripts/setup/newer-engine.mts';
import { withNewerEngine } from './buildkit.ts';
import { engineErrorOf, readAll, type EngineFixture } from './contract.ts';
import { connectRealEngine, createFixture } from './real-engine.ts';

const run = promisify(execFile);
const configuration = { features: { 'containerd-snapshotter': true } };
const newer = await withNewerEngine(() => startNewerEngine({ configuration }));

describe.skipIf(newer === undefined)('local caches', () => {
  const { socket, env } = newer!;
  let fixture: EngineFixture;
  let engine: Engine;
  let folder: string;
  let cache: string;

  beforeAll(async () => {
    const address = await findAddress(`unix://${socket}`);
    engine = await connect(address);
    fixture = await createFixture({ engine, address });
  });
  afterAll(async () => {
    await fixture.close();
    await newer?.stop();
  });
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'drydock-cache-'));
    cache = path.join(folder, 'cache');
    return () => rm(folder, { recursive: true, force: true });
  });

  async function writeDockerfile(...lines: readonly string[]): Promise<void> {
    const text = [`FROM ${fixture.image}`, ...lines, ''].join('\n');
    await writeFile(path.join(folder, 'Dockerfile'), text);
  }

  async function build(
    part: Partial<BuildRequest>,
    events: BuildEvent[] = [],
    on = engine,
  ): Promise<readonly BuildEvent[]> {
    const request = {
      context: { kind: 'directory', path: folder },
      dockerfile: path.join(folder, 'Dockerfile'),
      tags: [],
      ...part,
    } as const;
    const { signal } = new AbortController();
    for await (const event of on.build(request, signal)) events.push(event);
    return events;
  }

  /** How the step whose name contains this text has ended. */
  const stateOf = (events: readonly BuildEvent[], name: string): string | undefined =>
    events
      .filter((event) => event.kind === 'step')
      .findLast((step) => step.name.includes(name) && step.state !== 'running')?.state;

  const to = (attributes: Readonly<Record<string, string>> = {}) => ({
    cacheTo: [{ type: 'local', attributes: { dest: cache, mode: 'max', ...attributes } }],
  });
  const from = (attributes: Readonly<Record<string, string>> = {}) => ({
    cacheFrom: [{ type: 'local', attributes: { src: cache, ...attributes } }],
  });

  const forget = () => run('docker', ['buildx', 'prune', '--all', '--force'], { env });

  test('writes a cache, and reads it when the engine has none', async () => {
    const mark = randomUUID();
    await writeDockerfile(`RUN echo ${mark} > /mark`, `RUN cat /mark`);
    await build(to());
    expect((await readdir(cache)).sort()).toEqual(['blobs', 'index.json', 'ingest', 'oci-layout']);
    expect(await readdir(path.join(cache, 'ingest'))).toEqual([]);
    await forget();
    expect(stateOf(await build({}), `echo ${mark}`)).toBe('done');
    await forget();
    const events = await build(from());
    expect(stateOf(events, `echo ${mark}`)).toBe('cached');
    expect(stateOf(events, 'cat /mark')).toBe('cached');
  });

  test('buildx reads what was written here, and the other way around', async () => {
    const mark = randomUUID();
    await writeDockerfile(`RUN echo ${mark}`);
    await build(to());
    await forget();
    const buildx = (...args: readonly string[]) =>
      run('docker', ['buildx', 'build', '--progress=plain', ...args, folder], { env });
    const read = await buildx(`--cache-from=type=local,src=${cache}`);
    expect(read.stderr).toMatch(/CACHED/);
    await forget();
    const other = randomUUID();
    await writeDockerfile(`RUN echo ${other}`);
    await buildx(`--cache-to=type=local,dest=${cache},mode=max`);
    await forget();
    expect(stateOf(await build(from()), `echo ${other}`)).toBe('cached');
  });

  test('keeps the caches of several tags', async () => {
    const [one, two] = [randomUUID(), randomUUID()];
    await writeDockerfile(`RUN echo ${one}`);
    await build(to({ tag: 'one' }));
    await writeDockerfile(`RUN echo ${two}`);
    await build(to({ tag: 'two' }));
    // Writing again replaces the entry.
    await build(to({ tag: 'two' }));
    const index = JSON.parse(await readFile(path.join(cache, 'index.json'), 'utf8')) as {
      readonly manifests: readonly unknown[];
    };
    expect(index.manifests).toHaveLength(2);
    await forget();
    await writeDockerfile(`RUN echo ${one}`);
    expect(stateOf(await build(from({ tag: 'one' })), `echo ${one}`)).toBe('cached');
  });

  test('builds without a cache that does not exist, and says so', async () => {
    await writeDockerfile(`RUN echo ${randomUUID()}`);
    expect(await build(from())).toContainEqual({
      kind: 'warning',
      text: `${cache} does not contain a build cache, so it is not used`,
    });
    await build(to());
    expect(await build(from({ tag: 'none' }))).toContainEqual(
      expect.objectContaining({ kind: 'warning' }),
    );
  });

  test('sends no paths of directories to the engine', async () => {
    await writeDockerfile(`RUN echo ${randomUUID()}`);
    await build(to());
    await build(from());
    const { stdout } = await run('docker', ['buildx', 'history', 'ls', '--format=json'], { env });
    const refs = stdout
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as { readonly ref: string }).ref);
    for (const ref of refs.slice(0, 2)) {
      const name = ref.split('/').at(-1) ?? '';
      const told = await run('docker', ['buildx', 'history', 'inspect', name], { env });
      expect(told.stdout).not.toContain(cache);
    }
  });

  test('reports a directory that cannot be written', async () => {
    await writeFile(cache, 'a file');
    await writeDockerfile(`RUN echo ${randomUUID()}`);
    const events: BuildEvent[] = [];
    const { message } = await engineErrorOf(build(to(), events));
    expect(message).toMatch(/^A part of the path is not a folder: .*cache/);
    expect(events.at(-1)).toMatchObject({ kind: 'failed', failure: { message } });
  });

  test.each([
    [
      'to write',
      { cacheTo: [{ type: 'local', attributes: {} }] },
      'A local cache to write requires dest=DIRECTORY',
    ],
    [
      'to read',
      { cacheFrom: [{ type: 'local', attributes: {} }] },
      'A local cache to read requires src=DIRECTORY',
    ],
  ])('reports a cache %s without a directory', async (_, part, message) => {
    await writeDockerfile();
    expect((await engineErrorOf(build(part))).message).toBe(message);
  });
});

const real = await connectRealEngine();

test.skipIf(real === undefined)(
  'an engine that cannot write one refuses the build, and creates nothing',
  async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'drydock-cache-'));
    await writeFile(path.join(folder, 'Dockerfile'), 'FROM scratch\nLABEL a=b\n');
    const dest = path.join(folder, 'cache');
    const request = {
      context: { kind: 'directory', path: folder },
      dockerfile: path.join(folder, 'Dockerfile'),
      tags: [],
      cacheTo: [{ type: 'local', attributes: { dest } }],
    } as const;
    const events = real!.engine.build(request, new AbortController().signal);
    const { message } = await engineErrorOf(readAll(events));
    expect(message).toBe('This engine does not support a cache of type local');
    expect(await readdir(folder)).toEqual(['Dockerfile']);
    await rm(folder, { recursive: true });
  },
);
