/** The port to files, over node:fs. */
import { existsSync, promises } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Files } from './files.ts';

/** Files of this machine; what has no `file:` uri does not exist. */
export const localFiles: Files = {
  read: async (uri) => {
    const path = pathOf(uri);
    // Most of what is asked for is not there, and to find that out by reading costs twenty times as much.
    if (path === undefined || !existsSync(path)) return undefined;
    return promises.readFile(path, 'utf8').catch(() => undefined);
  },
};

function pathOf(uri: string): string | undefined {
  try {
    return fileURLToPath(uri);
  } catch {
    return undefined;
  }
}
