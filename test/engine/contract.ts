/** The contract of an engine as tests, which run with the fake engine and a real one. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { BuildEvent } from '../../contract/build.ts';
import type { Duplex, Engine, EngineEvent, Image } from '../../client/src/engine/engine.ts';
import { isEngineError, type EngineError } from '../../client/src/engine/errors.ts';
import { fileEntry, packTar, unpackTar, type TarEntry } from '../../client/src/engine/tar.ts';
import { buildFiles } from '../build-files.ts';
import { objectsContract } from './contract-objects.ts';
import { runsContract } from './contract-runs.ts';
import { statsContract } from './contract-stats.ts';

/** An engine with helpers for tests; `close` removes everything that they have created. */
export interface EngineFixture {
  readonly engine: Engine;
  /** An image with busybox. */
  readonly image: string;
  /** Creates a container whose main process prints these lines and keeps running, or exits with this code. */
  create(options?: {
    readonly tty?: boolean;
    readonly lines?: readonly string[];
    readonly exitCode?: number;
    readonly started?: boolean;
    /** Names of a volume and a network of the container. */
    readonly volume?: string;
    readonly network?: string;
  }): Promise<string>;
  /** Prints another line from the main process. */
  printLine(id: string, line: string): Promise<void>;
  close(): Promise<void>;
}

export function engineContract(name: string, make: () => Promise<EngineFixture>): void {
  describe(name, () => {
    let fixture: EngineFixture;
    let engine: Engine;
    beforeAll(async () => {
      fixture = await make();
      engine = fixture.engine;
    });
    afterAll(() => fixture.close());
    const container = async (id: string) =>
      (await engine.containers()).find((one) => one.id === id);

    const isBase = ({ tags }: Image) => tags.includes(fixture.image);

    test('returns its version', async () => {
      const version = await engine.version();
      expect(version.version).toMatch(/^\d+\./);
      expect(version.apiVersion).toMatch(/^1\.\d+$/);
      expect(version.os).toBe('linux');
      expect(version.architecture).not.toBe('');
    });

    describe('containers', () => {
      test('are listed with name, image and state, including stopped ones', async () => {
        const running = await fixture.create();
        const ended = await fixture.create({ exitCode: 3 });
        const created = await fixture.create({ started: false });
        await waitUntil(async () => (await container(ended))?.state === 'exited');
        expect(await container(running)).toMatchObject({ state: 'running', image: fixture.image });
        expect((await container(running))?.name).toMatch(/^drydock-test-/);
        expect(await container(ended)).toMatchObject({ state: 'exited', exitCode: 3 });
        expect(await container(created)).toMatchObject({ state: 'created' });
        expect((await container(created))?.exitCode).toBeUndefined();
      });

      test('start, stop and restart, without an error if repeated', async () => {
        const id = await fixture.create({ started: false });
        await engine.start(id);
        await engine.start(id);
        expect((await container(id))?.state).toBe('running');
        await engine.stop(id);
        await engine.stop(id);
        expect((await container(id))?.state).toBe('exited');
        await engine.restart(id);
        await engine.restart(id);
        expect((await container(id))?.state).toBe('running');
      });

      test('are not removed while they run, unless forced', async () => {
        const id = await fixture.create();
        expect((await engineErrorOf(engine.remove(id))).kind).toBe('conflict');
        await engine.remove(id, { force: true, volumes: true });
        expect(await container(id)).toBeUndefined();
      });

      test('that do not exist are reported as missing', async () => {
        const none = `drydock-test-${randomUUID()}`;
        const { signal } = new AbortController();
        const attempts = [
          engine.start(none),
          engine.stop(none),
          engine.remove(none),
          engine.inspect('container', none),
          engine.exec(none, ['true'], { tty: false }),
          engine.stat(none, '/'),
          readAll(engine.logs(none, { follow: false, tail: 1 }, signal)),
          readAll(engine.readArchive(none, '/')),
        ];
        const kinds = (await Promise.all(attempts.map(engineErrorOf))).map(({ kind }) => kind);
        expect(kinds).toEqual(attempts.map(() => 'missing'));
      });

      test('are inspected by ID', async () => {
        const id = await fixture.create();
        const listed = (await engine.containers()).find((one) => one.id === id);
        const details = await engine.inspect('container', id);
        expect(details).toMatchObject({ id, name: listed?.name, imageId: listed?.imageId });
        expect(JSON.parse(details.raw)).toMatchObject({ Id: id });
      });
    });

    objectsContract(() => fixture);
    runsContract(() => fixture);
    statsContract(() => fixture);

    describe('logs', () => {
      test.each([false, true])('are returned as text (TTY: %s)', async (tty) => {
        const id = await fixture.create({ tty, lines: ['one', 'two ☃', 'three'], exitCode: 0 });
        await waitUntil(async () => (await container(id))?.state === 'exited');
        const { signal } = new AbortController();
        const text = await readText(engine.logs(id, { follow: true, tail: 2 }, signal));
        expect(text.replaceAll('\r', '')).toBe('two ☃\nthree\n');
      });

      test('are followed until they are aborted, and end without an error', async () => {
        const id = await fixture.create({ lines: ['first'] });
        const stop = new AbortController();
        let text = '';
        for await (const chunk of engine.logs(id, { follow: true, tail: 10 }, stop.signal)) {
          text += Buffer.from(chunk).toString();
          if (text === 'first\n') await fixture.printLine(id, 'second');
          if (text.endsWith('second\n')) stop.abort();
        }
        expect(text).toBe('first\nsecond\n');
      });

      test('have timestamps on request', async () => {
        const id = await fixture.create({ lines: ['now'], exitCode: 0 });
        await waitUntil(async () => (await container(id))?.state === 'exited');
        const options = { follow: false, tail: 1, timestamps: true };
        const text = await readText(engine.logs(id, options, new AbortController().signal));
        expect(text).toMatch(/^\d{4}-\d\d-\d\dT\S+ now\n$/);
      });
    });

    describe('exec', () => {
      test('sets and changes the size of a terminal, and returns the exit code', async () => {
        const id = await fixture.create();
        const run = await engine.exec(id, ['sh'], { tty: true });
        await run.resize(111, 33);
        const screen = new Screen(run);
        run.write(bytes('stty size\r'));
        await screen.shows(/\b33 111\b/);
        await run.resize(122, 44);
        run.write(bytes('stty size\r'));
        await screen.shows(/\b44 122\b/);
        run.write(bytes('exit 5\r'));
        await screen.ended;
        expect(await run.exit).toBe(5);
      });

      test('reads input to the end without a terminal', async () => {
        const id = await fixture.create();
        const run = await engine.exec(id, ['sh', '-c', 'cat; echo done; exit 3'], { tty: false });
        run.write(bytes('hello ☃\n'));
        run.end();
        expect(await readText(run.output)).toBe('hello ☃\ndone\n');
        expect(await run.exit).toBe(3);
      });

      test('uses the given user, directory and variables', async () => {
        const id = await fixture.create();
        const run = await engine.exec(id, ['sh', '-c', 'id -u; pwd; echo $GREETING'], {
          tty: false,
          user: '1234',
          workdir: '/tmp',
          env: ['GREETING=hello there'],
        });
        run.end();
        expect(await readText(run.output)).toBe('1234\n/tmp\nhello there\n');
        expect(await run.exit).toBe(0);
      });

      test('fails for a missing program, with an exit code or an error', async () => {
        const id = await fixture.create();
        const run = engine.exec(id, ['no-such-program'], { tty: false });
        const code = await run.then(
          async (process) => {
            await readAll(process.output);
            return process.exit;
          },
          (error: unknown) => (isEngineError(error) ? 127 : 0),
        );
        expect([126, 127]).toContain(code);
      });

      test('reports a conflict if the container is not running', async () => {
        const id = await fixture.create({ started: false });
        expect((await engineErrorOf(engine.exec(id, ['sh'], { tty: false }))).kind).toBe(
          'conflict',
        );
      });

      test('ends the output when it is closed', async () => {
        const id = await fixture.create();
        const run = await engine.exec(id, ['sleep', '1000'], { tty: false });
        const reading = readAll(run.output);
        run.close();
        await withTimeout(reading, 'the output ends');
      });
    });

    describe('files', () => {
      test('are read as they were written', async () => {
        const id = await fixture.create();
        const entries: readonly TarEntry[] = [
          { name: 'd', kind: 'directory', mode: 0o755, size: 0 },
          fileEntry('d/f', 'content ☃', 0o640),
          { name: 'd/l', kind: 'link', mode: 0o777, size: 0, linkTarget: 'f' },
        ];
        await engine.writeArchive(id, '/tmp', packTar(entries));
        const found = new Map<string, unknown>();
        for await (const entry of unpackTar(engine.readArchive(id, '/tmp/d'))) {
          const content = entry.content?.();
          const text =
            entry.kind === 'file' && content ? await readText(content) : entry.linkTarget;
          found.set(entry.name, [entry.kind, entry.mode, text]);
        }
        expect(Object.fromEntries(found)).toEqual({
          d: ['directory', 0o755, undefined],
          'd/f': ['file', 0o640, 'content ☃'],
          'd/l': ['link', 0o777, 'f'],
        });
        expect(await engine.stat(id, '/tmp/d/f')).toMatchObject({
          name: 'f',
          kind: 'file',
          size: 11,
          mode: 0o640,
        });
        const link = await engine.stat(id, '/tmp/d/l');
        expect(link).toMatchObject({ kind: 'link' });
        expect(link.linkTarget).toMatch(/^(?:\/tmp\/d\/)?f$/);
        expect((await engine.stat(id, '/tmp/d')).kind).toBe('directory');
      });

      test('that do not exist are reported as missing, also a target directory', async () => {
        const id = await fixture.create();
        expect((await engineErrorOf(engine.stat(id, '/nowhere'))).kind).toBe('missing');
        expect((await engineErrorOf(readAll(engine.readArchive(id, '/nowhere')))).kind).toBe(
          'missing',
        );
        const big = packTar([fileEntry('f', new Uint8Array(4_000_000))]);
        expect((await engineErrorOf(engine.writeArchive(id, '/nowhere', big))).kind).toBe(
          'missing',
        );
      });

      test('of a stopped container can be read', async () => {
        const id = await fixture.create({ started: false });
        await engine.writeArchive(id, '/tmp', packTar([fileEntry('x', 'still')]));
        expect((await engine.stat(id, '/tmp/x')).size).toBe(5);
      });

      test('are not copied further after a cancellation, in both directions', async () => {
        const id = await fixture.create();
        const stop = new AbortController();
        async function* endless(): AsyncGenerator<Uint8Array> {
          for await (const chunk of packTar([fileEntry('endless', new Uint8Array(50_000_000))])) {
            yield chunk;
            stop.abort();
          }
        }
        const into = engine.writeArchive(id, '/tmp', endless(), stop.signal);
        expect((await engineErrorOf(withTimeout(into, 'the copy ends'))).kind).toBe('cancelled');
        const out = new AbortController();
        out.abort();
        expect(
          (await engineErrorOf(readAll(engine.readArchive(id, '/tmp', out.signal)))).kind,
        ).toBe('cancelled');
      });

      test('report an error in the tar stream, not an error of the engine', async () => {
        const id = await fixture.create();
        async function* broken(): AsyncGenerator<Uint8Array> {
          yield* packTar([fileEntry('x', 'y')]);
          throw Object.assign(new Error('cannot read /home/me/x'), { code: 'ENOENT' });
        }
        const error = await engineErrorOf(engine.writeArchive(id, '/tmp', broken()));
        expect(error).toMatchObject({ kind: 'failed', message: 'cannot read /home/me/x' });
      });
    });

    describe('images', () => {
      test('are listed and inspected by tag', async () => {
        const image = (await engine.images()).find(isBase);
        expect(image?.size).toBeGreaterThan(1000);
        expect(image?.id).toMatch(/^sha256:[0-9a-f]{64}$/);
        const details = await engine.inspect('image', fixture.image);
        expect(details).toMatchObject({ id: image?.id, tags: [fixture.image] });
        expect(JSON.parse(details.raw)).toMatchObject({ Id: image?.id });
      });

      test('lose a tag when it is removed, and are deleted with their last tag', async () => {
        const tags = [
          `localhost/drydock-test:${randomUUID()}`,
          `localhost/drydock-test:${randomUUID()}`,
        ];
        const built = await readAll(
          build(`FROM ${fixture.image}\nLABEL a=${randomUUID()}\n`, tags),
        );
        const image = built.find(({ kind }) => kind === 'image');
        expect(await engine.removeImage(tags[0]!)).toMatchObject({
          untagged: [tags[0]],
          deleted: [],
        });
        const last = await engine.removeImage(tags[1]!);
        expect(last.untagged).toContain(tags[1]);
        expect(last.deleted).toContain(image?.kind === 'image' ? image.id : '');
      });

      test('that do not exist are reported as missing', async () => {
        const none = `localhost/drydock-test:${randomUUID()}`;
        expect((await engineErrorOf(engine.removeImage(none))).kind).toBe('missing');
        expect((await engineErrorOf(engine.inspect('image', none))).kind).toBe('missing');
      });

      test('are not deleted while a running container uses them', async () => {
        await fixture.create();
        const { id = '' } = (await engine.images()).find(isBase) ?? {};
        expect((await engineErrorOf(engine.removeImage(id))).kind).toBe('conflict');
        expect((await engine.images()).some(isBase)).toBe(true);
      });

      test('are deleted by ID together with their tag', async () => {
        const tag = `localhost/drydock-test:${randomUUID()}`;
        await readAll(build(`FROM ${fixture.image}\nLABEL b=${randomUUID()}\n`, [tag]));
        const { id = '' } = (await engine.images()).find(({ tags }) => tags.includes(tag)) ?? {};
        expect((await engine.removeImage(id)).deleted).toContain(id);
        expect((await engineErrorOf(engine.removeImage(id))).kind).toBe('missing');
      });

      test('cannot be pulled from an unreachable registry', async () => {
        const { signal } = new AbortController();
        // An IP address, so that no DNS lookup is needed.
        const error = await engineErrorOf(readAll(engine.pull('127.0.0.1:1/none:1', signal)));
        expect(['failed', 'missing']).toContain(error.kind);
        expect(error.message).not.toMatch(/HTTP code/);
      });

      test('are not pulled if the pull is cancelled before it starts', async () => {
        const stop = new AbortController();
        stop.abort();
        const error = await engineErrorOf(
          readAll(engine.pull('registry.invalid/none:1', stop.signal)),
        );
        expect(['cancelled', 'missing']).toContain(error.kind);
      });
    });

    const build = (
      dockerfile: string,
      tags: readonly string[] = [],
      signal: AbortSignal = new AbortController().signal,
    ): AsyncIterable<BuildEvent> =>
      buildFiles(engine, { Dockerfile: dockerfile }, { tags }, signal);

    describe('build', () => {
      test('reports its steps, their output and the image', async () => {
        const tag = `localhost/drydock-test:${randomUUID()}`;
        const mark = randomUUID();
        const events = await readAll(
          build(`FROM ${fixture.image}\nRUN echo built ${mark}\n`, [tag]),
        );
        const run = stepsOf(events).filter(({ name }) => name.includes(`RUN echo built ${mark}`));
        expect(run.map(({ state }) => state)).toEqual(['running', 'done']);
        expect(run.at(-1)?.duration).toBeGreaterThanOrEqual(0);
        const { id } = run[0]!;
        const logs = events.filter((event) => event.kind === 'log' && event.id === id);
        expect(logs.map((log) => (log.kind === 'log' ? log.text : '')).join('')).toContain(
          `built ${mark}\n`,
        );
        const image = events.find(({ kind }) => kind === 'image');
        const listed = (await engine.images()).find(({ tags }) => tags.includes(tag));
        expect(listed?.id).toBe(image?.kind === 'image' ? image.id : '');
        await engine.removeImage(tag);
      });

      test('reports the failed step and its exit code', async () => {
        const events: BuildEvent[] = [];
        const mark = randomUUID();
        const error = await engineErrorOf(
          collect(build(`FROM ${fixture.image}\nRUN echo before ${mark} && exit 7\n`), events),
        );
        expect(error).toMatchObject({ kind: 'failed' });
        expect(error.message).toMatch(/(?:exit code: |exit status |returned a non-zero code: )7$/);
        const failed = stepsOf(events).find(({ state }) => state === 'failed');
        expect(failed?.name).toContain('RUN echo before');
        expect(failed?.error).toMatch(/7$/);
        const text = events.map((event) => (event.kind === 'log' ? event.text : '')).join('');
        expect(text).toContain(`before ${mark}\n`);
      });

      test('reports a missing Dockerfile', async () => {
        const failing = readAll(buildFiles(engine, { other: '' }));
        expect((await engineErrorOf(failing)).message).toMatch(/Dockerfile/);
      });

      test('can be cancelled', async () => {
        const stop = new AbortController();
        const events: BuildEvent[] = [];
        const text = `FROM ${fixture.image}\nRUN echo ${randomUUID()} && sleep 1000\n`;
        const run = (async () => {
          for await (const event of build(text, [], stop.signal)) {
            events.push(event);
            if (event.kind === 'log') stop.abort();
          }
        })();
        expect((await engineErrorOf(withTimeout(run, 'the build ends'))).kind).toBe('cancelled');
        expect(events.filter(({ kind }) => kind === 'image')).toEqual([]);
      });
    });

    describe('events', () => {
      test('are reported as they happen, and since a given time', async () => {
        const since = `${Date.now()}000000`;
        const id = await fixture.create({ started: false });
        const stop = new AbortController();
        const seen: EngineEvent[] = [];
        const listening = (async () => {
          for await (const event of engine.events(stop.signal, since)) {
            if (event.id === id) seen.push(event);
          }
        })();
        const waitForEvent = (action: string) =>
          waitUntil(() => Promise.resolve(seen.some((event) => event.action === action)));
        await engine.start(id);
        await waitForEvent('start');
        await engine.remove(id, { force: true });
        await waitForEvent('destroy');
        stop.abort();
        await withTimeout(listening, 'listening ends');
        expect(seen.every(({ objectType }) => objectType === 'container')).toBe(true);
        const start = seen.find(({ action }) => action === 'start')!;
        const again = new AbortController();
        const later: string[] = [];
        for await (const event of engine.events(again.signal, start.timeNano)) {
          if (event.id === id) later.push(event.action);
          if (event.id === id && event.action === 'destroy') again.abort();
        }
        expect(later).not.toContain('start');
        expect(later).toContain('destroy');
      });
    });
  });
}

/** The output of a terminal. */
class Screen {
  #text = '';
  readonly ended: Promise<void>;

  constructor(run: Duplex) {
    this.ended = (async () => {
      for await (const chunk of run.output) this.#text += Buffer.from(chunk).toString();
    })();
  }

  /** The terminal echoes the input, so the pattern must match the output only. */
  shows(pattern: RegExp): Promise<void> {
    return waitUntil(() => Promise.resolve(pattern.test(this.#text)));
  }
}

function stepsOf(events: readonly BuildEvent[]) {
  return events.filter((event) => event.kind === 'step');
}

export function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

export async function readAll<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  await collect(items, found);
  return found;
}

async function collect<T>(items: AsyncIterable<T>, found: T[]): Promise<void> {
  for await (const item of items) found.push(item);
}

export async function readText(chunks: AsyncIterable<Uint8Array>): Promise<string> {
  return Buffer.concat(await readAll(chunks)).toString();
}

/** The EngineError that the attempt rejects with; any other result fails the test. */
export async function engineErrorOf(attempt: Promise<unknown>): Promise<EngineError> {
  const error: unknown = await attempt.then(
    () => new Error('it did not fail'),
    (reason: unknown) => reason,
  );
  if (isEngineError(error)) return error;
  throw error;
}

/** Timeout in milliseconds, long enough for a busy machine. */
const timeout = 120_000;

/** Polls until the condition holds, with a deadline. */
export async function waitUntil(holds: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + timeout;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`not within ${timeout} ms: ${holds.toString()}`);
    await new Promise((again) => setTimeout(again, 20));
  }
}

export async function withTimeout<T>(work: Promise<T>, what: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not within ${timeout} ms: ${what}`)), timeout);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
