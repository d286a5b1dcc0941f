/** Shows failures of commands in a notification with buttons, and writes the details to the log. */
import * as vscode from 'vscode';
import { describeFailure } from '../ui/failure-message.ts';
import { errorDetails, type Log } from './log.ts';
import { withoutLinks } from './plain-text.ts';

/** Shows the error and runs the command of the pressed button. */
export async function showFailure(error: unknown, title: string, log: Log): Promise<void> {
  const failure = describeFailure(error, title);
  if (failure === undefined) return;
  log.error(`${title}: ${errorDetails(error)}`);
  const buttons = failure.actions.map(({ button }) => button);
  const pressed = await vscode.window.showErrorMessage(withoutLinks(failure.message), ...buttons);
  const action = failure.actions.find(({ button }) => button === pressed);
  if (action !== undefined) await vscode.commands.executeCommand(action.command);
}
