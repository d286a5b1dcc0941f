/** Connects a terminal to a process in a container: decodes output, forwards input and sizes, reports the end. Independent of the editor. */
import { StringDecoder } from 'node:string_decoder';
import { t } from '@vscode/l10n';
import type { Duplex } from '../engine/engine.ts';
import { isEngineError } from '../engine/errors.ts';

export interface Screen {
  write(text: string): void;
  /** Called with the exit code; undefined if it is unknown. */
  ended(code: number | undefined): void;
}

export interface Session {
  input(text: string): void;
  resize(columns: number, rows: number): void;
  /** Called when the user closes the terminal: interrupts the process. */
  close(): void;
  /** Resolves when the process has ended and all output was shown. Never rejects. */
  readonly done: Promise<void>;
}

/** Shows the output of the process until it ends. */
export function openSession(stream: Duplex, screen: Screen): Session {
  let isClosed = false;
  const done = copyToScreen(stream, screen, () => isClosed);
  return {
    input: (text) => {
      if (!isClosed) stream.write(new TextEncoder().encode(text));
    },
    resize: (columns, rows) => {
      // Resizing a process that is ending fails, and is not needed.
      if (!isClosed) stream.resize(columns, rows).catch(() => undefined);
    },
    close: () => {
      if (isClosed) return;
      isClosed = true;
      // The engine does not end the process when the terminal is closed; an interrupt and end of file end a shell.
      stream.write(new TextEncoder().encode('\x03\x04'));
      stream.close();
    },
    done,
  };
}

async function copyToScreen(stream: Duplex, screen: Screen, closed: () => boolean): Promise<void> {
  const decoder = new StringDecoder('utf8');
  try {
    for await (const chunk of stream.output) screen.write(decoder.write(Buffer.from(chunk)));
    const rest = decoder.end();
    if (rest !== '') screen.write(rest);
    const code = await stream.exit;
    if (code !== 0) screen.write(statusLine(t('The process exited with code {0}.', code)));
    screen.ended(code);
  } catch (error) {
    if (!closed())
      screen.write(
        statusLine(isEngineError(error) ? error.message : t('The connection was lost.')),
      );
    screen.ended(undefined);
  }
}

/** A status line, dimmed to distinguish it from the output of the process. */
function statusLine(text: string): string {
  return `\r\n\x1b[2m${text}\x1b[0m\r\n`;
}
