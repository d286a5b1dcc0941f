/** Where every failure of a command ends: one sentence with a way forward, the details in the log. */
import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { isEngineError, type EngineTrouble } from '../engine/errors.ts';
import { details, type Log } from './log.ts';
import { withoutLinks } from './plain.ts';

export interface Way {
  readonly button: string;
  readonly command: string;
}

/** What is said of a failure; undefined where nothing is to be said. */
export function sentence(
  error: unknown,
  title: string,
): { readonly message: string; readonly ways: readonly Way[] } | undefined {
  const log: Way = { button: t('Show Log'), command: 'drydock.engine.show-log' };
  if (!isEngineError(error)) {
    const fact = error instanceof Error ? error.message : String(error);
    return { message: t('“{0}” did not work: {1}', title, fact), ways: [log] };
  }
  const { kind, message } = error;
  switch (kind) {
    case 'cancelled':
      return undefined;
    case 'not-installed':
      return {
        message: t('No Docker engine was found on this machine.'),
        ways: [{ button: t('How to Install'), command: 'drydock.engine.install' }],
      };
    case 'not-running':
      return {
        message: t('The Docker engine is not running.'),
        ways: [{ button: t('Start Docker…'), command: 'drydock.engine.start' }],
      };
    case 'denied':
      return {
        message: t('Docker is running, but this user may not use its socket.'),
        ways: [{ button: t('Allow This User…'), command: 'drydock.engine.allow' }],
      };
    case 'unreachable':
      return {
        message,
        ways: [{ button: t('Use Another Address…'), command: 'drydock.engine.address' }, log],
      };
    case 'missing':
    case 'conflict':
    case 'failed':
      return { message, ways: [log] };
  }
}

/** Kinds that say that the connection is no longer what it was. */
export function isConnectionTrouble(error: unknown): boolean {
  const kinds: readonly EngineTrouble[] = ['not-installed', 'not-running', 'denied', 'unreachable'];
  return isEngineError(error) && kinds.includes(error.kind);
}

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
