/** What the options of a build do on a real engine. */
import { randomUUID } from 'node:crypto';
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import {
  lstat,
  mkdir,
  mkdtemp,
  readFile,
  readlink,
  rm,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { BuildEvent, BuildRequest } from '../../contract/build.ts';
import { unpackTar } from '../../client/src/engine/tar.ts';
import { buildFiles } from '../build-files.ts';
import { whereIs } from '../../scripts/setup/run.mts';
import { engineErrorOf, readAll, waitUntil, withTimeout, type EngineFixture } from './contract.ts';
import { createFixture, connectRealEngine } from './real-engine.ts';

const run = promisify(execFile);
const real = await connectRealEngine();
let fixture: EngineFixture;
let folder: string;
beforeAll(async () => {
  if (real) fixture = await createFixture(real);
});
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'drydock-options-'));
  return () => rm(folder, { recursive: true, force: true });
});
afterAll(async () => {
  if (real) await fixture.close();
});

type Files = Readonly<Record<string, string | Uint8Array>>;

/** Builds these lines on the base image. */
function build(
  lines: string,
  more: Partial<BuildRequest> = {},
  files: Files = {},
): Promise<readonly BuildEvent[]> {
  const Dockerfile = `FROM ${fixture.image} AS base\n${lines}\n`;
  return readAll(buildFiles(fixture.engine, { Dockerfile, ...files }, more));
}

/** The events until the error, and the error. */
async function failedBuild(lines: string, more: Partial<BuildRequest> = {}, files: Files = {}) {
  const events: BuildEvent[] = [];
  const Dockerfile = `FROM ${fixture.image} AS base\n${lines}\n`;
  const attempt = (async () => {
    for await (const event of buildFiles(fixture.engine, { Dockerfile, ...files }, more))
      events.push(event);
  })();
  const error = await engineErrorOf(attempt);
  const failed = events.find((event) => event.kind === 'failed');
  return { error, events, failure: failed?.kind === 'failed' ? failed.failure : undefined };
}

function logOf(events: readonly BuildEvent[]): string {
  return events.map((event) => (event.kind === 'log' ? event.text : '')).join('');
}

function stateOf(events: readonly BuildEvent[], name: string) {
  const step = events.findLast((event) => event.kind === 'step' && event.name.includes(name));
  return step?.kind === 'step' ? step.state : undefined;
}

describe.skipIf(!real)('a build', () => {
  test('has the arguments, labels, target, hosts, limits and network of its request', async () => {
    const tag = `localhost/drydock-test:${randomUUID()}`;
    const events = await build(
      `ARG WORD\nRUN echo "word: $WORD" ${randomUUID()} && cat /etc/hosts && ls -A /sys/class/net && df /dev/shm\nFROM base AS other\nRUN false`,
      {
        tags: [tag],
        target: 'base',
        buildArgs: { WORD: 'a, "b" = ü' },
        labels: { 'with.comma': 'a,b' },
        addHosts: ['one:10.1.2.3', 'six:fe80::1'],
        network: 'none',
        shmSize: 8 * 1024 * 1024,
        ulimits: ['nofile=100:200'],
        noCache: true,
      },
    );
    const log = logOf(events);
    expect(log).toContain('word: a, "b" = ü');
    expect(log).toMatch(/10\.1\.2\.3\s+one/);
    expect(log).toMatch(/fe80::1\s+six/);
    expect(log).not.toContain('eth0');
    // The frontend in Docker 20.10 ignores it.
    const [major] = (await fixture.engine.version()).version.split('.');
    if (Number(major) >= 23) expect(log).toMatch(/\s8192\s/);
    const image = (await fixture.engine.images()).find(({ tags }) => tags.includes(tag));
    expect(image?.labels['with.comma']).toBe('a,b');
    await fixture.engine.removeImage(tag);
  });

  test('runs its steps again without the cache', async () => {
    const lines = `RUN echo ${randomUUID()}`;
    await build(lines);
    expect(stateOf(await build(lines), 'RUN echo')).toBe('cached');
    expect(stateOf(await build(lines, { noCache: true }), 'RUN echo')).toBe('done');
  });

  test('takes the content of its Dockerfile from the request', async () => {
    const word = randomUUID();
    const dockerfileText = Buffer.from(`FROM ${fixture.image}\nRUN echo ${word}\n`);
    const events = await build('RUN false', { dockerfileText });
    expect(logOf(events)).toContain(word);
  });

  test('gives secrets only to the steps that use them, and stores them nowhere', async () => {
    const tag = `localhost/drydock-test:${randomUUID()}`;
    const [fromFile, fromValue, fromEnvironment] = [randomUUID(), randomUUID(), randomUUID()];
    await writeFile(join(folder, 'secret'), fromFile);
    process.env.DRYDOCK_TEST_SECRET = fromEnvironment;
    const use = (id: string) =>
      `RUN --mount=type=secret,id=${id},required=true wc -c < /run/secrets/${id}`;
    const events = await build(`${use('a')}\n${use('b')}\n${use('c')}`, {
      tags: [tag],
      noCache: true,
      secrets: [
        { id: 'a', from: { kind: 'file', path: join(folder, 'secret') } },
        { id: 'b', from: { kind: 'value', value: fromValue } },
        { id: 'c', from: { kind: 'env', name: 'DRYDOCK_TEST_SECRET' } },
      ],
    });
    delete process.env.DRYDOCK_TEST_SECRET;
    expect(logOf(events).match(/^36$/gm)).toHaveLength(3);
    const stored = [events, await fixture.engine.history(tag)];
    for (const value of [fromFile, fromValue, fromEnvironment])
      expect(JSON.stringify(stored)).not.toContain(value);
    for await (const chunk of fixture.engine.save([tag], new AbortController().signal))
      for (const value of [fromFile, fromValue, fromEnvironment])
        expect(Buffer.from(chunk).includes(value)).toBe(false);
    await fixture.engine.removeImage(tag);
  });

  test('reports a secret that is required and missing, or cannot be read', async () => {
    const use = 'RUN --mount=type=secret,id=nope,required=true true';
    expect((await failedBuild(use)).failure?.message).toMatch(/^secret nope: not found$/);
    const secrets = [
      { id: 'nope', from: { kind: 'file', path: join(folder, 'missing') } },
    ] as const;
    const { error, events } = await failedBuild(use, { secrets });
    expect(error.message).toMatch(/^Could not read the secret nope: No such file/);
    expect(events).toEqual([]);
  });

  test('writes its result into a directory, with links, modes and times', async () => {
    const dest = join(folder, 'out');
    await mkdir(dest);
    // What exists already must not lead out of it.
    await mkdir(join(folder, 'outside'));
    await symlink(join(folder, 'outside'), join(dest, 'sub'));
    await symlink(join(folder, 'outside/target'), join(dest, 'run.sh'));
    const lines = [
      'RUN mkdir -p /x/sub && echo hello > /x/sub/a && ln -s /etc/passwd /x/link && ln /x/sub/a /x/hard',
      'RUN echo run > /x/run.sh && chmod 4755 /x/run.sh && touch -d 2001-02-03 /x/run.sh',
      'FROM scratch\nCOPY --from=base /x /',
    ].join('\n');
    await build(lines, { outputs: [{ type: 'local', attributes: { dest } }] });
    expect(await readFile(join(dest, 'sub/a'), 'utf8')).toBe('hello\n');
    expect((await lstat(join(dest, 'sub'))).isDirectory()).toBe(true);
    expect(await readlink(join(dest, 'link'))).toBe('/etc/passwd');
    expect(await readFile(join(dest, 'hard'), 'utf8')).toBe('hello\n');
    const { mode, mtime } = await lstat(join(dest, 'run.sh'));
    expect(mode & 0o7777).toBe(0o755);
    expect(mtime.getUTCFullYear()).toBe(2001);
    await expect(lstat(join(folder, 'outside/target'))).rejects.toThrow('ENOENT');
    await expect(lstat(join(folder, 'outside/a'))).rejects.toThrow('ENOENT');
  });

  test('writes its result as an archive', async () => {
    const dest = join(folder, 'out.tar');
    const lines = 'RUN mkdir /x && echo hello > /x/a\nFROM scratch\nCOPY --from=base /x /';
    await build(lines, { outputs: [{ type: 'tar', attributes: { dest } }] });
    const names: string[] = [];
    const bytes = await readFile(dest);
    // eslint-disable-next-line @typescript-eslint/require-await
    async function* chunks() {
      yield* [bytes];
    }
    for await (const { name } of unpackTar(chunks())) names.push(name);
    expect(names).toContain('a');
  });

  test('reports an output that cannot be written', async () => {
    await writeFile(join(folder, 'file'), '');
    const outputs = [{ type: 'tar', attributes: { dest: join(folder, 'file/out.tar') } }];
    const { error, failure } = await failedBuild('RUN true', { outputs });
    expect(error.message).toMatch(/not a folder/);
    expect(failure?.message).toBe(error.message);
  });

  test('reports where it failed', async () => {
    const lines = 'RUN true\nRUN echo one && \\\n  echo two && \\\n  exit 9\nRUN true';
    const { error, failure } = await failedBuild(lines);
    expect(failure).toMatchObject({ message: error.message, exitCode: 9 });
    expect(failure?.step?.name).toContain('RUN echo one');
    // Only newer engines report lines.
    for (const { file, text, lines: ranges } of failure?.sources ?? []) {
      expect(file).toBe('Dockerfile');
      expect(text).toContain('exit 9');
      expect(ranges).toEqual([{ start: 3, end: 5 }]);
    }
  });

  test('reports a file that COPY does not find, without the calls of the builder', async () => {
    const { failure } = await failedBuild('COPY missing.txt /');
    expect(failure?.message).toBe('"/missing.txt": not found');
    expect(failure?.step?.name).toContain('COPY missing.txt');
  });

  test('is refused if the engine cannot store images for several platforms', async () => {
    const { error, events } = await failedBuild('RUN true', {
      platforms: ['linux/amd64', 'linux/arm64'],
      tags: ['localhost/drydock-test:several'],
    });
    // Engines with the containerd image store can, but do not have the base image for all.
    expect(error.message).toMatch(/several platforms|arm64/);
    expect(events.filter(({ kind }) => kind === 'image')).toEqual([]);
  });

  test('sends nothing again if nothing has changed, also for two Dockerfiles in turn', async () => {
    await writeFile(join(folder, 'large'), Buffer.alloc(3_000_000, randomUUID()));
    await writeFile(join(folder, 'small'), randomUUID());
    await writeFile(join(folder, 'All.Dockerfile'), 'FROM scratch\nCOPY . /\n');
    await writeFile(join(folder, 'One.Dockerfile'), 'FROM scratch\nCOPY small /\n');
    const sentFor = async (name: string) => {
      const request = { context: { kind: 'directory', path: folder }, tags: [] } as const;
      const dockerfile = join(folder, name);
      const { signal } = new AbortController();
      const events = await readAll(fixture.engine.build({ ...request, dockerfile }, signal));
      const sent = events.findLast(({ kind }) => kind === 'sent');
      return sent?.kind === 'sent' ? sent : { bytes: 0, files: 0 };
    };
    expect((await sentFor('All.Dockerfile')).bytes).toBeGreaterThan(3_000_000);
    expect((await sentFor('One.Dockerfile')).bytes).toBeLessThan(1000);
    for (const name of ['All.Dockerfile', 'One.Dockerfile', 'All.Dockerfile', 'One.Dockerfile']) {
      const { bytes, files } = await sentFor(name);
      expect([name, files, bytes < 1000]).toEqual([name, 0, true]);
    }
  });

  test('is cancelled while it sends its context', async () => {
    const stop = new AbortController();
    await writeFile(join(folder, 'Dockerfile'), 'FROM scratch\nCOPY . /\n');
    for (let i = 0; i < 40; i++)
      await writeFile(join(folder, `f${i}`), Buffer.alloc(4_000_000, randomUUID()));
    const request = { context: { kind: 'directory', path: folder }, tags: [] } as const;
    const dockerfile = join(folder, 'Dockerfile');
    const attempt = (async () => {
      for await (const event of fixture.engine.build({ ...request, dockerfile }, stop.signal))
        if (event.kind === 'sent') stop.abort();
    })();
    expect((await engineErrorOf(withTimeout(attempt, 'the build ends'))).kind).toBe('cancelled');
  });
});

describe.skipIf(!real || whereIs('ssh-agent') === undefined)('SSH in a build', () => {
  let agent: ChildProcess;
  let socket: string;
  let home: string;
  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'drydock-ssh-'));
    socket = join(home, 'agent');
    agent = spawn('ssh-agent', ['-D', '-a', socket], { stdio: 'ignore' });
    await waitUntil(() => lstat(socket).then(() => true, () => false)); // prettier-ignore
  });
  afterAll(async () => {
    agent.kill();
    await rm(home, { recursive: true, force: true });
  });

  /** A key made by ssh-keygen, and its public part. */
  async function createKey(kind: string): Promise<{ path: string; fingerprint: string }> {
    const path = join(home, `${kind}-${randomUUID()}`);
    await run('ssh-keygen', ['-q', '-t', kind, '-N', '', '-f', path]);
    const { stdout } = await run('ssh-keygen', ['-l', '-f', `${path}.pub`]);
    return { path, fingerprint: stdout.split(' ')[1]! };
  }

  test('lists the keys of an agent through a socket in the step', async () => {
    const { path } = await createKey('ed25519');
    await run('ssh-add', ['-q', path], { env: { ...process.env, SSH_AUTH_SOCK: socket } });
    const lines = `RUN --mount=type=ssh,id=github test -S "$SSH_AUTH_SOCK" && echo socket ${randomUUID()}`;
    const events = await build(lines, { ssh: [{ id: 'github', paths: [socket] }] });
    expect(logOf(events)).toContain('socket');
    const unset = await failedBuild('RUN --mount=type=ssh,id=other,required=true true');
    expect(unset.failure?.message).toMatch(/other|ssh/i);
  });
});
