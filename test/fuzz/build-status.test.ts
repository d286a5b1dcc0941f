import { test } from 'vitest';
import { Trace } from '../../client/src/engine/buildkit/trace.ts';
import { InvalidAnswerError } from '../../client/src/engine/buildkit/grpc/status.ts';
import { forEachInput, pick, type Next } from './inputs.ts';

/** One field of a protobuf message: its number, its wire type, and its value. */
function field(next: Next, depth: number): Buffer {
  const number = pick(next, [1, 2, 3, 4, 5, 6, 7, 15]);
  const type = pick(next, [0, 2, 2, 2, 1, 5, 3, 7]);
  const key = Buffer.from([(number << 3) | type]);
  if (type === 0) return Buffer.concat([key, varint(next)]);
  if (type !== 2) return Buffer.concat([key, bytes(next, pick(next, [0, 4, 8]))]);
  const content =
    depth < 3 && next() < 0.6
      ? Buffer.concat(Array.from({ length: Math.floor(next() * 5) }, () => field(next, depth + 1)))
      : Buffer.from(pick(next, ['', 'sha256:a', '[1/2] RUN x', 'é\n', '\u{1F40B}']));
  const length = next() < 0.95 ? Buffer.from([content.length % 128]) : varint(next);
  return Buffer.concat([key, length, content]);
}

function varint(next: Next): Buffer {
  const size = 1 + Math.floor(next() * (next() < 0.1 ? 12 : 3));
  return Buffer.from(
    Array.from({ length: size }, (_, i) => (i < size - 1 ? 0x80 : 0) | Math.floor(next() * 128)),
  );
}

function bytes(next: Next, length: number): Buffer {
  return Buffer.from(Array.from({ length }, () => Math.floor(next() * 256)));
}

function randomMessages(next: Next): readonly Buffer[] {
  return Array.from({ length: 1 + Math.floor(next() * 3) }, () => {
    if (next() < 0.05) return bytes(next, pick(next, [0, 1, 20]));
    const fields = Array.from({ length: Math.floor(next() * 6) }, () => field(next, 0));
    return Buffer.concat(fields);
  });
}

test('any status messages of BuildKit give build events, or are refused as invalid', async () => {
  await forEachInput(randomMessages, (messages) => {
    const trace = new Trace();
    try {
      for (const event of messages.flatMap((message) => trace.events(message)))
        if (event.kind === 'step' && Number.isNaN(event.duration)) return 'a duration of NaN';
    } catch (error) {
      if (!(error instanceof InvalidAnswerError)) throw error;
    }
    return undefined;
  });
});
