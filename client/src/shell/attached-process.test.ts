import { expect, test } from 'vitest';
import type { Duplex } from '../engine/engine.ts';
import { Queue } from '../engine/queue.ts';
import { attached } from './attached-process.ts';
import { openSession } from './terminal-session.ts';

/** A process that says what is pushed, and writes down what reaches it. */
function stage(tty: boolean, runs: boolean) {
  const output = new Queue<Uint8Array>();
  const heard: string[] = [];
  const stream: Duplex = {
    output,
    write: (data) => void heard.push(Buffer.from(data).toString()),
    end: () => void heard.push('end'),
    resize: () => Promise.resolve(),
    close: () => void heard.push('close'),
    exit: Promise.resolve(3),
  };
  let shown = '';
  let ended: number | undefined;
  const both = attached(stream, { tty, runs: () => Promise.resolve(runs) });
  const session = openSession(both, {
    write: (text) => (shown += text),
    ended: (code) => (ended = code),
  });
  const say = (text: string) => output.push(new TextEncoder().encode(text));
  return { session, say, over: () => output.end(), heard, shown: () => shown, ended: () => ended };
}

test('closing the terminal leaves the process alone', () => {
  const { session, heard } = stage(true, true);
  session.input('ls\r');
  session.close();
  expect(heard).toEqual(['ls\r', 'close']);
});

test('a process without a terminal gets whole lines, and they are seen as typed', async () => {
  const { session, say, over, heard, shown } = stage(false, false);
  for (const key of ['l', 's', 'x', '\x7F', '\r', '\x04']) session.input(key);
  say('one\ntwo\n');
  over();
  await session.done;
  expect(heard).toEqual(['ls\n', 'end']);
  expect(shown()).toContain('lsx\b \b\r\n');
  expect(shown()).toContain('one\r\ntwo\r\n');
});

test('a process that goes on after we left is no failure', async () => {
  const { session, over, ended } = stage(true, true);
  over();
  await session.done;
  expect(ended()).toBe(0);
});

test('how the process ended is told', async () => {
  const { session, over, ended } = stage(true, false);
  over();
  await session.done;
  expect(ended()).toBe(3);
});
