/** Terminals over a process in a container, and terminals that only print. */
import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Duplex } from '../engine/engine.ts';
import { isEngineError } from '../engine/errors.ts';
import { openSession, type Session } from '../shell/terminal-session.ts';

/** Shows a terminal with a process at its other end. */
export function openTerminal(name: string, stream: Duplex, icon = 'terminal'): void {
  show(terminalOver(name, stream, icon));
}

/** A terminal over a process; closes with it, and on a key where it did not end well. */
export function terminalOver(
  name: string,
  stream: Duplex,
  icon = 'terminal',
): vscode.ExtensionTerminalOptions {
  const output = new vscode.EventEmitter<string>();
  const closed = new vscode.EventEmitter<undefined>();
  let session: Session | undefined;
  let failed = false;
  const pty: vscode.Pseudoterminal = {
    onDidWrite: output.event,
    onDidClose: closed.event,
    open: (size) => {
      session = openSession(stream, {
        write: (text) => output.fire(text),
        ended: (code) => {
          failed = code !== 0;
          if (failed) output.fire(`\u001B[2m${t('Press any key to close.')}\u001B[0m\r\n`);
          else closed.fire(undefined);
        },
      });
      if (size !== undefined) session.resize(size.columns, size.rows);
    },
    handleInput: (data) => {
      if (failed) closed.fire(undefined);
      else session?.input(data);
    },
    setDimensions: ({ columns, rows }) => session?.resize(columns, rows),
    close: () => session?.close(),
  };
  return { name, pty, iconPath: new vscode.ThemeIcon(icon) };
}

/** Terminals that print, by name: one that has ended makes room for the next of its name. */
const ended = new Map<string, vscode.Terminal>();

/** A terminal that is written to and not read; closing it aborts. */
export function openPrintout(
  name: string,
  icon: string,
  write: (print: (text: string) => void, signal: AbortSignal) => Promise<void>,
): void {
  ended.get(name)?.dispose();
  ended.delete(name);
  const output = new vscode.EventEmitter<string>();
  const closed = new vscode.EventEmitter<undefined>();
  const controller = new AbortController();
  let done = false;
  const print = (text: string): void => output.fire(text.replace(/\r?\n/g, '\r\n'));
  const pty: vscode.Pseudoterminal = {
    onDidWrite: output.event,
    onDidClose: closed.event,
    open: () => {
      void write(print, controller.signal)
        .catch((error: unknown) => {
          if (!isCancelled(error)) print(`\n${red(messageOf(error))}\n`);
        })
        .finally(() => {
          done = true;
          ended.set(name, terminal);
          print(`\u001B[2m${t('Press any key to close.')}\u001B[0m\n`);
        });
    },
    handleInput: (data) => {
      // Ctrl+C ends the work, any key closes what has ended.
      if (done) closed.fire(undefined);
      else if (data === '\u0003') controller.abort();
    },
    close: () => {
      controller.abort();
      if (ended.get(name) === terminal) ended.delete(name);
    },
  };
  const terminal = show({ name, pty, iconPath: new vscode.ThemeIcon(icon) });
}

/** Puts a command line in a terminal without running it. */
export function typeInTerminal(commandLine: string): void {
  const terminal = vscode.window.createTerminal({ name: 'Docker' });
  terminal.show();
  // What comes before the prompt is shown twice, and nothing in this version tells of the prompt.
  void terminal.processId.then(() =>
    setTimeout(() => terminal.sendText(commandLine, false), promptDelay),
  );
}

const promptDelay = 600;

function show(options: vscode.ExtensionTerminalOptions): vscode.Terminal {
  const terminal = vscode.window.createTerminal({ ...options, isTransient: true });
  terminal.show();
  return terminal;
}

function isCancelled(error: unknown): boolean {
  return isEngineError(error) && error.kind === 'cancelled';
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function red(text: string): string {
  return `\u001B[31m${text}\u001B[0m`;
}
