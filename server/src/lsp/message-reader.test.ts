import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import type { Message } from 'vscode-languageserver/node';
import { RecoveringMessageReader } from './message-reader.ts';

const message = (id: number, text = 'é'): string => {
  const body = JSON.stringify({ jsonrpc: '2.0', id, method: text });
  return `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
};

/** The ids of the messages that are read from the input, which arrives in these parts. */
async function idsOf(parts: readonly (string | Uint8Array)[]): Promise<readonly unknown[]> {
  const stream = new PassThrough();
  const found: unknown[] = [];
  const reader = new RecoveringMessageReader((receive) => stream.on('data', receive));
  reader.onError(() => undefined);
  reader.listen((read: Message & { readonly id?: unknown }) => void found.push(read.id));
  for (const part of parts) stream.write(part);
  stream.end();
  await new Promise((done) => stream.once('close', done));
  return found;
}

/** The input in parts of this size. */
function inParts(input: string, size: number): readonly Uint8Array[] {
  const bytes = Buffer.from(input);
  const count = Math.ceil(bytes.length / size);
  return Array.from({ length: count }, (_, i) => bytes.subarray(i * size, (i + 1) * size));
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
    expect((await idsOf(inParts(input, size))).filter((id) => id !== undefined)).toEqual([1, 2]);
  }
});

test('reads messages whose header and body arrive one after the other', async () => {
  const [first, second] = [message(1), message(2, 'x'.repeat(300_000))];
  const parts = [first, second].flatMap((one) => {
    const body = one.indexOf('{');
    return [one.slice(0, body), one.slice(body)];
  });
  expect(await idsOf([...parts, ...parts])).toEqual([1, 2, 1, 2]);
  // A body that has not arrived, a header that has not, and a body without content between them.
  const [header = '', body = ''] = parts;
  const cut = [header, body.slice(0, 5), body.slice(5) + header.slice(0, 5), header.slice(5), body];
  const empty = 'Content-Length: 0\r\n\r\n';
  expect(await idsOf([...cut, empty, header, empty + body])).toEqual([1, 1]);
  expect(await idsOf([...cut, empty, ...parts])).toEqual([1, 1, 1, 2]);
});
