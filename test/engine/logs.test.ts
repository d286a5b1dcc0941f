/** The view of a log over a real engine: restarts, re-creation, running out of memory, times, long lines, logging drivers. */
import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { Container, Engine } from '../../client/src/engine/engine.ts';
import type { LogBatch } from '../../client/src/engine/log-batch.ts';
import { LogReader, type LogRange } from '../../client/src/logs/log-reader.ts';
import { allLines } from '../../client/src/logs/save.ts';
import { LogStore } from '../../client/src/logs/log-store.ts';
import { readText, waitUntil, type EngineFixture } from './contract.ts';
import { createFixture } from './real-engine.ts';
import { connectEngines, describeEngines } from './two-engines.ts';

const engines = await connectEngines();

describeEngines('logs on', engines, (connected) => {
  let fixture: EngineFixture;
  let engine: Engine;
  const created: string[] = [];
  const readers: LogReader[] = [];
  beforeAll(async () => {
    fixture = await createFixture(connected);
    engine = fixture.engine;
  });
  afterEach(() => {
    for (const reader of readers.splice(0)) reader.stop();
  });
  afterAll(async () => {
    for (const id of created) await engine.remove(id, { force: true }).catch(() => undefined);
    await fixture.close();
  });

  async function create(
    script: string,
    { name = `drydock-test-${randomUUID()}`, host = {}, tty = false } = {},
  ): Promise<string> {
    const body = { Image: fixture.image, Cmd: ['sh', '-c', script], HostConfig: host, Tty: tty };
    const { id } = await engine.create({ name, body });
    created.push(id);
    await engine.start(id);
    return id;
  }

  const find = async (id: string): Promise<Container> => {
    const found = (await engine.containers()).find((one) => one.id === id);
    if (found === undefined) throw new Error(`no container ${id}`);
    return found;
  };
  const ended = (id: string) => waitUntil(async () => (await find(id)).state === 'exited');

  /** Reads logs as the page does; each line as `source text`, each marker with an asterisk and its detail. */
  async function read(ids: readonly string[], range: LogRange = { tail: Infinity }) {
    const lines: string[] = [];
    const containers = await Promise.all(ids.map(find));
    const reader = new LogReader({
      engine: () => Promise.resolve(engine),
      containers,
      onLines: (source, { text, ends, errors }: LogBatch, from, to) => {
        for (let line = from; line < to; line++) {
          const start = line === 0 ? 0 : (ends[line - 1] ?? 0) + 1;
          const content = Buffer.from(text.subarray(start, ends[line])).toString();
          lines.push(`${source}${errors[line] === 1 ? '!' : ''} ${content}`);
        }
      },
      onMarker: (source, { title, detail }) => {
        const name = containers[source]?.name ?? '';
        lines.push(`* ${title.replace(name, 'it')}${detail.includes('limit') ? ` ${detail.split(' · ')[0]}` : ''}`); // prettier-ignore
      },
      onChange: () => undefined,
    });
    readers.push(reader);
    reader.start(range);
    return { lines, reader };
  }

  test('separate standard output from standard error, and end with the exit code', async () => {
    const id = await create('echo out; sleep 0.1; echo err >&2; printf "no end"; exit 3');
    await ended(id);
    const { lines } = await read([id]);
    await expect.poll(() => lines).toEqual(['0 out', '0! err', '0 no end', '* it exited (3)']);
  });

  test('go on through restarts, without a line twice or left out', async () => {
    const id = await create('for i in 1 2 3; do echo line $i; done; trap "exit 0" TERM; sleep 1000 & wait'); // prettier-ignore
    const { lines } = await read([id]);
    await expect.poll(() => lines.length).toBe(3);
    await engine.restart(id);
    await expect.poll(() => lines.length).toBe(8);
    await engine.kill(id);
    await expect.poll(() => lines.length).toBe(9);
    const run = ['0 line 1', '0 line 2', '0 line 3'];
    expect(lines).toEqual([...run, '* it exited (0)', '* it restarted', ...run, '* it exited (137), killed by SIGKILL']); // prettier-ignore
  });

  test('show restarts that happened before they were opened between their lines', async () => {
    const id = await create('echo started; exit 0');
    await ended(id);
    // Times of events and lines are those of the engine; the exit has its own second.
    await waitUntil(() => Promise.resolve(Date.now() % 1000 < 900));
    await engine.start(id);
    await ended(id);
    const since = Date.now();
    await waitUntil(() => Promise.resolve(Date.now() - since > 1500));
    const { lines } = await read([id]);
    await expect.poll(() => lines.at(-1)).toBe('* it exited (0)');
    expect(lines).toEqual(['0 started', '* it exited (0)', '* it restarted', '0 started', '* it exited (0)']); // prettier-ignore
  });

  test('keep the lines of a removed container, and go on with the one that takes its place', async () => {
    const name = `drydock-test-${randomUUID()}`;
    const first = await create('echo first; sleep 1000', { name });
    const { lines } = await read([first]);
    await expect.poll(() => lines).toEqual(['0 first']);
    await engine.remove(first, { force: true });
    await expect.poll(() => lines.at(-1)).toBe('* it was removed');
    await create('echo second; sleep 1000', { name });
    await expect.poll(() => lines.at(-1)).toBe('0 second');
    expect(lines.slice(1)).toEqual(['* it exited (137), killed by SIGKILL', '* it was removed', '* it was created again', '0 second']); // prettier-ignore
  });

  test('say that a container ran out of memory, with its limit', async (context) => {
    const host = { Memory: 8_000_000, MemorySwap: 8_000_000 };
    // The shell's variable grows beyond the limit, and no further.
    const grow = 'a=x; i=0; while [ $i -lt 25 ]; do a=$a$a; i=$((i+1)); done';
    const id = await create(grow, { host }).catch(() => undefined);
    if (id === undefined) return context.skip();
    await ended(id);
    const { outOfMemory } = await engine.inspect('container', id);
    // Without a memory controller there is no limit.
    if (!outOfMemory) return context.skip();
    const { lines } = await read([id]);
    await expect.poll(() => lines.at(-1)).toBe('* it exited (137), out of memory limit 8 MB');
  });

  test('are merged by time, and can be limited by number and time', async () => {
    const script = (word: string) => `for i in 1 2 3; do echo ${word} $i; sleep 0.4; done`;
    const a = await create(`sleep 0.2; ${script('a')}`);
    const b = await create(script('b'));
    await ended(a);
    await ended(b);
    const all = await read([a, b]);
    await expect.poll(() => all.lines.length).toBe(8);
    const options = { follow: false, tail: Infinity, timestamps: true };
    const times: string[] = [];
    for (const [index, id] of [a, b].entries()) {
      const text = await readText(engine.logs(id, options, new AbortController().signal));
      times.push(
        ...text
          .trim()
          .split('\n')
          .map((line) => line.replace(' ', ` ${index} `)),
      );
    }
    const expected = times.sort().map((line) => line.replace(/^\S+ /, ''));
    expect(all.lines.slice(0, 6)).toEqual(expected);
    const last = await read([a], { tail: 1 });
    await expect.poll(() => last.lines[0]).toBe('0 a 3');
    const none = await read([a], { tail: Infinity, until: 1000 });
    await expect.poll(() => none.reader.isReading).toBe(false);
    expect(none.lines).toEqual([]);
    const future = await read([a], { tail: Infinity, since: Math.floor(Date.now() / 1000) + 1000 });
    await expect.poll(() => future.lines.length).toBe(1);
    expect(future.lines[0]).toMatch(/^\*/);
  });

  test.each([false, true])('have long lines as one line (terminal: %s)', async (tty) => {
    const id = await create('i=0; while [ $i -lt 4000 ]; do printf "0123456789"; i=$((i+1)); done; echo; echo end', { tty }); // prettier-ignore
    await ended(id);
    const { lines } = await read([id]);
    await expect.poll(() => lines.length).toBe(3);
    expect(lines.map((line) => line.replace(/\r$/, '').length)).toEqual([40_002, 5, 15]);
  });

  test('have what a terminal shows as it was written, also bytes that look like a frame', async () => {
    const id = await create("printf '\\001\\000\\000\\000\\000\\000\\000\\005hello\\033[31mred\\033[0m\\n'; printf 'no end'", { tty: true }); // prettier-ignore
    await ended(id);
    const { lines } = await read([id]);
    await expect.poll(() => lines.at(-1)).toBe('* it exited (0)');
    expect(lines.slice(0, -1)).toEqual(['0 \u0001\0\0\0\0\0\0\u0005hello\u001b[31mred\u001b[0m\r', '0 no end']); // prettier-ignore
  });

  test('have null characters and invalid UTF-8 in their lines', async () => {
    const id = await create("printf 'a\\000b\\377c\\nnext\\n'");
    await ended(id);
    const { lines } = await read([id]);
    await expect.poll(() => lines).toEqual(['0 a\0b\ufffdc', '0 next', '* it exited (0)']);
  });

  test('go on while a container fails and is restarted by its policy', async () => {
    const host = { RestartPolicy: { Name: 'on-failure', MaximumRetryCount: 3 } };
    const id = await create('sleep 0.3; echo run; echo stopped; exit 7', { host });
    const { lines } = await read([id]);
    await waitUntil(async () => (await find(id)).state === 'exited');
    await expect.poll(() => lines.filter((line) => line === '* it exited (7)').length).toBe(4);
    const run = ['0 run', '0 stopped', '* it exited (7)'];
    const again = ['* it restarted', ...run];
    expect(lines).toEqual([...run, ...again, ...again, ...again]);
  });

  test('mark the next start when they are opened while a restart policy waits for it', async () => {
    const id = await create('echo run; exit 7', { host: { RestartPolicy: { Name: 'always' } } });
    // The engine waits twice as long each time, and now about three seconds.
    await waitUntil(async () => {
      const { restartCount } = await engine.inspect('container', id);
      return restartCount >= 5 && (await find(id)).state === 'restarting';
    });
    const { lines } = await read([id]);
    const runs = () => lines.filter((line) => line === '0 run').length;
    await expect.poll(runs).toBeGreaterThan(0);
    const before = runs();
    await expect.poll(runs).toBe(before + 1);
    await expect.poll(() => lines.at(-1)).toBe('* it exited (7)');
    const one = ['0 run', '* it exited (7)', '* it restarted'];
    const expected = Array.from({ length: before + 1 }, () => one).flat();
    expect(lines).toEqual(expected.slice(0, -1));
  });

  test('say that a container was removed when it ended, after its last line', async () => {
    const id = await create('sleep 0.5; for i in 1 2 3; do echo line $i; done', { host: { AutoRemove: true } }); // prettier-ignore
    const { lines } = await read([id]);
    await expect.poll(() => lines.at(-1)).toBe('* it was removed');
    expect(lines).toEqual(['0 line 1', '0 line 2', '0 line 3', '* it exited (0)', '* it was removed']); // prettier-ignore
  });

  test('of the driver local are read, limited and followed as others are', async () => {
    const host = { LogConfig: { Type: 'local', Config: {} } };
    const id = await create('for i in 1 2 3; do echo line $i; done; trap "exit 0" TERM; sleep 1000 & wait', { host }); // prettier-ignore
    const { signal } = new AbortController();
    const written = () => readText(engine.logs(id, { follow: false, tail: Infinity }, signal));
    await expect.poll(written).toContain('line 3');
    const { lines } = await read([id], { tail: 2 });
    await expect.poll(() => lines).toEqual(['0 line 2', '0 line 3']);
    await engine.restart(id);
    await expect.poll(() => lines.length).toBe(7);
    expect(lines.slice(2)).toEqual(['* it exited (0)', '* it restarted', '0 line 1', '0 line 2', '0 line 3']); // prettier-ignore
  });

  test('have all lines in order when the engine rotates its files', async () => {
    const host = {
      LogConfig: { Type: 'json-file', Config: { 'max-size': '64k', 'max-file': '5' } },
    };
    const id = await create('i=0; while [ $i -lt 2000 ]; do echo "line $i of the log"; i=$((i+1)); done', { host }); // prettier-ignore
    await ended(id);
    const { lines } = await read([id]);
    await expect.poll(() => lines.at(-1)).toBe('* it exited (0)');
    expect(lines.slice(0, -1)).toEqual(Array.from({ length: 2000 }, (_, line) => `0 line ${line} of the log`)); // prettier-ignore
  });

  test('of several containers that write fast have all lines, each container in its order', async () => {
    const script = 'sleep 1; busybox seq 100001 120000';
    const ids = [await create(script), await create(script), await create(script)];
    const { lines } = await read(ids);
    await Promise.all(ids.map(ended));
    await expect.poll(() => lines.filter((line) => line.startsWith('*')).length).toBe(3);
    for (const source of [0, 1, 2]) {
      const own = lines.filter((line) => line.startsWith(`${source} `));
      expect(own).toEqual(Array.from({ length: 20_000 }, (_, at) => `${source} ${at + 100_001}`));
    }
  });

  test('report a logging driver that cannot be read', async () => {
    const id = await create('echo x', { host: { LogConfig: { Type: 'none', Config: {} } } });
    const { reader, lines } = await read([id]);
    await expect.poll(() => reader.problem).toMatch(/logging driver 'none' of .* cannot be read/);
    expect(lines).toEqual([]);
  });

  test('are saved as docker logs prints them', async () => {
    const id = await create('i=0; while [ $i -lt 500 ]; do echo "line $i"; i=$((i+1)); done; printf "\\377\\r\\n"; printf "no end"'); // prettier-ignore
    await ended(id);
    const { signal } = new AbortController();
    const lanes = [{ number: 0, container: await find(id), former: [] }];
    const saved: Uint8Array[] = [];
    for await (const chunk of allLines(
      engine,
      { lanes: lanes as never, store: new LogStore() },
      { isTimed: false, signal },
    ))
      saved.push(Buffer.from(chunk));
    const expected: Uint8Array[] = [];
    for await (const chunk of engine.logs(id, { follow: false, tail: Infinity }, signal))
      expected.push(Buffer.from(chunk));
    expect(Buffer.concat(saved).equals(Buffer.concat(expected))).toBe(true);
    expect(Buffer.concat(saved).toString()).toMatch(/\r\nno end$/);
  });
});
