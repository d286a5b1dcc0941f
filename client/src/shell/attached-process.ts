/** Attaches a terminal to the main process of a container. Closing the terminal does not end the process. */
import { StringDecoder } from 'node:string_decoder';
import type { Duplex } from '../engine/engine.ts';
import { Queue } from '../engine/queue.ts';

export interface AttachOptions {
  /** Whether the process has a terminal, which echoes and edits lines. */
  readonly tty: boolean;
  /** Whether the process is still running after the stream has ended, for example after Ctrl-P Ctrl-Q. */
  readonly isRunning: () => Promise<boolean>;
}

/** Converts the stream for a terminal. What the terminal sends when it is closed does not reach the process. */
export function attachedStream(stream: Duplex, { tty, isRunning }: AttachOptions): Duplex {
  const output = new Queue<Uint8Array>();
  const outputEnd = copyOutput(stream, output, tty);
  const typeKeys = tty
    ? undefined
    : createLineEditor(stream, (text) => output.push(encoder.encode(text)));
  // The engine reports an exit code only if the process has ended, not after a detach.
  const exit = outputEnd.then(async () => ((await isRunning()) ? 0 : stream.exit));
  exit.catch(() => undefined);
  return {
    ...stream,
    output,
    // A terminal that is closed sends the close sequence as one chunk.
    write: (data) => {
      const text = Buffer.from(data).toString();
      if (text === closeSequence) return;
      if (typeKeys === undefined) stream.write(data);
      else typeKeys(text);
    },
    exit,
  };
}

/** What a terminal session sends when its terminal is closed. */
const closeSequence = '\x03\x04';
const encoder = new TextEncoder();

async function copyOutput(stream: Duplex, output: Queue<Uint8Array>, tty: boolean): Promise<void> {
  const decoder = new StringDecoder('utf8');
  try {
    for await (const chunk of stream.output) {
      const text = tty ? undefined : decoder.write(Buffer.from(chunk)).replace(/\r?\n/g, '\r\n');
      output.push(text === undefined ? chunk : encoder.encode(text));
    }
    output.end();
  } catch (error) {
    output.end(error instanceof Error ? error : new Error(String(error)));
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
