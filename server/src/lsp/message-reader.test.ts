import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import type { Message } from 'vscode-languageserver/node';
import { RecoveringMessageReader } from './message-reader.ts';

const message = (id: number, text = 'é'): string => {
  const body = JSON.stringify({ jsonrpc: '2.0', id, method: text });
  return `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
};

/** The ids of the messages that are read from the input, which arrives in parts of this size. */
async function idsIn(input: string, size: number): Promise<readonly unknown[]> {
  const stream = new PassThrough();
  const found: unknown[] = [];
  const reader = new RecoveringMessageReader((receive) => stream.on('data', receive));
  reader.onError(() => undefined);
  reader.listen((read: Message & { readonly id?: unknown }) => void found.push(read.id));
  const bytes = Buffer.from(input);
  for (let at = 0; at < bytes.length; at += size) stream.write(bytes.subarray(at, at + size));
  stream.end();
  await new Promise((done) => stream.once('close', done));
  return found;
}

test.each([
  ['messages', message(1) + message(2)],
  ['other headers', `Content-Type: a\r\n${message(1)}content-type: b\r\n${message(2)}`],
  ['headers in lowercase', message(1).toLowerCase().replace('jsonrpc', 'jsonrpc') + message(2)],
  ['garbage before a header', `garbage\r\n\r\nmore: x\r\nxx${message(1)}\0\r\n${message(2)}`],
  ['a header without a length', `Content-Length:\r\n\r\n${message(1)}${message(2)}`],
  ['a length that is not a number', `Content-Length: x\r\n\r\n${message(1)}${message(2)}`],
  ...['0x2', '2e0', '-2', '+2', '2.0', 'NaN', 'Infinity', '4294967298', ' '].map((length) => [
    `a length of ${length}`,
    `Content-Length: ${length}\r\n\r\n${message(1)}${message(2)}`,
  ]),
  ['a length with zeros', `Content-Length: 002\r\n\r\n{}${message(1)}${message(2)}`],
  ['a length that is too large', `Content-Length: 99999999999\r\n\r\n${message(1)}${message(2)}`],
  ['a body that is not JSON', `Content-Length: 3\r\n\r\n{{{${message(1)}${message(2)}`],
  ['bodies that are not objects', `Content-Length: 4\r\n\r\nnull${message(1)}${message(2)}`],
  [
    'a body that is longer than its length',
    `Content-Length: 2\r\n\r\n{}xyz${message(1)}${message(2)}`,
  ],
  ['much garbage', `${'x'.repeat(100_000)}\r\n\r\n${message(1)}${message(2)}`],
  ['a long body', message(1, 'x'.repeat(300_000)) + message(2)],
])('reads %s', async (_, input) => {
  for (const size of [7, 1000, 1_000_000]) {
    expect((await idsIn(input, size)).filter((id) => id !== undefined)).toEqual([1, 2]);
  }
});
