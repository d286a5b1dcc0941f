import type { Http2Stream } from 'node:http2';
import { expect, test } from 'vitest';
import { Outbox } from '../grpc/outbox.ts';
import { encode } from '../messages.ts';
import { packets } from './packets.ts';
import { Sender } from './sender.ts';
import { Sources } from './sources.ts';

/** A stream that takes everything at once. */
function takingStream(): Http2Stream {
  const stream = {
    destroyed: false,
    writableEnded: false,
    once: () => stream,
    write: (_: Buffer, done: () => void) => {
      done();
      return true;
    },
  };
  return stream as unknown as Http2Stream;
}

/** Requests both files, the second one after some steps of the program; then ends. */
async function* requests(steps: number, answered: () => Promise<void>) {
  yield encode('Packet', { type: packets.request });
  for (let step = 0; step < steps; step++) await Promise.resolve();
  yield encode('Packet', { type: packets.request, ID: 1 });
  await answered();
  yield encode('Packet', { type: packets.end });
}

test('answers a request whenever it arrives', async () => {
  for (let steps = 0; steps < 30; steps++) {
    const sources = new Sources();
    for (const name of ['a', 'b']) sources.addBytes(Buffer.from(name));
    let ends = 0;
    let answered = (): void => undefined;
    const both = new Promise<void>((resolve) => (answered = resolve));
    const sender = new Sender(new Outbox(takingStream()), sources, {
      sent: (_, isFileEnd) => {
        if (isFileEnd && ++ends === 2) answered();
      },
      requested: () => undefined,
    });
    await sender.run(
      () => Promise.resolve(),
      requests(steps, () => both),
    );
    expect(ends).toBe(2);
  }
});
