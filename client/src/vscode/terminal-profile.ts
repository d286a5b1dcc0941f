/** The terminal profile that opens a shell in a container, beside those of this machine. */
import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Tools } from '../ui/tools.ts';
import { shellOfProfile } from '../shell/terminal-profile.ts';
import { isConnectionTrouble } from '../engine/errors.ts';
import { terminalProfile } from '../manifest.ts';
import { tellFailure } from './failure-notification.ts';
import type { Log } from './log.ts';
import { terminalOver } from './terminal.ts';

export interface ProfileOptions {
  readonly tools: Tools;
  readonly log: Log;
  /** The connection is not what it was. */
  readonly lost: () => void;
}

/** Until it is disposed of. */
export function registerShellProfile(options: ProfileOptions): vscode.Disposable {
  return vscode.window.registerTerminalProfileProvider(terminalProfile.id, {
    provideTerminalProfile: () => profile(options),
  });
}

async function profile({
  tools,
  log,
  lost,
}: ProfileOptions): Promise<vscode.TerminalProfile | undefined> {
  const title = t('Docker Container');
  if (!vscode.workspace.isTrusted) {
    void tools.editor.tell(t('“{0}” waits until this folder is trusted.', title));
    return undefined;
  }
  try {
    const shell = await shellOfProfile(tools);
    if (shell === undefined) return undefined;
    const options = terminalOver(shell.name, shell.stream);
    showOnceOpen(options);
    return new vscode.TerminalProfile(options);
  } catch (error) {
    if (isConnectionTrouble(error)) lost();
    void tellFailure(error, title, log);
    return undefined;
  }
}

/** VS Code looks for the new terminal before it is there, and leaves another in front. */
function showOnceOpen({ pty }: vscode.ExtensionTerminalOptions): void {
  const opening = vscode.window.onDidOpenTerminal((terminal) => {
    if (!('pty' in terminal.creationOptions) || terminal.creationOptions.pty !== pty) return;
    opening.dispose();
    terminal.show();
  });
}
