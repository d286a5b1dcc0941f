/**
 * Standard output and error of the program. What Node.js has for them brings the network with it, a tenth of the start
 * of a program that says a few lines; a file or a pipe takes a text as it is.
 */
import { fstatSync, writeSync } from 'node:fs';

type Descriptor = 1 | 2;

/** Where a stream still holds what nobody has read: what comes later must stand behind it. */
const streamed = new Set<Descriptor>();

/** Whether it is a terminal that shows colours (no-color.org). */
export function showsColours(descriptor: Descriptor): boolean {
  return isDevice(descriptor) && streamOf(descriptor).isTTY && !process.env['NO_COLOR'];
}

/** Writes all of a text; where nobody reads it any longer, as in `drydock lint … | head`, that is no failure. */
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
    // A full pipe that does not block: the stream waits for whoever reads it.
    if (code !== 'EAGAIN') throw error;
    streamed.add(descriptor);
    streamOf(descriptor).write(bytes.subarray(written));
  }
}

function isDevice(descriptor: Descriptor): boolean {
  try {
    return fstatSync(descriptor).isCharacterDevice();
  } catch {
    // It is closed, and the stream knows what to do then.
    return true;
  }
}

function streamOf(descriptor: Descriptor): NodeJS.WriteStream {
  const stream = descriptor === 1 ? process.stdout : process.stderr;
  if (stream.listenerCount('error') === 0) stream.on('error', unlessClosed);
  return stream;
}

function unlessClosed(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
}
