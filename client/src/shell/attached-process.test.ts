import { expect, test } from 'vitest';
import type { Duplex } from '../engine/engine.ts';
import { Queue } from '../engine/queue.ts';
import { attachedStream, type AttachedOptions } from './attached-process.ts';

/** A process that prints what is pushed, and records its input. */
function createProcess(options: Partial<AttachedOptions> = {}) {
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
  const attached = attachedStream(stream, { tty: false, endsInput: false, ...options });
  let shown = '';
  const done = (async () => {
    for await (const chunk of attached.output) shown += Buffer.from(chunk).toString();
  })();
  const type = (text: string) => attached.write(new TextEncoder().encode(text));
  const print = (text: string) => output.push(new TextEncoder().encode(text));
  return { attached, type, print, finish: () => output.end(), received, shown: () => shown, done };
}

test('does not end the process when the terminal is closed', () => {
  const { attached, type, received } = createProcess({ tty: true });
  type('ls\r');
  attached.close();
  expect(received).toEqual(['ls\r', 'close']);
});

test('keeps the connection when its end would close the input of the process', async () => {
  const { attached, print, finish, received, done } = createProcess({ endsInput: true });
  attached.close();
  print('more\n');
  finish();
  await done;
  expect(received).toEqual([]);
});

test('sends whole lines to a process without a terminal, and echoes the keys', async () => {
  const { type, print, finish, received, shown, done } = createProcess();
  for (const key of ['l', 's', 'x', '\x7F', '\r', '\x04']) type(key);
  await expect.poll(shown).toContain('lsx\b \b\r\n');
  print('one\ntwo\n');
  finish();
  await done;
  expect(received).toEqual(['ls\n', 'end']);
  expect(shown()).toContain('one\r\ntwo\r\n');
});

test('reads the output only as fast as it is shown', async () => {
  let produced = 0;
  async function* endless(): AsyncGenerator<Uint8Array> {
    for (;;) yield await Promise.resolve(Buffer.alloc(++produced));
  }
  const stream = { output: endless(), close: () => undefined } as unknown as Duplex;
  const { output } = attachedStream(stream, { tty: false, endsInput: false });
  const chunks = output[Symbol.asyncIterator]();
  for (let count = 0; count < 10; count++) await chunks.next();
  expect(produced).toBeLessThan(13);
});
