/**
 * Connects a terminal to a process in a container: decodes output, forwards input and sizes, and keeps the output when the
 * process has ended, until the user closes the terminal. Independent of the editor.
 */
import { StringDecoder } from 'node:string_decoder';
import { t } from '@vscode/l10n';
import type { Duplex, TerminalSize } from '../engine/engine.ts';
import { isEngineError } from '../engine/errors.ts';
import type { ProcessTerminal } from '../ui/editor.ts';
import { joinDetails } from '../ui/format.ts';
import { FlowControl } from './flow-control.ts';

export interface Screen {
  write(text: string): void;
  rename(name: string): void;
  /** Closes the terminal. */
  close(): void;
}

export interface Session {
  /** Starts the process; called when the terminal is open. */
  open(size: TerminalSize | undefined): void;
  input(text: string): void;
  resize(size: TerminalSize): void;
  /** Called when the user closes the terminal. */
  close(): void;
  /** Resolves when the process was started for the first time; rejects if it could not be started. */
  readonly started: Promise<void>;
}

export function openSession(terminal: ProcessTerminal, screen: Screen): Session {
  return new TerminalSession(terminal, screen);
}

class TerminalSession implements Session {
  readonly started: Promise<void>;
  #settle: { readonly resolve: () => void; readonly reject: (error: unknown) => void } | undefined;
  readonly #terminal: ProcessTerminal;
  readonly #screen: Screen;
  readonly #flow: FlowControl;
  #size: TerminalSize | undefined;
  #stream: Duplex | undefined;
  /** Typed while the process starts. */
  #pending = '';
  /** Whether R starts the process again. */
  #canRepeat = false;
  #isClosed = false;
  #isStarting = false;
  #isAtLineStart = true;

  constructor(terminal: ProcessTerminal, screen: Screen) {
    this.#terminal = terminal;
    this.#screen = screen;
    this.#flow = new FlowControl((text) => screen.write(text));
    this.started = new Promise((resolve, reject) => (this.#settle = { resolve, reject }));
    // A caller that does not wait for it must not cause an unhandled rejection.
    this.started.catch(() => undefined);
  }

  open(size: TerminalSize | undefined): void {
    this.#size = size;
    const { note } = this.#terminal;
    if (note !== undefined) this.#screen.write(`${dimmed(note)}\r\n`);
    void this.#run();
  }

  input(text: string): void {
    const typed = this.#flow.filter(text);
    if (typed === '' || this.#isClosed) return;
    if (this.#canRepeat && /^r$/i.test(typed)) {
      this.#canRepeat = false;
      this.#screen.rename(this.#terminal.name);
      void this.#run();
    } else if (this.#isStarting) {
      this.#pending += typed;
    } else {
      this.#stream?.write(new TextEncoder().encode(typed));
    }
  }

  resize(size: TerminalSize): void {
    this.#size = size;
    this.#sendSize();
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#flow.end();
    this.#stream?.close();
  }

  async #run(): Promise<void> {
    this.#isStarting = true;
    const stream = await this.#start();
    this.#isStarting = false;
    if (stream === undefined) return;
    this.#stream = stream;
    this.#settle?.resolve();
    this.#settle = undefined;
    if (this.#isClosed) stream.close();
    this.#sendSize();
    if (this.#pending !== '') stream.write(new TextEncoder().encode(this.#pending));
    this.#pending = '';
    const { code, error } = await this.#copyOutput(stream);
    this.#stream = undefined;
    if (this.#isClosed) return;
    await this.#showEnd(code, error);
  }

  async #start(): Promise<Duplex | undefined> {
    try {
      return await this.#terminal.start(this.#size);
    } catch (error) {
      if (this.#settle === undefined) {
        this.#showStatus(messageOf(error));
      } else {
        this.#settle.reject(error);
        this.#settle = undefined;
        this.#screen.close();
      }
      return undefined;
    }
  }

  #sendSize(): void {
    // Resizing a process that is ending fails, and is not needed.
    if (this.#size !== undefined && !this.#isClosed)
      this.#stream?.resize(this.#size.columns, this.#size.rows).catch(() => undefined);
  }

  /** Shows all output; the code is undefined if it is not known. */
  async #copyOutput(stream: Duplex): Promise<{ readonly code?: number; readonly error?: unknown }> {
    const decoder = new StringDecoder('utf8');
    const show = async (text: string): Promise<void> => {
      if (text === '' || this.#isClosed) return;
      this.#isAtLineStart = text.endsWith('\n');
      await this.#flow.write(text);
    };
    try {
      for await (const chunk of stream.output) await show(decoder.write(Buffer.from(chunk)));
      await show(decoder.end());
      return { code: await stream.exit };
    } catch (error) {
      return { error };
    }
  }

  async #showEnd(code: number | undefined, error: unknown): Promise<void> {
    const { name, describeEnd } = this.#terminal;
    const described = await describeEnd?.(code).catch(() => undefined);
    if (this.#isClosed) return;
    const state = code === undefined ? t('ended') : t('exited ({0})', code);
    this.#screen.rename(joinDetails(name, state));
    const fact =
      code === undefined ? messageOf(error) : t('{0} ended with exit code {1}.', name, code);
    this.#showStatus(described ?? fact);
  }

  #showStatus(sentence: string): void {
    this.#canRepeat = this.#terminal.once !== true;
    const hint = this.#canRepeat ? ` ${t('Press R to run it again.')}` : '';
    const start = this.#isAtLineStart ? '' : '\r\n';
    this.#screen.write(`${defaultModes}${start}${dimmed(sentence + hint)}\r\n`);
    this.#isAtLineStart = true;
  }
}

/**
 * What a process that was killed may have left behind: the alternate screen, a hidden cursor, modes of the keyboard, the mouse
 * and pasting, and colors.
 */
const defaultModes = [
  '\x1B[?1047l\x1B[?25h\x1B[?1l\x1B>',
  '\x1B[?1000l\x1B[?1002l\x1B[?1003l\x1B[?1006l\x1B[?2004l\x1B[0m',
].join('');

function messageOf(error: unknown): string {
  return isEngineError(error) ? error.message : t('The connection was lost.');
}

/** Dimmed, to distinguish it from the output of the process. */
function dimmed(text: string): string {
  return `\x1B[2m${text}\x1B[0m`;
}
