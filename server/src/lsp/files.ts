/** The port to files, over node:fs. Everything in it is asked by uri and answers undefined for what is not there. */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

export interface Files {
  read(uri: string): Promise<string | undefined>;
}

/** Files of this machine; what has no `file:` uri does not exist. */
export const localFiles: Files = {
  read: async (uri) => {
    const path = pathOf(uri);
    return path === undefined ? undefined : readFile(path, 'utf8').catch(() => undefined);
  },
};

/** The uris of a name in a document's folder and in all above, nearest first; none for what is no file. */
export function upwards(uri: string, name: string): readonly string[] {
  if (!uri.startsWith('file:')) return [];
  const found: string[] = [];
  for (let folder = parentOf(uri); folder !== undefined; folder = parentOf(folder)) {
    found.push(`${folder}/${name}`);
  }
  return found;
}

function parentOf(uri: string): string | undefined {
  const slash = uri.lastIndexOf('/');
  return slash < 'file://'.length ? undefined : uri.slice(0, slash);
}

function pathOf(uri: string): string | undefined {
  try {
    return fileURLToPath(uri);
  } catch {
    return undefined;
  }
}
