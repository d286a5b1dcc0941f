/** Attaches a terminal to the main process of a container. Closing the terminal does not end the process. */
import { StringDecoder } from 'node:string_decoder';
import type { Duplex } from '../engine/engine.ts';
import { Queue } from '../engine/queue.ts';

export interface AttachedOptions {
  /** Whether the process has a terminal, which echoes and edits lines. */
  readonly tty: boolean;
  /** Whether the engine closes the input of the process when the connection ends (`StdinOnce`). */
  readonly endsInput: boolean;
}

/** Converts the stream for a terminal: line ends, and an echo of what is typed, for a process without a terminal. */
export function attachedStream(stream: Duplex, { tty, endsInput }: AttachedOptions): Duplex {
  if (tty) return stream;
  const echo = new Queue<Uint8Array>();
  const typeKeys = createLineEditor(stream, (text) => echo.push(encoder.encode(text)));
  let isClosed = false;
  return {
    ...stream,
    output: merged(stream, echo, () => isClosed),
    write: (data) => typeKeys(Buffer.from(data).toString()),
    close: () => {
      isClosed = true;
      // The process would read the end of its input, and many end then. The connection ends with this window or the process.
      if (endsInput) void discard(stream);
      else stream.close();
    },
  };
}

const encoder = new TextEncoder();

/** Reads the rest of the output: the engine would otherwise stop the process when its buffer is full. */
async function discard({ output }: Duplex): Promise<void> {
  try {
    const chunks = output[Symbol.asyncIterator]();
    while ((await chunks.next()).done !== true);
  } catch {
    // The process is not observed anymore.
  }
}

/** The output and the echo, in the order in which they arrive; reads the output only as fast as the reader does. */
async function* merged(
  { output }: Duplex,
  echo: Queue<Uint8Array>,
  isClosed: () => boolean,
): AsyncGenerator<Uint8Array, void, undefined> {
  const decoder = new StringDecoder('utf8');
  const [chunks, keys] = [output[Symbol.asyncIterator](), echo[Symbol.asyncIterator]()];
  let chunk = chunks.next();
  let key = keys.next();
  while (!isClosed()) {
    const next = await Promise.race([
      chunk.then((result) => ({ result, isOutput: true })),
      key.then((result) => ({ result, isOutput: false })),
    ]);
    if (next.result.done === true) return;
    if (next.isOutput) {
      chunk = chunks.next();
      const text = decoder.write(Buffer.from(next.result.value));
      yield encoder.encode(text.replace(/\r?\n/g, '\r\n'));
    } else {
      key = keys.next();
      yield next.result.value;
    }
  }
}

/** Echoes and edits a line, for a process without a terminal. */
function createLineEditor(stream: Duplex, echo: (text: string) => void): (text: string) => void {
  let line = '';
  return (text) => {
    for (const key of text) {
      if (key === '\r') {
        stream.write(encoder.encode(`${line}\n`));
        line = '';
        echo('\r\n');
      } else if (key === '\x7F') {
        if (line !== '') echo('\b \b');
        line = line.replace(/.$/su, '');
      } else if (key === '\x04') {
        if (line === '') stream.end();
      } else if (key >= ' ') {
        line += key;
        echo(key);
      }
    }
  };
}
