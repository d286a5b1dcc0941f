/** The `Drydock` output channel: all details that a notification leaves out. */
import * as vscode from 'vscode';

export type Log = vscode.LogOutputChannel;

export function openLog(): Log {
  return vscode.window.createOutputChannel('Drydock', { log: true });
}

/** An error with its stack and with all that caused it; for the log only. */
export function details(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause === undefined ? '' : `\ncaused by: ${details(error.cause)}`;
  return `${error.stack ?? error.message}${cause}`;
}
