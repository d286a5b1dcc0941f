import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { downloadRaw, type RawAnswer, type Take } from './raw-download.ts';

let home: string;
let server: Server | undefined;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'drydock-raw-'));
});
afterEach(async () => {
  server?.close();
  await rm(home, { recursive: true });
});

/** An engine that answers each request with what `send` writes. */
async function answerOf(
  send: (socket: Socket) => void,
  signal = new AbortController().signal,
): Promise<RawAnswer | undefined> {
  const path = join(home, 'socket');
  server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', () => send(socket));
  }).listen(path);
  await once(server, 'listening');
  return downloadRaw({ kind: 'socket', path }, '/x', signal);
}

const head = 'HTTP/1.0 200 OK\r\nContent-Type: application/x-tar\r\n\r\n';
const body = Buffer.from(Array.from({ length: 3 << 20 }, (_, at) => (at * 7) % 251));

/** The chunks, copied because their memory is used again. */
function gather() {
  const parts: Buffer[] = [];
  const take: Take = (chunk) => {
    parts.push(Buffer.from(chunk));
    return undefined;
  };
  return { take, bytes: () => Buffer.concat(parts) };
}

test.each<[string, (socket: Socket) => void]>([
  ['with the headers', (socket) => socket.end(Buffer.concat([Buffer.from(head), body]))],
  ['after the headers', (socket) => socket.write(head, () => socket.end(body))],
  ['headers in two parts', (socket) => socket.write(head.slice(0, 20), () => socket.end(Buffer.concat([Buffer.from(head.slice(20)), body])))],
])('passes on all bytes that come %s', async (_, send) => {
  const answer = await answerOf(send);
  const { take, bytes } = gather();
  await answer?.pass(take);
  expect(bytes().equals(body)).toBe(true);
}); // prettier-ignore

test('passes on all bytes if the reader waits after each chunk', async () => {
  const answer = await answerOf((socket) => socket.end(Buffer.concat([Buffer.from(head), body])));
  const { take, bytes } = gather();
  let isBusy = false;
  await answer?.pass(async (chunk) => {
    expect(isBusy).toBe(false);
    isBusy = true;
    void take(chunk);
    await nextTurn();
    isBusy = false;
  });
  expect(bytes().equals(body)).toBe(true);
});

test('passes on an answer that ended before it was read', async () => {
  let ended: Promise<unknown> = Promise.resolve();
  const answer = await answerOf((socket) => {
    ended = once(socket, 'finish');
    socket.end(`${head}short`);
  });
  await ended;
  const { take, bytes } = gather();
  await answer?.pass(take);
  expect(bytes().toString()).toBe('short');
});

test('gives the same bytes as a stream', async () => {
  const answer = await answerOf((socket) => socket.end(Buffer.concat([Buffer.from(head), body])));
  const parts: Buffer[] = [];
  for await (const part of answer ?? []) parts.push(part as Buffer);
  expect(Buffer.concat(parts).equals(body)).toBe(true);
});

test.each<[string, Take]>([
  ['at once', () => { throw new Error('the disk is full'); }],
  ['later', () => Promise.reject(new Error('the disk is full'))],
])('rejects with an error of the reader that comes %s, and closes the connection', async (_, take) => {
  let closed: Promise<unknown> = Promise.resolve();
  const answer = await answerOf((socket) => {
    closed = new Promise((resolve) => socket.once('close', resolve));
    socket.write(Buffer.concat([Buffer.from(head), body]));
  });
  await expect(answer?.pass(take)).rejects.toThrow('the disk is full');
  await closed;
}); // prettier-ignore

test('stops when the reader has enough', async () => {
  let closed: Promise<unknown> = Promise.resolve();
  const answer = await answerOf((socket) => {
    closed = new Promise((resolve) => socket.once('close', resolve));
    socket.write(Buffer.concat([Buffer.from(head), body]));
  });
  let chunks = 0;
  await answer?.pass(() => {
    chunks++;
    return 'enough';
  });
  expect(chunks).toBe(1);
  await closed;
});

test('rejects when it is aborted, also while the reader is busy', async () => {
  const control = new AbortController();
  const answer = await answerOf((socket) => socket.write(Buffer.concat([Buffer.from(head), body])), control.signal); // prettier-ignore
  const passing = answer?.pass(() => {
    control.abort();
    return new Promise<void>(() => undefined);
  });
  await expect(passing).rejects.toThrow('aborted');
});
