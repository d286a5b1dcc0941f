/** The workspace folders of the client. */
import type { WorkspaceFolder, WorkspaceFoldersChangeEvent } from './protocol.ts';

/** The folders in `initialize`; older clients send only a root. */
export interface NamedFolders {
  readonly workspaceFolders?: readonly WorkspaceFolder[] | null;
  readonly rootUri: string | null;
}

export interface Folders {
  /** The innermost folder that contains a document, without a slash at its end; undefined if there is none. */
  of(uri: string): string | undefined;
  change(event: WorkspaceFoldersChangeEvent): void;
}

/** The folders of the client at `initialize`. */
export function foldersOf({ workspaceFolders, rootUri }: NamedFolders): Folders {
  const uris = workspaceFolders?.map(({ uri }) => uri) ?? (rootUri ? [rootUri] : []);
  const open = new Set(uris.map(withoutSlash));
  return {
    of: (uri) => {
      let innermost: string | undefined;
      for (const folder of open) {
        const isInside = uri.startsWith(folder) && uri.charAt(folder.length) === '/';
        if (isInside && folder.length > (innermost?.length ?? -1)) innermost = folder;
      }
      return innermost;
    },
    change: ({ added, removed }) => {
      for (const { uri } of removed) open.delete(withoutSlash(uri));
      for (const { uri } of added) open.add(withoutSlash(uri));
    },
  };
}

function withoutSlash(uri: string): string {
  return uri.replace(/\/+$/, '');
}
