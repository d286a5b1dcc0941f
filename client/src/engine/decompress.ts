/** Decompresses streams: gzip, and zstd where Node.js has it. */
import * as zlib from 'node:zlib';
import { Readable, type Transform } from 'node:stream';
import { t } from '@vscode/l10n';
import { EngineError } from './errors.ts';

/**
 * The bytes without compression; the format is recognized by its first bytes. Rejects with EngineError if they are damaged or
 * compressed with zstd and this version of Node.js does not support it (https://nodejs.org/api/zlib.html#class-zlibzstddecompress,
 * since 22.15).
 */
export async function* decompressed(
  first: Uint8Array,
  stream: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array, void, undefined> {
  const decoder = decoderFor(first);
  if (decoder === undefined) {
    yield* stream;
    return;
  }
  const input = Readable.from(stream, { objectMode: false });
  input.on('error', (error) => decoder.destroy(error));
  try {
    yield* input.pipe(decoder) as AsyncIterable<Uint8Array>;
  } catch (error) {
    if (error instanceof EngineError) throw error;
    throw new EngineError('failed', t('The compressed data from the engine is damaged'));
  } finally {
    decoder.destroy();
    // The caller reads on after this data, so nothing may be reading it any more.
    if (!input.closed) await new Promise((resolve) => input.once('close', resolve).destroy());
  }
}

function decoderFor([a, b, c, d]: Uint8Array): Transform | undefined {
  if (a === 0x1f && b === 0x8b) return zlib.createGunzip();
  if (a !== 0x28 || b !== 0xb5 || c !== 0x2f || d !== 0xfd) return undefined;
  const { createZstdDecompress } = zlib as { createZstdDecompress?: () => Transform };
  if (createZstdDecompress !== undefined) return createZstdDecompress();
  throw new EngineError(
    'failed',
    t('The layers are compressed with zstd, which requires a newer version of VS Code'),
  );
}
