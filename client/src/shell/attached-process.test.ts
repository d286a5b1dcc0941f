import { expect, test } from 'vitest';
import type { Duplex } from '../engine/engine.ts';
import { Queue } from '../engine/queue.ts';
import { attachedStream } from './attached-process.ts';
import { openSession } from './terminal-session.ts';

/** A process that prints what is pushed, and records its input. */
function createSession(tty: boolean, runs: boolean) {
  const output = new Queue<Uint8Array>();
  const received: string[] = [];
  const stream: Duplex = {
    output,
    write: (data) => void received.push(Buffer.from(data).toString()),
    end: () => void received.push('end'),
    resize: () => Promise.resolve(),
    close: () => void received.push('close'),
    exit: Promise.resolve(3),
  };
  let shown = '';
  let ended: number | undefined;
  const both = attachedStream(stream, { tty, isRunning: () => Promise.resolve(runs) });
  const session = openSession(both, {
    write: (text) => (shown += text),
    ended: (code) => (ended = code),
  });
  const print = (text: string) => output.push(new TextEncoder().encode(text));
  return {
    session,
    print,
    finish: () => output.end(),
    received,
    shown: () => shown,
    ended: () => ended,
  };
}

test('does not end the process when the terminal is closed', () => {
  const { session, received } = createSession(true, true);
  session.input('ls\r');
  session.close();
  expect(received).toEqual(['ls\r', 'close']);
});

test('sends whole lines to a process without a terminal, and echoes the keys', async () => {
  const { session, print, finish, received, shown } = createSession(false, false);
  for (const key of ['l', 's', 'x', '\x7F', '\r', '\x04']) session.input(key);
  print('one\ntwo\n');
  finish();
  await session.done;
  expect(received).toEqual(['ls\n', 'end']);
  expect(shown()).toContain('lsx\b \b\r\n');
  expect(shown()).toContain('one\r\ntwo\r\n');
});

test('ends with 0 when the process continues after a detach', async () => {
  const { session, finish, ended } = createSession(true, true);
  finish();
  await session.done;
  expect(ended()).toBe(0);
});

test('reports the exit code of the process', async () => {
  const { session, finish, ended } = createSession(true, false);
  finish();
  await session.done;
  expect(ended()).toBe(3);
});
