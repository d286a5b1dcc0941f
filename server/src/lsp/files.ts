/** The port to files. Everything in it is asked by uri and answers undefined for what is not there. */

/** A name in a folder. */
export interface Name {
  readonly name: string;
  readonly folder: boolean;
}

export interface Files {
  read(uri: string): Promise<string | undefined>;
  /** What a folder holds, empty for what is none; absent where folders cannot be looked into. */
  list?(folder: string): Promise<readonly Name[]>;
  /** Whether anything can be known of what a uri names; of `file:` alone unless said. */
  reaches?(uri: string): boolean;
}

/** Files whose folders can be looked into. */
export type Disk = Files & Required<Pick<Files, 'list'>>;

export function isDisk(files: Files): files is Disk {
  return files.list !== undefined;
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
    reaches: (uri) => isReached(files, uri),
    forget: () => known.clear(),
  };
}

export function isReached(files: Files, uri: string): boolean {
  return files.reaches ? files.reaches(uri) : uri.startsWith('file:');
}

/** The uris of a name in a document's folder and in all above, nearest first; none for what no file can be known of. */
export function upwards(uri: string, name: string, files: Files): readonly string[] {
  if (!isReached(files, uri)) return [];
  const found: string[] = [];
  for (let folder = parentOf(uri); folder !== undefined; folder = parentOf(folder)) {
    found.push(`${folder}/${name}`);
  }
  return found;
}

/** The folder of a file, or of a folder, without a slash at its end; undefined for the uppermost. */
export function parentOf(uri: string): string | undefined {
  const slash = uri.lastIndexOf('/');
  return slash < uri.indexOf('://') + '://'.length ? undefined : uri.slice(0, slash);
}
