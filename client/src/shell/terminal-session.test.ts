import { expect, test } from 'vitest';
import type { Duplex } from '../engine/engine.ts';
import { EngineError } from '../engine/errors.ts';
import { Queue } from '../engine/queue.ts';
import type { ProcessTerminal } from '../ui/editor.ts';
import { openSession } from './terminal-session.ts';

/** A terminal whose process prints what is pushed; each start takes the next exit code. */
function createSession(exits: readonly Promise<number>[], also: Partial<ProcessTerminal> = {}) {
  const outputs: Queue<Uint8Array>[] = [];
  const received: string[] = [];
  const start = (): Promise<Duplex> => {
    const output = new Queue<Uint8Array>();
    const exit = exits[outputs.length] ?? Promise.resolve(0);
    outputs.push(output);
    return Promise.resolve({
      output,
      write: (data) => void received.push(new TextDecoder().decode(data)),
      end: () => void received.push('end'),
      resize: (columns, rows) => Promise.resolve(void received.push(`${columns}x${rows}`)),
      close: () => void received.push('close'),
      exit,
    });
  };
  let shown = '';
  const events: string[] = [];
  const session = openSession(
    { name: 'web: sh', start, ...also },
    {
      write: (text) => (shown += text),
      rename: (name) => events.push(name),
      close: () => events.push('closed'),
    },
  );
  return { session, outputs, received, events, shown: () => shown };
}

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

test('decodes characters that are split between chunks', async () => {
  const { session, outputs, shown } = createSession([Promise.resolve(0)]);
  session.open(undefined);
  await session.started;
  outputs[0]?.push(bytes('a☃b').slice(0, 2));
  outputs[0]?.push(bytes('a☃b').slice(2));
  await expect.poll(shown).toBe('a☃b');
});

test.each([0, 137])('keeps the output of a process that ended with exit code %d', async (code) => {
  const { session, outputs, events, received, shown } = createSession([Promise.resolve(code)]);
  session.open({ columns: 80, rows: 24 });
  await session.started;
  outputs[0]?.push(bytes('hello'));
  outputs[0]?.end();
  await expect.poll(() => events).toEqual([`web: sh · exited (${code})`]);
  expect(shown()).toMatch(/^hello/);
  expect(shown()).toContain(`web: sh ended with exit code ${code}. Press R to run it again.`);
  // No key closes the terminal, and none reaches the process.
  for (const key of ['x', '\r', '\x03', '\x04', ' ']) session.input(key);
  expect(events).toHaveLength(1);
  expect(received).toEqual(['80x24']);
});

test('starts the process again in the same terminal on R', async () => {
  const { session, outputs, events, received } = createSession([Promise.resolve(1)]);
  session.open({ columns: 80, rows: 24 });
  await session.started;
  session.input('r');
  expect(received).toEqual(['80x24', 'r']);
  session.resize({ columns: 100, rows: 30 });
  outputs[0]?.end();
  await expect.poll(() => events).toEqual(['web: sh · exited (1)']);
  session.input('R');
  await expect.poll(() => received.slice(2)).toEqual(['100x30', '100x30']);
  expect(events.at(-1)).toBe('web: sh');
  expect(outputs).toHaveLength(2);
});

test('does not offer to start a process again that cannot be', async () => {
  const { session, outputs, shown } = createSession([], { once: true });
  session.open(undefined);
  await session.started;
  outputs[0]?.end();
  await expect.poll(shown).toContain('ended with exit code 0.');
  expect(shown()).not.toContain('Press R');
  session.input('r');
  expect(outputs).toHaveLength(1);
});

test('leaves the modes of a program that was killed', async () => {
  const { session, outputs, shown } = createSession([Promise.resolve(137)]);
  session.open(undefined);
  await session.started;
  outputs[0]?.push(bytes('\x1b[?1049h\x1b[?25l'));
  outputs[0]?.end();
  await expect.poll(shown).toContain('exit code 137');
  expect(shown()).toContain('\x1b[?1047l\x1b[?25h');
});

test('describes the end in the words of the terminal', async () => {
  const describeEnd = () => Promise.resolve('Detached from web.');
  const { session, outputs, shown } = createSession([], { describeEnd, note: 'Press Ctrl+P' });
  session.open(undefined);
  await session.started;
  outputs[0]?.end();
  await expect.poll(shown).toContain('Detached from web. Press R');
  expect(shown()).toMatch(/^\x1b\[2mPress Ctrl\+P/);
});

test('shows the error of the engine when the connection is lost', async () => {
  const { session, outputs, events, shown } = createSession([]);
  session.open(undefined);
  await session.started;
  outputs[0]?.end(new EngineError('not-running', 'Could not connect to the engine at unix:///x'));
  await expect.poll(shown).toContain('Could not connect to the engine at unix:///x');
  expect(events).toEqual(['web: sh · ended']);
});

test('closes the terminal when the process cannot be started, but not when it cannot be started again', async () => {
  const refused = new EngineError('conflict', 'web is paused');
  const first = createSession([], { start: () => Promise.reject(refused) });
  first.session.open(undefined);
  await expect(first.session.started).rejects.toBe(refused);
  expect(first.events).toEqual(['closed']);
  let starts = 0;
  const output = new Queue<Uint8Array>();
  const stream: Partial<Duplex> = { output, exit: Promise.resolve(0), close: () => undefined };
  const start = () =>
    starts++ === 0 ? Promise.resolve(stream as Duplex) : Promise.reject(refused);
  const later = createSession([], { start });
  later.session.open(undefined);
  await later.session.started;
  output.end();
  await expect.poll(later.shown).toContain('exit code 0');
  later.session.input('r');
  await expect.poll(later.shown).toContain('web is paused Press R to run it again.');
  expect(later.events).not.toContain('closed');
});

test('keeps what is typed while the process starts', async () => {
  const { session, received } = createSession([]);
  session.open(undefined);
  session.input('ls');
  session.input('\r');
  await session.started;
  expect(received).toEqual(['ls\r']);
});

test('forwards input and sizes until it is closed', async () => {
  const { session, received } = createSession([]);
  session.open({ columns: 80, rows: 24 });
  await session.started;
  session.input('ls\r');
  session.close();
  session.close();
  session.input('late');
  session.resize({ columns: 1, rows: 1 });
  expect(received).toEqual(['80x24', 'ls\r', 'close']);
});
