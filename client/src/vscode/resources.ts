/** Files in editors: of this machine, and of containers, volumes and images. */
import * as vscode from 'vscode';
import { fileScheme } from '../manifest.ts';
import type { ComparedFile, Editor } from '../ui/editor.ts';

type Methods = 'openFile' | 'openResource' | 'compareFiles' | 'addWorkspaceFolder';

export const resources: Pick<Editor, Methods> = {
  openFile: async (path) => {
    await vscode.commands.executeCommand('vscode.open', uriOf({ file: path }));
  },
  openResource: async (path, selected) => {
    const uri = uriOf({ resource: path });
    if (selected === undefined) {
      await vscode.commands.executeCommand('vscode.open', uri);
      return;
    }
    const { line, column, length } = selected;
    const selection = new vscode.Range(line, column, line, column + length);
    await vscode.commands.executeCommand('vscode.open', uri, { selection });
  },
  compareFiles: async (left, right, title) => {
    await vscode.commands.executeCommand('vscode.diff', uriOf(left), uriOf(right), title);
  },
  addWorkspaceFolder: (path, name) => {
    const uri = uriOf({ resource: path });
    const count = vscode.workspace.workspaceFolders?.length ?? 0;
    // In a window without a folder, VS Code starts all extensions again.
    vscode.workspace.updateWorkspaceFolders(count, 0, { uri, name });
    return Promise.resolve();
  },
};

function uriOf(file: ComparedFile): vscode.Uri {
  return 'file' in file
    ? vscode.Uri.file(file.file)
    : vscode.Uri.from({ scheme: fileScheme, path: file.resource });
}
