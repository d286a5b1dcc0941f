import { expect, test } from 'vitest';
import type { Duplex } from '../engine/engine.ts';
import { EngineError } from '../engine/errors.ts';
import { Queue } from '../engine/queue.ts';
import { openSession } from './terminal-session.ts';

function createSession(exit: Promise<number>) {
  const output = new Queue<Uint8Array>();
  const received: string[] = [];
  const stream: Duplex = {
    output,
    write: (data) => void received.push(new TextDecoder().decode(data)),
    end: () => void received.push('end'),
    resize: (columns, rows) => Promise.resolve(void received.push(`${columns}x${rows}`)),
    close: () => void received.push('close'),
    exit,
  };
  let shown = '';
  const ends: (number | undefined)[] = [];
  const session = openSession(stream, {
    write: (text) => (shown += text),
    ended: (code) => ends.push(code),
  });
  return { session, output, received, ends, shown: () => shown };
}

test('decodes characters that are split between chunks', async () => {
  const { session, output, ends, shown } = createSession(Promise.resolve(0));
  const bytes = new TextEncoder().encode('a☃b');
  output.push(bytes.slice(0, 2));
  output.push(bytes.slice(2));
  output.end();
  await session.done;
  expect(shown()).toBe('a☃b');
  expect(ends).toEqual([0]);
});

test('shows an exit code other than 0', async () => {
  const { session, output, ends, shown } = createSession(Promise.resolve(137));
  output.end();
  await session.done;
  expect(shown()).toContain('The process exited with code 137.');
  expect(ends).toEqual([137]);
});

test('shows the error of the engine when the connection is lost', async () => {
  const { session, output, ends, shown } = createSession(Promise.resolve(0));
  output.end(new EngineError('not-running', 'Could not connect to the engine at unix:///x'));
  await session.done;
  expect(shown()).toContain('Could not connect to the engine at unix:///x');
  expect(ends).toEqual([undefined]);
});

test('forwards input and sizes until it is closed, which interrupts the process', async () => {
  const { session, output, received } = createSession(Promise.resolve(0));
  session.input('ls\r');
  session.resize(80, 24);
  session.close();
  session.close();
  session.input('late');
  session.resize(1, 1);
  output.end();
  await session.done;
  expect(received).toEqual(['ls\r', '80x24', '\x03\x04', 'close']);
});
