/** Provides files to the language server that it cannot read itself: in a browser and in virtual workspaces. */
import * as vscode from 'vscode';
import {
  listFolder,
  readFile,
  type FileParams,
  type ListFolderResult,
} from '../../../contract/protocol.ts';

/** The part of a language client that is needed, common to the clients for Node.js and for browsers. */
interface RequestClient {
  onRequest(method: string, handler: (params: FileParams) => Promise<unknown>): unknown;
}

/** Answers requests with VS Code's file systems; files that cannot be read are treated as missing. */
export function serveFiles(client: RequestClient): void {
  const { fs } = vscode.workspace;
  client.onRequest(readFile, async ({ uri }) => {
    try {
      return new TextDecoder().decode(await fs.readFile(vscode.Uri.parse(uri, true)));
    } catch {
      return null;
    }
  });
  client.onRequest(listFolder, async ({ uri }): Promise<ListFolderResult> => {
    try {
      const found = await fs.readDirectory(vscode.Uri.parse(uri, true));
      return found.map(([name, type]) => ({
        name,
        folder: (type & vscode.FileType.Directory) !== 0,
      }));
    } catch {
      return [];
    }
  });
}
