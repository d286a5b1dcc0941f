/** Terminals for processes in containers, and terminals that only show output. */
import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Duplex } from '../engine/engine.ts';
import { isEngineError } from '../engine/errors.ts';
import { openSession, type Session } from '../shell/terminal-session.ts';

/** Shows a terminal that is connected to a process. */
export function openTerminal(name: string, stream: Duplex, icon = 'terminal'): void {
  show(processTerminalOptions(name, stream, icon));
}

/** A terminal for a process. It closes when the process succeeds, or on a key press after it has failed. */
export function processTerminalOptions(
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
          if (failed)
            output.fire(`\u001B[2m${t('Press any key to close the terminal.')}\u001B[0m\r\n`);
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

/** Open output terminals whose output has ended, by name; one is closed when a new terminal with its name opens. */
const endedTerminals = new Map<string, vscode.Terminal>();

/** A terminal that only shows output; closing it aborts. */
export function openOutputTerminal(
  name: string,
  icon: string,
  write: (print: (text: string) => void, signal: AbortSignal) => Promise<void>,
): void {
  endedTerminals.get(name)?.dispose();
  endedTerminals.delete(name);
  const output = new vscode.EventEmitter<string>();
  const closed = new vscode.EventEmitter<undefined>();
  const controller = new AbortController();
  let done = false;
  let isOpen = true;
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
          // Closing the terminal ends the output later, and nothing would remove the terminal again.
          if (!isOpen) return;
          endedTerminals.set(name, terminal);
          print(`\u001B[2m${t('Press any key to close the terminal.')}\u001B[0m\n`);
        });
    },
    handleInput: (data) => {
      // Ctrl+C aborts; after the end, any key closes the terminal.
      if (done) closed.fire(undefined);
      else if (data === '\u0003') controller.abort();
    },
    close: () => {
      isOpen = false;
      controller.abort();
      if (endedTerminals.get(name) === terminal) endedTerminals.delete(name);
    },
  };
  const terminal = show({ name, pty, iconPath: new vscode.ThemeIcon(icon) });
}

/** Inserts a command line into a terminal without running it. */
export function typeInTerminal(commandLine: string, folder?: string): void {
  const terminal = vscode.window.createTerminal({
    name: 'Docker',
    ...(folder !== undefined && { cwd: folder }),
  });
  terminal.show();
  // Text sent before the prompt appears is shown twice, and this version of VS Code has no event for the prompt.
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
