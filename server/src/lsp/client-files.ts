/** Files that only the client can read: in a browser, and in virtual workspaces. */
import type { Connection } from './protocol.ts';
import {
  listFolder,
  readFile,
  type FileParams,
  type ListFolderResult,
} from '../../../contract/protocol.ts';
import type { Disk, Files } from './files.ts';

/** Reads `file:` URIs with `own`, if given, and all others through the client. An unsaved file does not exist. */
export function clientFiles(connection: Connection, own?: Files): Disk {
  const ask = (method: string, uri: string): Promise<unknown> => {
    const params: FileParams = { uri };
    return connection.sendRequest<unknown>(method, params).catch(() => undefined);
  };
  const isOwn = (uri: string): boolean => own !== undefined && uri.startsWith('file:');
  return {
    read: async (uri) => {
      if (own !== undefined && isOwn(uri)) return own.read(uri);
      const text = await ask(readFile, uri);
      return typeof text === 'string' ? text : undefined;
    },
    list: async (folder) => {
      if (isOwn(folder)) return (await own?.list?.(folder)) ?? [];
      const names = await ask(listFolder, folder);
      return Array.isArray(names) ? (names as ListFolderResult) : [];
    },
    reaches: (uri) => /^[a-z][\w.+-]*:\/\//i.test(uri),
  };
}
