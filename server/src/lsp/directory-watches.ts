/** Directories whose new and deleted entries the client reports, because rules have read them. */
import type { Client } from './client.ts';
import type { Log } from './guard.ts';
import {
  DidChangeWatchedFilesNotification,
  WatchKind,
  type Connection,
  type Disposable,
} from './protocol.ts';

export interface DirectoryWatches {
  /** Has the client watch a directory from now on; its subdirectories are not included. */
  readonly watch: (uri: string) => void;
  /** Stops watching all directories. */
  release(): void;
}

/** More directories are not watched: their changes are seen with the next edit. */
const mostDirectories = 500;

/**
 * Watches nothing if the client cannot watch a single directory: patterns such as `**` would report each file of each
 * installed package.
 */
export function directoryWatches(
  { client: registry }: Pick<Connection, 'client'>,
  client: Pick<Client, 'watchesDirectories'>,
  log: Log,
): DirectoryWatches {
  const watched = new Set<string>();
  let added: string[] = [];
  let registered: Promise<Disposable | undefined>[] = [];
  const register = (): void => {
    const watchers = added.map((baseUri) => ({
      globPattern: { baseUri, pattern: '*' },
      kind: WatchKind.Create | WatchKind.Delete,
    }));
    added = [];
    if (watchers.length === 0) return;
    const registration = registry.register(DidChangeWatchedFilesNotification.type, { watchers });
    registered.push(
      registration.catch((error: unknown) => {
        log('registration failed', error);
        return undefined;
      }),
    );
  };
  return {
    watch: (uri) => {
      if (!client.watchesDirectories || watched.has(uri) || watched.size >= mostDirectories) return;
      watched.add(uri);
      // The directories of one document are registered together.
      if (added.push(uri) === 1) setTimeout(register);
    },
    release: () => {
      watched.clear();
      added = [];
      for (const registration of registered) void registration.then((one) => one?.dispose());
      registered = [];
    },
  };
}
