/** The `Drydock` output channel, with the details that notifications leave out. */
import * as vscode from 'vscode';

export type Log = vscode.LogOutputChannel;

export function createLog(): Log {
  return vscode.window.createOutputChannel('Drydock', { log: true });
}

/** An error with its stack and its causes, for the log. */
export function errorDetails(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause === undefined ? '' : `\ncaused by: ${errorDetails(error.cause)}`;
  return `${error.stack ?? error.message}${cause}`;
}
