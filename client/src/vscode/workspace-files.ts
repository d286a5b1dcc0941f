/** Files of the workspace by the end of their path. */
import * as vscode from 'vscode';
import type { Editor } from '../ui/editor.ts';

/** Characters with a meaning in glob patterns. */
const special = /[*?{}[\]!,]/;

export const findInWorkspace: Editor['findInWorkspace'] = async (paths) => {
  const folders = vscode.workspace.workspaceFolders ?? [];
  for (const path of paths) {
    for (const { uri } of folders) {
      const file = vscode.Uri.joinPath(uri, path);
      if (await isFile(file)) return file.fsPath;
    }
  }
  // In a subfolder; several files with the same end could be the wrong ones.
  for (const path of paths.filter((one) => !special.test(one))) {
    const found = await vscode.workspace.findFiles(`**/${path}`, '**/node_modules/**', 2);
    if (found.length === 1) return found[0]?.fsPath;
    if (found.length > 1) return undefined;
  }
  return undefined;
};

async function isFile(uri: vscode.Uri): Promise<boolean> {
  try {
    return ((await vscode.workspace.fs.stat(uri)).type & vscode.FileType.File) !== 0;
  } catch {
    return false;
  }
}
