/** Files that only the client can read: in a browser, and in virtual workspaces. */
import type { Connection } from './protocol.ts';
import {
  listFolder,
  readFile,
  type FileParams,
  type ListFolderResult,
} from '../../../contract/protocol.ts';
import type { ContextEntry, ContextTree } from '../ignore/context-tree.ts';
import type { Disk, Files } from './files.ts';

/** Reads `file:` URIs with `own`, if given, and all others through the client. An unsaved file does not exist. */
export function clientFiles(connection: Connection, own?: Files): Disk {
  const ask = (method: string, uri: string): Promise<unknown> => {
    const params: FileParams = { uri };
    return connection.sendRequest<unknown>(method, params).catch(() => undefined);
  };
  const isOwn = (uri: string): boolean => own !== undefined && uri.startsWith('file:');
  return {
    // Own files are known at once.
    read: (uri) =>
      own !== undefined && isOwn(uri) ? own.read(uri) : ask(readFile, uri).then(asText),
    lacks: (folder, names) => isOwn(folder) && own?.lacks?.(folder, names) === true,
    list: (folder) =>
      isOwn(folder) ? (own?.list?.(folder) ?? []) : ask(listFolder, folder).then(asNames),
    tree: async (folder, goOn) => {
      if (isOwn(folder) && own?.tree) return own.tree(folder, goOn);
      return listedTree(folder, (uri) => ask(listFolder, uri), goOn);
    },
    reaches: (uri) => /^[a-z][\w.+-]*:\/\//i.test(uri),
  };
}

function asText(answer: unknown): string | undefined {
  return typeof answer === 'string' ? answer : undefined;
}

function asNames(answer: unknown): ListFolderResult {
  return Array.isArray(answer) ? (answer as ListFolderResult) : [];
}

/** Each directory is a request, so large contexts are not listed completely. */
const mostEntries = 20_000;
const mostFolders = 500;

/** What can be listed of a directory; links are followed, so the depth is limited. */
async function listedTree(
  root: string,
  list: (uri: string) => Promise<unknown>,
  goOn: () => boolean,
): Promise<ContextTree | undefined> {
  const entries: ContextEntry[] = [];
  const folders: { readonly uri: string; readonly path: string; readonly index: number }[] = [
    { uri: root, path: '', index: -1 },
  ];
  for (let at = 0; at < folders.length; at++) {
    const folder = folders[at];
    if (folder === undefined || at >= mostFolders || entries.length >= mostEntries) break;
    const found = await list(folder.uri);
    if (!goOn()) return undefined;
    for (const { name, folder: isFolder } of asNames(found)) {
      const path = folder.path === '' ? name : `${folder.path}/${name}`;
      const kind = isFolder ? 'directory' : 'file';
      const index = entries.push({ path, parent: folder.index, kind, bytes: 0 }) - 1;
      const uri = `${folder.uri}/${encodeURIComponent(name)}`;
      if (isFolder) folders.push({ uri, path, index });
    }
  }
  const isComplete = folders.length <= mostFolders && entries.length < mostEntries;
  return { entries, isComplete, hasSizes: false, unreadable: [] };
}
