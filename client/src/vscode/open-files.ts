/** Composes what reads and writes files of containers, volumes and images. */
import * as vscode from 'vscode';
import type { FileSession } from '../files/session.ts';
import type { Item } from '../explorer/item.ts';
import { confirmOverwrite } from '../ui/overwrite.ts';
import type { Tools } from '../ui/tools.ts';

/** Loads the code. Rows are read again when files below them are changed here. */
export async function openFiles(
  tools: Tools,
  reload: (matches: (item: Item) => boolean) => void,
  subscriptions: { dispose(): unknown }[],
): Promise<FileSession> {
  const { FileSession, isDirectoryOf, helperImageKey } = await import('../files/session.ts');
  const session = new FileSession({
    engine: tools.engine,
    engineName: async () => {
      const { address, error } = await tools.connectionState();
      if (error !== undefined) throw error;
      return address?.context ?? address?.url ?? '';
    },
    trusted: () => vscode.workspace.isTrusted,
    helperImage: () => tools.editor.getState(helperImageKey),
    confirmOverwrite: (path) => confirmOverwrite(tools.editor, path),
  });
  session.onChange((directory) => reload((item) => isDirectoryOf(item, directory)));
  subscriptions.push(new vscode.Disposable(() => void session.dispose()));
  return session;
}
