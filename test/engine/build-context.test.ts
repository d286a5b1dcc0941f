/** The build context that BuildKit gets from us is the one that it gets from the docker CLI. */
import { execFileSync } from 'node:child_process';
import {
  chmod,
  link,
  mkdir,
  mkdtemp,
  readdir,
  rm,
  symlink,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findAddress } from '../../client/src/engine/docker-cli/address-lookup.ts';
import { connect } from '../../client/src/engine/docker-api/connect.ts';
import type { Engine } from '../../client/src/engine/engine.ts';
import { isEngineError } from '../../client/src/engine/errors.ts';
import { startNewerEngine, type NewerEngine } from '../../scripts/setup/newer-engine.mts';
import { withNewerEngine } from './buildkit.ts';
import { cliBuild, cliWithBuildKit } from './cli-builds.ts';
import { readAll } from './contract.ts';
import type { Next } from '../fuzz/inputs.ts';
import { createRandom } from '../random.ts';
import { connectRealEngine } from './real-engine.ts';

interface Pair {
  readonly engine: Engine;
  readonly env: NodeJS.ProcessEnv;
  readonly docker?: string;
}

const real = await connectRealEngine();
const oldCli = await cliWithBuildKit();
// On a disk that is nearly full, BuildKit would drop the steps of one build before the other one is compared with it.
const withoutCollection = { configuration: { builder: { gc: { enabled: false } } } };
const newer = await withNewerEngine<NewerEngine>(() => startNewerEngine(withoutCollection));
afterAll(() => newer?.stop());

const pairs: (readonly [string, Pair])[] = [];
if (real && oldCli !== undefined) {
  const env = { ...process.env, DOCKER_HOST: real.address.url };
  pairs.push(['the docker CLI with BuildKit', { engine: real.engine, env, docker: oldCli }]);
}
if (newer) {
  const engine = await connect(await findAddress(`unix://${newer.socket}`));
  pairs.push(['buildx', { engine, env: newer.env }]);
}

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'drydock-same-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

interface Built {
  /** The states of the steps that copy files; a step is cached if BuildKit has built it from the same files. */
  readonly copies: readonly string[];
  readonly failed: boolean;
  readonly reason?: string;
}

/** Without a tag, the result is not kept. */
async function ourBuild(engine: Engine, path: string, tag?: string): Promise<Built> {
  const copies = new Map<string, string>();
  const context = { kind: 'directory', path } as const;
  const result =
    tag === undefined
      ? { tags: [], outputs: [{ type: 'cacheonly', attributes: {} }] }
      : { tags: [tag] };
  const request = { context, ...result };
  try {
    const dockerfile = join(path, 'Dockerfile');
    const { signal } = new AbortController();
    for await (const event of engine.build({ ...request, dockerfile }, signal))
      if (event.kind === 'step' && event.name.includes('] COPY')) copies.set(event.id, event.state);
    return { copies: [...copies.values()], failed: false };
  } catch (error) {
    if (!isEngineError(error)) throw error;
    return { copies: [...copies.values()], failed: true, reason: error.message };
  }
}

/** The number of files of the build context whose content was sent. */
async function filesSent(engine: Engine, path: string, dockerfile: string): Promise<number> {
  const context = { kind: 'directory', path } as const;
  const outputs = [{ type: 'cacheonly', attributes: {} }];
  let sent = 0;
  for await (const event of engine.build(
    { context, dockerfile, tags: [], outputs },
    new AbortController().signal,
  ))
    // prettier-ignore
    if (event.kind === 'sent') sent = event.files;
  return sent;
}

describe.skipIf(pairs.length === 0).each(pairs)('like with %s', (_name, pair) => {
  const { engine, env, docker } = pair;
  // The CLI of Docker 20.10 contains an older matcher, which reads patterns such as `**b` and `!*/b` differently.
  const hasOldMatcher = docker !== undefined;

  test('links, modes, times and special files give the same layers', async () => {
    const path = await mkdtemp(join(folder, 'special-'));
    await mkdir(join(path, 'src/a,b c/ü'), { recursive: true });
    await writeFile(join(path, 'src/a,b c/ü/é.txt'), 'x');
    await writeFile(join(path, 'src/run.sh'), '#!/bin/sh\n');
    await chmod(join(path, 'src/run.sh'), 0o4755);
    await chmod(join(path, 'src/a,b c'), 0o1777);
    await writeFile(join(path, 'empty'), '');
    await utimes(join(path, 'empty'), 981173106, 981173106.123);
    await link(join(path, 'src/run.sh'), join(path, 'same'));
    await symlink('../src/run.sh', join(path, 'src/up'));
    await symlink('/etc/passwd', join(path, 'absolute'));
    await symlink('nowhere', join(path, 'dangling'));
    execFileSync('mkfifo', [join(path, 'src/pipe')]);
    const server = createServer();
    await new Promise<void>((ready) => server.listen(join(path, 'src/socket'), ready));
    const lines = ['COPY . /all/', 'COPY src/up* /links/', 'COPY ["src/a,b c", "/one/"]'];
    const unique = `LABEL unique=${Math.random()}`;
    await writeFile(join(path, 'Dockerfile'), ['FROM scratch', ...lines, unique, ''].join('\n'));
    const tag = `localhost/drydock-test:${Date.now()}`;
    const ours = await ourBuild(engine, path, `${tag}-ours`);
    expect(ours.failed).toBe(false);
    const theirs = await cliBuild(env, ['-t', `${tag}-cli`, path], docker);
    server.close();
    expect(theirs.succeeded, theirs.output).toBe(true);
    const layersOf = async (one: string) => (await engine.inspect('image', one)).layers;
    const layers = await layersOf(`${tag}-ours`);
    expect(layers).toHaveLength(3);
    expect(await layersOf(`${tag}-cli`)).toEqual(layers);
    for (const one of ['ours', 'cli']) await engine.removeImage(`${tag}-${one}`, { force: true });
  });

  test.each([
    { lines: ['COPY . /one/', 'COPY . /two/'], secondSends: 0 },
    { lines: ['COPY . /one/', 'COPY src /two/'], secondSends: 1 },
    { lines: ['COPY a b /one/', 'COPY src /two/'], secondSends: 1 },
  ])(
    'two Dockerfiles of one folder built in turn send nothing again: $lines',
    async ({ lines, secondSends }) => {
      // prettier-ignore
      const path = await mkdtemp(join(folder, 'turns-'));
      await mkdir(join(path, 'src'));
      for (const name of ['a', 'b', 'src/c']) await writeFile(join(path, name), `${Math.random()}`);
      const files = ['One', 'Two'].map((name) => join(path, name));
      for (const [i, file] of files.entries())
        await writeFile(file, `FROM scratch\n${lines[i] ?? ''}\n`);
      const sent: number[] = [];
      for (const file of [...files, ...files]) sent.push(await filesSent(engine, path, file));
      expect(sent[0]).toBeGreaterThan(0);
      expect(sent.slice(1)).toEqual([secondSends, 0, 0]);
    },
  );

  test.skipIf(hasOldMatcher)(
    'any .dockerignore file excludes the same files',
    { timeout: 60_000 + seeds * 10_000 },
    async () => {
      const different: string[] = [];
      const one = async (seed: number): Promise<void> => {
        const path = join(folder, `seed-${seed}`);
        const patterns = await randomContext(createRandom(seed), path);
        const place = `/${Date.now()}-${Math.random()}/`;
        await writeFile(join(path, 'Dockerfile'), `FROM scratch\nCOPY . ${place}\n`);
        const theirs = await cliBuild(env, ['--output', `${path}-result`, path], docker);
        const ours = await ourBuild(engine, path);
        const isSame = theirs.succeeded
          ? !ours.failed && ours.copies.join() === 'cached'
          : ours.failed;
        if (!isSame) {
          const files = await filesOf(engine, { path, theirs: `${path}-result` });
          different.push(
            `${seed}: ${JSON.stringify(patterns)} ${files} ${theirs.output.slice(-300)} ${JSON.stringify(ours)}`,
          );
        }
        for (const one of [path, `${path}-result`]) await rm(one, { recursive: true, force: true });
      };
      for (let seed = 1; seed <= seeds; seed += 4)
        await Promise.all([0, 1, 2, 3].map((more) => one(seed + more)));
      expect(different).toEqual([]);
    },
  );
});

/** What our build sends and the other one does not, and the other way around. */
async function filesOf(
  engine: Engine,
  { path, theirs }: { readonly path: string; readonly theirs: string },
): Promise<string> {
  const dest = `${path}-ours`;
  const outputs = [{ type: 'local', attributes: { dest } }];
  const request = { context: { kind: 'directory', path }, tags: [], outputs } as const;
  const dockerfile = join(path, 'Dockerfile');
  try {
    await readAll(engine.build({ ...request, dockerfile }, new AbortController().signal));
    const [one, two] = [await namesIn(dest), await namesIn(theirs)];
    const only = (all: readonly string[], others: readonly string[]) =>
      all.filter((name) => !others.includes(name)).join(', ');
    return `only ours: [${only(one, two)}], only theirs: [${only(two, one)}]`;
  } catch (error) {
    return `could not compare: ${(error as Error).message}`;
  } finally {
    await rm(dest, { recursive: true, force: true });
  }
}

/** Without the directory that the COPY of each build names differently. */
async function namesIn(directory: string): Promise<readonly string[]> {
  const names = await readdir(directory, { recursive: true });
  return names.map((name) => name.replace(/^[^/]*/, '')).sort();
}

/** Pattern sets with their trees. */
const seeds = Number(process.env.DRYDOCK_SEEDS ?? 40);

const words = [
  'a',
  'b',
  'ab',
  'src',
  'x.log',
  'keep.txt',
  '.git',
  'node_modules',
  'ü',
  'a b',
  'a[1]',
  '-',
];

/** Writes a tree and its ignore file; resolves to the text of the file. */
async function randomContext(next: Next, path: string): Promise<string> {
  const directories = [''];
  for (let i = 0; i < 6; i++)
    directories.push(join(choose(next, directories), choose(next, words)));
  for (const directory of directories) await mkdir(join(path, directory), { recursive: true });
  for (let i = 0; i < 25; i++) {
    const file = join(path, choose(next, directories), choose(next, words));
    await mkdir(dirname(file), { recursive: true });
    if (next() < 0.1) await symlink(choose(next, ['a', '..', 'src/b', '/a']), file).catch(ignore);
    else await writeFile(file, file.slice(path.length)).catch(ignore);
  }
  const lines = Array.from({ length: 1 + Math.floor(next() * 6) }, () => randomPattern(next));
  const text = `${next() < 0.1 ? '\ufeff' : ''}${lines.join(next() < 0.1 ? '\r\n' : '\n')}`;
  await writeFile(join(path, '.dockerignore'), text);
  return text;
}

function ignore(): void {
  // A directory has this name.
}

function randomPattern(next: Next): string {
  const part = (): string =>
    next() < 0.45
      ? choose(next, words)
      : choose(next, [
          '*',
          '**',
          '?',
          '*.log',
          '[a-c]',
          'a*',
          '**b',
          '.',
          '..',
          '\\*',
          '[^a]',
          '*.*',
          'sr?',
        ]);
  const parts = Array.from({ length: 1 + Math.floor(next() * 3) }, part);
  const pattern = parts.join('/') + (next() < 0.1 ? '/' : '');
  const start = choose(next, ['', '', '', '', '/', './', ' ', '# ', '']);
  return `${next() < 0.35 ? '!' : ''}${start}${pattern}${next() < 0.1 ? ' ' : ''}`;
}

function choose(next: Next, list: readonly string[]): string {
  return list[Math.floor(next() * list.length)] ?? '';
}
