/** Terminals for processes in containers, and terminals that only show output. */
import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { isEngineError } from '../engine/errors.ts';
import { openSession } from '../shell/terminal-session.ts';
import type { ProcessTerminal } from '../ui/editor.ts';

/** Shows a terminal for a process; see the port. */
export function openTerminal(terminal: ProcessTerminal): Promise<void> {
  const { options, started } = processTerminal(terminal);
  show(options);
  return started;
}

/** A terminal for a process. It stays until the user closes it; `started` is that of the port. */
export function processTerminal(terminal: ProcessTerminal): {
  readonly options: vscode.ExtensionTerminalOptions;
  readonly started: Promise<void>;
} {
  const { name, icon = 'terminal' } = terminal;
  const output = new vscode.EventEmitter<string>();
  const renamed = new vscode.EventEmitter<string>();
  const closed = new vscode.EventEmitter<undefined>();
  const session = openSession(terminal, {
    write: (text) => output.fire(text),
    rename: (changed) => renamed.fire(changed),
    close: () => closed.fire(undefined),
  });
  const pty: vscode.Pseudoterminal = {
    onDidWrite: output.event,
    onDidChangeName: renamed.event,
    onDidClose: closed.event,
    open: (size) => session.open(size),
    handleInput: (data) => session.input(data),
    setDimensions: (size) => session.resize(size),
    close: () => session.close(),
  };
  const options = { name, pty, iconPath: new vscode.ThemeIcon(icon) };
  return { options, started: session.started };
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
  const controller = new AbortController();
  let isAtLineStart = true;
  let isOpen = true;
  const print = (text: string): void => {
    if (text !== '') isAtLineStart = text.endsWith('\n');
    output.fire(text.replace(/\r?\n/g, '\r\n'));
  };
  const pty: vscode.Pseudoterminal = {
    onDidWrite: output.event,
    open: () => {
      void write(print, controller.signal)
        .catch((error: unknown) => {
          if (!isCancelled(error)) print(`\n${red(messageOf(error))}\n`);
        })
        .finally(() => {
          // Closing the terminal ends the output later, and nothing would remove the terminal again.
          if (!isOpen) return;
          endedTerminals.set(name, terminal);
          print(`${isAtLineStart ? '' : '\n'}\u001B[2m${t('The output has ended.')}\u001B[0m\n`);
        });
    },
    handleInput: (data) => {
      // Ctrl+C aborts.
      if (data === '\u0003') controller.abort();
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
