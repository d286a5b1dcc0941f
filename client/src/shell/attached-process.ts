/** The main process of a container behind a terminal: leaving the terminal leaves the process alone. */
import { StringDecoder } from 'node:string_decoder';
import type { Duplex } from '../engine/engine.ts';
import { Queue } from '../engine/queue.ts';

export interface Attached {
  /** Whether the process has a terminal of its own, which echoes and edits lines. */
  readonly tty: boolean;
  /** Whether the process still runs when the stream has ended, as after Ctrl-P Ctrl-Q. */
  readonly runs: () => Promise<boolean>;
}

/** The stream as a terminal wants it; nothing that closing sends reaches the process. */
export function attached(stream: Duplex, { tty, runs }: Attached): Duplex {
  const shown = new Queue<Uint8Array>();
  const over = show(stream, shown, tty);
  const keys = tty ? undefined : lineOf(stream, (text) => shown.push(encoder.encode(text)));
  // The engine tells how the process ended, and nothing where only we have left.
  const exit = over.then(async () => ((await runs()) ? 0 : stream.exit));
  exit.catch(() => undefined);
  return {
    ...stream,
    output: shown,
    // A terminal that closes interrupts what runs in it, in one piece.
    write: (data) => {
      const text = Buffer.from(data).toString();
      if (text === farewell) return;
      if (keys === undefined) stream.write(data);
      else keys(text);
    },
    exit,
  };
}

/** What a session sends when its terminal is closed. */
const farewell = '\x03\x04';
const encoder = new TextEncoder();

async function show(stream: Duplex, shown: Queue<Uint8Array>, tty: boolean): Promise<void> {
  const decoder = new StringDecoder('utf8');
  try {
    for await (const chunk of stream.output) {
      const text = tty ? undefined : decoder.write(Buffer.from(chunk)).replace(/\r?\n/g, '\r\n');
      shown.push(text === undefined ? chunk : encoder.encode(text));
    }
    shown.end();
  } catch (error) {
    shown.end(error instanceof Error ? error : new Error(String(error)));
  }
}

/** Echo and the keys of a line, for a process that has no terminal to do it. */
function lineOf(stream: Duplex, echo: (text: string) => void): (text: string) => void {
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
