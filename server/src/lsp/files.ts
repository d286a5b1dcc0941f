/** The port to files. Everything in it is asked by uri and answers undefined for what is not there. */

export interface Files {
  read(uri: string): Promise<string | undefined>;
}

/** Files that are read once, until somebody says that they may have changed; folders share those above them. */
export interface RememberedFiles extends Files {
  forget(): void;
}

export function remembered(files: Files): RememberedFiles {
  const known = new Map<string, Promise<string | undefined>>();
  return {
    read: (uri) => {
      const found = known.get(uri) ?? files.read(uri);
      known.set(uri, found);
      return found;
    },
    forget: () => known.clear(),
  };
}

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
