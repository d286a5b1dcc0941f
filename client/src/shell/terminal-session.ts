/** A terminal over a process in a container: bytes to text, sizes, and what is said at the end. Knows no editor. */
import { StringDecoder } from 'node:string_decoder';
import { t } from '@vscode/l10n';
import type { Duplex } from '../engine/engine.ts';
import { isEngineError } from '../engine/errors.ts';

export interface Screen {
  write(text: string): void;
  /** The exit code; undefined where it is not known. */
  ended(code: number | undefined): void;
}

export interface Session {
  input(text: string): void;
  resize(columns: number, rows: number): void;
  /** The person closed the terminal: what runs in it is asked to end. */
  close(): void;
  /** When the process has ended and all was shown. Never rejects. */
  readonly done: Promise<void>;
}

/** Shows what the process says until it ends. */
export function openSession(stream: Duplex, screen: Screen): Session {
  let closed = false;
  const done = show(stream, screen, () => closed);
  return {
    input: (text) => {
      if (!closed) stream.write(new TextEncoder().encode(text));
    },
    resize: (columns, rows) => {
      // A process that is just ending cannot be resized, and need not be.
      if (!closed) stream.resize(columns, rows).catch(() => undefined);
    },
    close: () => {
      if (closed) return;
      closed = true;
      // The engine leaves the process running without its terminal: interrupt and end of file end a shell.
      stream.write(new TextEncoder().encode('\x03\x04'));
      stream.close();
    },
    done,
  };
}

async function show(stream: Duplex, screen: Screen, closed: () => boolean): Promise<void> {
  const decoder = new StringDecoder('utf8');
  try {
    for await (const chunk of stream.output) screen.write(decoder.write(Buffer.from(chunk)));
    const rest = decoder.end();
    if (rest !== '') screen.write(rest);
    const code = await stream.exit;
    if (code !== 0) screen.write(line(t('Ended with exit code {0}', code)));
    screen.ended(code);
  } catch (error) {
    if (!closed())
      screen.write(line(isEngineError(error) ? error.message : t('The connection was lost')));
    screen.ended(undefined);
  }
}

/** A line of our own, dim, so that it is told from what the process printed. */
function line(text: string): string {
  return `\r\n\x1b[2m${text}\x1b[0m\r\n`;
}
