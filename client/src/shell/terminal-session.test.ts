import { expect, test } from 'vitest';
import type { Duplex } from '../engine/engine.ts';
import { EngineError } from '../engine/errors.ts';
import { Queue } from '../engine/queue.ts';
import { openSession } from './terminal-session.ts';

function stage(exit: Promise<number>) {
  const output = new Queue<Uint8Array>();
  const heard: string[] = [];
  const stream: Duplex = {
    output,
    write: (data) => void heard.push(new TextDecoder().decode(data)),
    end: () => void heard.push('end'),
    resize: (columns, rows) => Promise.resolve(void heard.push(`${columns}x${rows}`)),
    close: () => void heard.push('close'),
    exit,
  };
  let shown = '';
  const ends: (number | undefined)[] = [];
  const session = openSession(stream, {
    write: (text) => (shown += text),
    ended: (code) => ends.push(code),
  });
  return { session, output, heard, ends, shown: () => shown };
}

test('characters may be cut between chunks', async () => {
  const { session, output, ends, shown } = stage(Promise.resolve(0));
  const bytes = new TextEncoder().encode('a☃b');
  output.push(bytes.slice(0, 2));
  output.push(bytes.slice(2));
  output.end();
  await session.done;
  expect(shown()).toBe('a☃b');
  expect(ends).toEqual([0]);
});

test('an exit code other than 0 is said', async () => {
  const { session, output, ends, shown } = stage(Promise.resolve(137));
  output.end();
  await session.done;
  expect(shown()).toContain('Ended with exit code 137');
  expect(ends).toEqual([137]);
});

test('a lost connection is said in the words of the engine', async () => {
  const { session, output, ends, shown } = stage(Promise.resolve(0));
  output.end(new EngineError('not-running', 'Nothing answers at unix:///x'));
  await session.done;
  expect(shown()).toContain('Nothing answers at unix:///x');
  expect(ends).toEqual([undefined]);
});

test('input and size go through until it is closed, which ends what runs', async () => {
  const { session, output, heard } = stage(Promise.resolve(0));
  session.input('ls\r');
  session.resize(80, 24);
  session.close();
  session.close();
  session.input('late');
  session.resize(1, 1);
  output.end();
  await session.done;
  expect(heard).toEqual(['ls\r', '80x24', '\x03\x04', 'close']);
});
