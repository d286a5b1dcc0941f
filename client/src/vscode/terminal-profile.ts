/** The terminal profile that opens a shell in a container. */
import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Tools } from '../ui/tools.ts';
import { isConnectionError } from '../engine/errors.ts';
import { terminalProfile } from '../manifest.ts';
import { showFailure } from './failure-notification.ts';
import type { Log } from './log.ts';
import { processTerminal } from './terminal.ts';

export interface ProfileOptions {
  readonly tools: Tools;
  readonly log: Log;
  /** Called when the shell cannot be opened because of the connection. */
  readonly onConnectionLost: () => void;
}

/** Registers the terminal profile until it is disposed. */
export function registerShellProfile(options: ProfileOptions): vscode.Disposable {
  return vscode.window.registerTerminalProfileProvider(terminalProfile.id, {
    provideTerminalProfile: () => profile(options),
  });
}

async function profile({
  tools,
  log,
  onConnectionLost,
}: ProfileOptions): Promise<vscode.TerminalProfile | undefined> {
  const title = t('Docker Container');
  if (!vscode.workspace.isTrusted) {
    void tools.editor.showInformation(t('{0} requires a trusted workspace.', title));
    return undefined;
  }
  try {
    const { profileTerminal } = await import('../shell/terminal-profile.ts');
    const shell = await profileTerminal(tools);
    if (shell === undefined) return undefined;
    const { options, started } = processTerminal(shell);
    started.catch((error: unknown) => void showFailure(error, title, log));
    showOnceOpen(options);
    return new vscode.TerminalProfile(options);
  } catch (error) {
    if (isConnectionError(error)) onConnectionLost();
    void showFailure(error, title, log);
    return undefined;
  }
}

/** VS Code tries to show the new terminal before it exists, and leaves another one visible. */
function showOnceOpen({ pty }: vscode.ExtensionTerminalOptions): void {
  const opening = vscode.window.onDidOpenTerminal((terminal) => {
    if (!('pty' in terminal.creationOptions) || terminal.creationOptions.pty !== pty) return;
    opening.dispose();
    terminal.show();
  });
}
