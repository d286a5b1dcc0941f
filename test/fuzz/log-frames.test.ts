import { test } from 'vitest';
import { demultiplex } from '../../client/src/engine/docker-api/log-frames.ts';
import { isEngineError } from '../../client/src/engine/errors.ts';
import { forEachInput, pick, type Next } from './inputs.ts';

interface Input {
  readonly chunks: readonly string[];
  /** The text of all frames, if all are complete and none reports an error. */
  readonly expected?: string;
}

function frame(type: number, text: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head[0] = type;
  head.writeUInt32BE(text.length, 4);
  return Buffer.concat([head, text]);
}

function randomStream(next: Next): Input {
  const bytes = () => Buffer.from(Array.from({ length: Math.floor(next() * 20) }, () => Math.floor(next() * 256))); // prettier-ignore
  const texts = Array.from({ length: Math.floor(next() * 6) }, bytes);
  const types = texts.map(() => pick(next, [0, 1, 2]));
  let all = Buffer.concat(texts.map((text, i) => frame(types[i] ?? 0, text)));
  const fault = next();
  if (fault < 0.2) all = all.subarray(0, Math.floor(next() * all.length));
  else if (fault < 0.4) all = Buffer.concat([all, bytes()]);
  else if (fault < 0.5) all = Buffer.concat([all, frame(3, bytes())]);
  else if (fault < 0.6) all = bytes();
  const chunks: string[] = [];
  for (let at = 0; at < all.length;) {
    const size = 1 + Math.floor(next() * 12);
    chunks.push(all.subarray(at, at + size).toString('latin1'));
    at += size;
  }
  return {
    chunks,
    ...(fault >= 0.6 && { expected: Buffer.concat(texts).toString('latin1') }),
  };
}

test('any stream gives its text, or an error with a sentence', async () => {
  await forEachInput(randomStream, async ({ chunks, expected }) => {
    // eslint-disable-next-line @typescript-eslint/require-await
    async function* body(): AsyncGenerator<Uint8Array> {
      for (const chunk of chunks) yield Buffer.from(chunk, 'latin1');
    }
    let size = 0;
    let text = '';
    try {
      for await (const part of demultiplex(body())) {
        size += part.length;
        text += Buffer.from(part).toString('latin1');
      }
    } catch (error) {
      if (!isEngineError(error)) throw error;
      return expected !== undefined || error.message === '' ? error.message : undefined;
    }
    if (size > chunks.join('').length) return 'more bytes than were sent';
    return expected !== undefined && expected !== text ? text : undefined;
  });
});
