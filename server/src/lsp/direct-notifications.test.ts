import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import {
  createMessageConnection,
  StreamMessageWriter,
  type Message,
} from 'vscode-languageserver/node';
import { DirectNotifications } from './direct-notifications.ts';
import { RecoveringMessageReader } from './message-reader.ts';

const note = (value: number): unknown => ({ jsonrpc: '2.0', method: 'note', params: { value } });
const ask = (id: number): unknown => ({ jsonrpc: '2.0', id, method: 'ask', params: { value: id } });
const cancel = (id: number): unknown => ({ jsonrpc: '2.0', method: '$/cancelRequest', params: { id } }); // prettier-ignore
const log = (): void => undefined;

function packed(message: unknown): string {
  const body = JSON.stringify(message);
  return `Content-Length: ${String(body.length)}\r\n\r\n${body}`;
}

/** What is handled, in its order, when the messages arrive in these chunks. */
async function handled(chunks: readonly (readonly unknown[])[]): Promise<readonly number[]> {
  const order: number[] = [];
  const input = new PassThrough();
  const writer = new StreamMessageWriter(new PassThrough().resume());
  const direct = new DirectNotifications(writer);
  const reader = direct.reader(new RecoveringMessageReader((receive) => input.on('data', receive)));
  const connection = createMessageConnection(reader, writer, undefined, {
    messageStrategy: direct.strategy,
  });
  const record = ({ value }: { readonly value: number }): void => void order.push(value);
  connection.onNotification('note', record);
  const last = new Promise<void>((done) => connection.onNotification('last', done));
  connection.onRequest('ask', (params: { readonly value: number }) => {
    record(params);
    return null;
  });
  direct.listen('note', record, log);
  connection.listen();
  for (const chunk of chunks) {
    input.write(chunk.map(packed).join(''));
    await new Promise(setImmediate);
  }
  input.write(packed({ jsonrpc: '2.0', method: 'last' }));
  await last;
  connection.dispose();
  return order;
}

test.each([
  ['notifications', [[note(1)], [note(2), note(3)]]],
  ['a request before a notification', [[ask(1), note(2)], [note(3)]]],
  [
    'a request between notifications',
    [
      [note(1), ask(2), note(3)],
      [note(4), ask(5)],
    ],
  ],
  ['several requests', [[ask(1), ask(2), note(3), ask(4)], [note(5)]]],
  ['a cancelled request', [[ask(1), cancel(1), note(2)], [cancel(9), note(3)], [note(4)]]],
  ['the same id twice', [[ask(1)], [ask(1)], [note(2)]]],
  [
    'what is not a message',
    [
      [{ a: 1 }, note(1)],
      [[], note(2)],
    ],
  ],
])('keeps the order of %s', async (_, chunks) => {
  const order = await handled(chunks);
  expect(order).toEqual([...order].sort((a, b) => a - b));
  const sent = chunks.flat().filter((one) => 'method' in (one as object) && !('id' in ((one as { params?: object }).params ?? {}))); // prettier-ignore
  expect(order).toHaveLength(sent.length);
});

test('handles a notification at once if no message waits, and after one that waits', () => {
  const direct = new DirectNotifications(new StreamMessageWriter(new PassThrough()));
  const order: unknown[] = [];
  direct.listen('note', (params) => void order.push(params), log);
  const queue: Message[] = [];
  const receive = (message: unknown): void =>
    direct.receive(message as Message, (one) => void queue.push(one));
  receive(note(1));
  expect(order).toEqual([{ value: 1 }]);
  receive(ask(2));
  receive(note(3));
  expect(queue).toEqual([ask(2), note(3)]);
  for (const message of queue.splice(0))
    void direct.strategy.handleMessage(message, () => undefined);
  receive(note(4));
  expect(order).toEqual([{ value: 1 }, { value: 4 }]);
});

test('reports a handler that throws, and goes on', () => {
  const direct = new DirectNotifications(new StreamMessageWriter(new PassThrough()));
  const failures: string[] = [];
  const fail = (): void => {
    throw new Error('broken');
  };
  direct.listen('note', fail, (message) => void failures.push(message));
  for (const value of [1, 2]) direct.receive(note(value) as Message, () => undefined);
  expect(failures).toEqual(['note failed', 'note failed']);
});
