/** Where every failure of a command ends: one sentence with a way forward, the details in the log. */
import * as vscode from 'vscode';
import { sentence } from '../ui/failure-message.ts';
import { details, type Log } from './log.ts';
import { withoutLinks } from './plain-text.ts';

/** Says it, and does what the pressed button says. */
export async function tellFailure(error: unknown, title: string, log: Log): Promise<void> {
  const said = sentence(error, title);
  if (said === undefined) return;
  log.error(`${title}: ${details(error)}`);
  const buttons = said.ways.map(({ button }) => button);
  const pressed = await vscode.window.showErrorMessage(withoutLinks(said.message), ...buttons);
  const way = said.ways.find(({ button }) => button === pressed);
  if (way !== undefined) await vscode.commands.executeCommand(way.command);
}
