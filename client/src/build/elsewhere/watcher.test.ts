import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { BuildRecord } from '../../../../contract/build.ts';
import { fakeEngine } from '../../../../test/fake-engine/fake-engine.ts';
import type { Engine } from '../../engine/engine.ts';
import { EngineError } from '../../engine/errors.ts';
import type { OpenDockerfile } from '../../ui/builds.ts';
import { BuildWatcher } from './watcher.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'drydock-elsewhere-'));
});
afterEach(() => rm(folder, { recursive: true }));

const text = 'FROM scratch\nCOPY a /a\nCOPY b /b\n';

/** A history that a test controls; an error or undefined ends the stream. */
class History {
  /** Streams that are open. */
  open = 0;
  reads = 0;
  readonly earlier: BuildRecord[] = [];
  #send: ((next: BuildRecord | Error | undefined) => void) | undefined;
  readonly #queue: (BuildRecord | Error | undefined)[] = [];

  send(...records: readonly (BuildRecord | Error | undefined)[]): void {
    this.#queue.push(...records);
    this.#send?.(undefined);
  }

  readonly engine: Engine = {
    ...fakeEngine().engine,
    buildHistory: (signal) => this.#read(signal),
  };

  async *#read(signal: AbortSignal): AsyncGenerator<BuildRecord, void, undefined> {
    this.reads += 1;
    this.open += 1;
    signal.addEventListener('abort', () => this.#send?.(undefined));
    try {
      yield* this.earlier;
      while (!signal.aborted) {
        if (this.#queue.length === 0) {
          await new Promise((resolve) => (this.#send = resolve));
          continue;
        }
        const next = this.#queue.shift();
        if (next === undefined) return;
        if (next instanceof Error) throw next;
        yield next;
      }
    } finally {
      this.open -= 1;
    }
  }
}

let next = 0;
function record(more: Partial<BuildRecord> = {}): BuildRecord {
  next += 1;
  return {
    ref: `build${String(next)}`,
    state: 'completed',
    createdAt: Date.now() - 1000,
    completedAt: Date.now() + next,
    attributes: { filename: 'Dockerfile' },
    argumentNames: [],
    tags: [],
    events: [],
    dockerfile: text,
    ...more,
  };
}

/** A build that runs and ends while the history is followed. */
function live(more: Partial<BuildRecord> = {}): readonly BuildRecord[] {
  const ended = record(more);
  const { completedAt, ...started } = ended;
  return [
    { ...started, state: 'started' },
    { ...started, completedAt: completedAt! },
  ];
}

interface Setup {
  readonly history: History;
  readonly watcher: BuildWatcher;
  readonly files: OpenDockerfile[];
  /** `ref name` of each build that was shown. */
  readonly shown: string[];
  readonly logged: string[];
  connection: Engine | undefined;
}

function setUp(...files: readonly OpenDockerfile[]): Setup {
  const history = new History();
  const shown: string[] = [];
  const logged: string[] = [];
  const visible = [...files];
  const setup: Setup = {
    history,
    files: visible,
    shown,
    logged,
    connection: history.engine,
    watcher: new BuildWatcher({
      engine: () => setup.connection,
      dockerfiles: () => visible,
      show: ({ ref }, { path }) => {
        shown.push(`${ref} ${path}`);
        return Promise.resolve();
      },
      log: (message) => logged.push(message),
      firstWait: 1,
    }),
  };
  return setup;
}

const file: OpenDockerfile = { path: '/work/Dockerfile', text };

/** Sends a build that matches the first file, after which all builds before it have been handled. */
async function expectShown({ history, shown }: Setup, expected: readonly string[]): Promise<void> {
  const last = live();
  history.send(...last);
  await vi.waitFor(() => expect(shown.at(-1)).toBe(`${last[1]!.ref} ${file.path}`));
  expect(shown.slice(0, -1)).toEqual(expected);
}

describe('the stream', () => {
  test('is open only while a Dockerfile is visible and the engine is connected', async () => {
    const setup = setUp();
    const { history, watcher, files } = setup;
    watcher.update();
    expect(history.reads).toBe(0);
    files.push(file);
    setup.connection = undefined;
    watcher.update();
    expect(history.reads).toBe(0);
    setup.connection = history.engine;
    watcher.update();
    watcher.update();
    expect(history).toMatchObject({ reads: 1, open: 1 });
    files.pop();
    watcher.update();
    await vi.waitFor(() => expect(history.open).toBe(0));
    files.push(file);
    watcher.update();
    expect(history).toMatchObject({ reads: 2, open: 1 });
    setup.connection = undefined;
    watcher.update();
    await vi.waitFor(() => expect(history.open).toBe(0));
    expect(setup.logged).toEqual([]);
  });

  test('begins again when it has ended, and logs its errors once', async () => {
    const setup = setUp(file);
    const { history, watcher, logged } = setup;
    watcher.update();
    history.send(new EngineError('failed', 'lost'));
    await vi.waitFor(() => expect(history.reads).toBe(2));
    history.send(new EngineError('failed', 'lost'));
    await vi.waitFor(() => expect(history.reads).toBe(3));
    await expectShown(setup, []);
    history.send(undefined);
    await vi.waitFor(() => expect(history.reads).toBe(4));
    expect(logged).toHaveLength(1);
    watcher.dispose();
  });

  test('is not opened again on an engine without a history', async () => {
    const setup = setUp(file);
    const { history, watcher, files, logged } = setup;
    watcher.update();
    history.send(undefined);
    await vi.waitFor(() => expect(history.open).toBe(0));
    await Promise.resolve();
    files.push({ path: '/work/b/Dockerfile', text: 'FROM b\n' });
    watcher.update();
    expect(history.reads).toBe(1);
    expect(logged).toEqual([]);
    // Another engine may have one.
    const other = new History();
    setup.connection = other.engine;
    watcher.update();
    expect(other.reads).toBe(1);
    watcher.dispose();
  });

  test('begins again when another Dockerfile becomes visible, for its last build', async () => {
    const setup = setUp(file);
    const { history, watcher, files, shown } = setup;
    watcher.update();
    await expectShown(setup, []);
    history.earlier.push(record({ ref: 'old', dockerfile: 'FROM b\n' }));
    files.push({ path: '/work/b/Dockerfile', text: 'FROM b\n' });
    watcher.update();
    await vi.waitFor(() => expect(shown.at(-1)).toBe('old /work/b/Dockerfile'));
    watcher.dispose();
  });
});

describe('builds that ended before', () => {
  const hour = 60 * 60_000;

  test('are shown only once per Dockerfile, the newest one', async () => {
    const setup = setUp(file);
    const ended = (ref: string, hours: number) =>
      record({ ref, completedAt: Date.now() - hours * hour });
    setup.history.earlier.push(ended('newest', 1), ended('second', 2), ended('third', 3));
    setup.watcher.update();
    await expectShown(setup, ['newest /work/Dockerfile']);
    setup.watcher.dispose();
  });

  test('are not shown after a day', async () => {
    const setup = setUp(file);
    setup.history.earlier.push(record({ completedAt: Date.now() - 25 * hour }));
    setup.watcher.update();
    await expectShown(setup, []);
    setup.watcher.dispose();
  });

  test('are not shown again when the stream begins again', async () => {
    const setup = setUp(file);
    setup.history.earlier.push(record({ ref: 'one', completedAt: Date.now() - hour }));
    setup.watcher.update();
    setup.history.send(new EngineError('failed', 'lost'));
    await vi.waitFor(() => expect(setup.history.reads).toBe(2));
    await expectShown(setup, ['one /work/Dockerfile']);
    setup.watcher.dispose();
  });
});

describe('a build', () => {
  async function shownFor(files: readonly OpenDockerfile[], more: Partial<BuildRecord>) {
    const setup = setUp(...files, { ...file, text: 'FROM last\n' });
    setup.watcher.update();
    const last = live({ dockerfile: 'FROM last\n' });
    setup.history.send(...live({ ref: 'one', ...more }), ...last);
    await vi.waitFor(() => expect(setup.shown.at(-1)).toBe(`${last[1]!.ref} ${file.path}`));
    setup.watcher.dispose();
    return setup.shown.slice(0, -1);
  }
  const a = { path: '/a/Dockerfile', text };
  const b = { path: '/b/Dockerfile', text };

  test('belongs to the file with its path, also through a symbolic link', async () => {
    const path = join(folder, 'Dockerfile');
    await writeFile(path, text);
    const link = join(folder, 'link');
    await symlink(folder, link);
    const paths = { context: link, dockerfile: join(link, 'Dockerfile') };
    const open = { path, text: 'FROM edited\n' };
    expect(await shownFor([a, open], { paths })).toEqual([`one ${path}`]);
    expect(await shownFor([a], { paths })).toEqual([]);
  });

  test('belongs to the file with its text, whatever its line ends are', async () => {
    const windows = { ...a, text: `\uFEFF${text.replace(/\n/g, '\r\n')}` };
    expect(await shownFor([windows], { attributes: {} })).toEqual(['one /a/Dockerfile']);
    const paths = { context: folder, dockerfile: '-' };
    expect(await shownFor([windows], { paths })).toEqual(['one /a/Dockerfile']);
  });

  test('belongs to the file that was edited since', async () => {
    const edited = { ...a, text: `# now\n${text}RUN more\n` };
    expect(await shownFor([edited], {})).toEqual(['one /a/Dockerfile']);
    const attributes = { filename: 'other.Dockerfile' };
    expect(await shownFor([edited], { attributes })).toEqual([]);
    expect(await shownFor([{ ...a, text: 'FROM x\nRUN y\nRUN z\n' }], {})).toEqual([]);
  });

  test('belongs to no file if several have its text and name', async () => {
    expect(await shownFor([a, b], {})).toEqual([]);
    const named = { path: '/b/shop.Dockerfile', text };
    expect(await shownFor([a, named], {})).toEqual(['one /a/Dockerfile']);
  });

  test('is not shown if it was cancelled, if its text is too long, or if its time is not a number', async () => {
    const message = 'failed to solve: Canceled: context canceled';
    expect(await shownFor([a], { failure: { message, sources: [] } })).toEqual([]);
    expect(await shownFor([a], { completedAt: NaN })).toEqual([]);
    expect(await shownFor([a], { dockerfile: 'x'.repeat(2_000_000) })).toEqual([]);
  });
});
