/** Files for the language server where it cannot reach them: in a browser, and in folders that lie on no disk. */
import * as vscode from 'vscode';
import {
  listFolder,
  readFile,
  type FileParams,
  type ListFolderResult,
} from '../../../contract/protocol.ts';

/** What of a language client is needed; there is one for Node.js and one for browsers. */
interface Asked {
  onRequest(method: string, answer: (params: FileParams) => Promise<unknown>): unknown;
}

/** Answers by VS Code's own file systems; what cannot be read is not there. */
export function readFor(client: Asked): void {
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
