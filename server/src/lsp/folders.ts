/** The folders that the editor has open as its workspace. */
import type { WorkspaceFolder, WorkspaceFoldersChangeEvent } from './protocol.ts';

/** What a client says of them in `initialize`; older ones know of one alone, as the root. */
export interface NamedFolders {
  readonly workspaceFolders?: readonly WorkspaceFolder[] | null;
  readonly rootUri: string | null;
}

export interface Folders {
  /** The innermost one that a document lies in, without a slash at its end; undefined for one that lies in none. */
  of(uri: string): string | undefined;
  change(event: WorkspaceFoldersChangeEvent): void;
}

/** Those that are named at the start. */
export function foldersOf({ workspaceFolders, rootUri }: NamedFolders): Folders {
  const named = workspaceFolders?.map(({ uri }) => uri) ?? (rootUri ? [rootUri] : []);
  const open = new Set(named.map(withoutSlash));
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
