/**
 * Standard output and standard error. For files and pipes, this writes synchronously without `process.stdout`, which loads
 * the network modules of Node.js: a tenth of the start-up time of a program that prints a few lines.
 */
import { fstatSync, writeSync } from 'node:fs';
import { t } from '../text/translation.ts';

type Descriptor = 1 | 2;

/** Descriptors whose stream has buffered text; later text must go through the stream too, to keep the order. */
const streamed = new Set<Descriptor>();

/** Whether it is a terminal that supports colors (no-color.org). */
export function showsColors(descriptor: Descriptor): boolean {
  return isDevice(descriptor) && streamOf(descriptor).isTTY && !process.env['NO_COLOR'];
}

/** Writes the whole text. A closed pipe, as in `drydock lint … | head`, is not an error. */
export function write(descriptor: Descriptor, text: string): void {
  if (streamed.has(descriptor) || isDevice(descriptor)) {
    streamOf(descriptor).write(text);
    return;
  }
  const bytes = Buffer.from(text);
  let written = 0;
  try {
    while (written < bytes.length) written += writeSync(descriptor, bytes, written);
  } catch (error) {
    const code = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
    if (code === 'EPIPE') return;
    // The pipe is full and non-blocking: the stream waits until it can be written.
    if (code !== 'EAGAIN') throw new OutputError(descriptor, error);
    streamed.add(descriptor);
    streamOf(descriptor).write(bytes.subarray(written));
  }
}

function isDevice(descriptor: Descriptor): boolean {
  try {
    return fstatSync(descriptor).isCharacterDevice();
  } catch {
    // The descriptor is closed; the stream handles that.
    return true;
  }
}

function streamOf(descriptor: Descriptor): NodeJS.WriteStream {
  const stream = descriptor === 1 ? process.stdout : process.stderr;
  if (stream.listenerCount('error') === 0) stream.on('error', unlessClosed);
  return stream;
}

function unlessClosed(error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE') return;
  new OutputError(1, error).report();
  process.exit(2);
}

/** The output could not be written, for example because the disk is full. */
export class OutputError extends Error {
  readonly #isReported: boolean;

  constructor(descriptor: Descriptor, cause: unknown) {
    const isFull = cause instanceof Error && (cause as NodeJS.ErrnoException).code === 'ENOSPC';
    const reason = isFull ? t('the disk is full') : cause instanceof Error ? cause.message : String(cause); // prettier-ignore
    super(t('Could not write the output: {0}', reason), { cause });
    // What cannot be written to standard error cannot be reported there.
    this.#isReported = descriptor === 2;
  }
  report(): void {
    if (this.#isReported) return;
    try {
      writeSync(2, `drydock: ${this.message}\n`);
    } catch {
      // Standard error is on the same disk, or closed.
    }
  }
}
