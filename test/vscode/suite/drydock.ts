import assert from 'node:assert/strict';
import path from 'node:path';
import * as vscode from 'vscode';

/** The extension under test. */
export function drydock(): vscode.Extension<unknown> {
  const extension = vscode.extensions.getExtension('drydock.drydock');
  assert.ok(extension, 'VS Code does not know the extension drydock.drydock');
  return extension;
}

/** Writes a file into the workspace and opens it in an editor. */
export async function open(name: string, text: string): Promise<vscode.TextEditor> {
  const folder = vscode.workspace.workspaceFolders?.[0];
  assert.ok(folder, 'no folder is open');
  const uri = vscode.Uri.file(path.join(folder.uri.fsPath, name));
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  return vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri));
}
