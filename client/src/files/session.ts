/** Reads and writes files of containers, volumes and images for the editor, the views and the commands. */
import { createHash } from 'node:crypto';
import { t } from '@vscode/l10n';
import type { Engine } from '../engine/engine.ts';
import { EngineError, isEngineError } from '../engine/errors.ts';
import {
  copyFile,
  createDirectory,
  deleteFile,
  listDirectory,
  joinPath,
  nameOf,
  normalizePath,
  parentOf,
  readFile,
  renameFile,
  statFile,
  statTarget,
  tarName,
  versionOf,
  writeFile,
  type FileEntry,
  type FileOptions,
  type Listing,
} from '../engine/files/files.ts';
import { packTar, type TarEntry } from '../engine/tar.ts';
import { placeKey, type FilePlace } from '../engine/files/place.ts';
import type { Item, LoadedRows } from '../explorer/item.ts';
import { largestFile, type FileRef, type FileTools, type LazyRows } from '../ui/files.ts';
import { Places, type OpenPlace } from './places.ts';
import { loadRows } from './rows.ts';
import { parseUriPath, uriPath } from './uri.ts';

export interface FileSessionOptions {
  /** Connected on first use; rejects with EngineError. */
  readonly engine: () => Promise<Engine>;
  /** Whether programs in containers may run and files may change. */
  readonly trusted: () => boolean;
  /** The name of the engine of this window in URIs. */
  readonly engineName: () => Promise<string>;
  readonly helperImage: () => string | undefined;
  /** Asks whether a file that has changed since it was read is overwritten. */
  readonly confirmOverwrite: (name: string) => Promise<boolean>;
  readonly idleTime?: number;
}

/** What was read or written last. */
interface Known {
  readonly version: string;
  readonly size: number;
  readonly hash: string;
}

export class FileSession implements FileTools {
  readonly #options: FileSessionOptions;
  readonly #places: Places;
  readonly #known = new Map<string, Known>();
  readonly #listeners = new Set<(directory: FileRef) => void>();

  constructor(options: FileSessionOptions) {
    this.#options = options;
    this.#places = new Places(options);
  }

  /** The files in a directory. All methods reject with EngineError. */
  list(ref: FileRef, options: FileOptions = {}): Promise<Listing> {
    return this.#use(ref, ({ engine, container, path }) =>
      listDirectory(engine, container, path, { ...options, ...this.#programs() }),
    );
  }

  /** The properties of a file; a link is not followed. */
  stat(ref: FileRef): Promise<FileEntry> {
    return this.#use(ref, ({ engine, container, path }) =>
      statFile(engine, container, path, this.#programs()),
    );
  }

  statTarget(ref: FileRef): ReturnType<FileTools['statTarget']> {
    return this.#use(ref, ({ engine, container, path }) =>
      statTarget(engine, container, path, this.#programs()),
    );
  }

  /** The version of a file, which changes when the file does. */
  version(ref: FileRef): Promise<string> {
    return this.#use(ref, ({ engine, container, path }) =>
      versionOf(engine, container, path, this.#programs()),
    );
  }

  read(ref: FileRef): Promise<Uint8Array> {
    return this.#use(ref, async ({ engine, container, path }) => {
      const options = { limit: largestFile, ...this.#programs() };
      const version = await versionOf(engine, container, path, options);
      const content = await readFile(engine, container, path, options);
      this.#remember(ref, version, content);
      return content;
    });
  }

  /** Replaces or creates a file. Asks first if it has changed since it was read and VS Code cannot have noticed that. */
  write(ref: FileRef, content: Uint8Array): Promise<void> {
    return this.#change(ref, async ({ engine, container, path }) => {
      const known = this.#known.get(keyOf(ref));
      if (known !== undefined) {
        const current = await versionOf(engine, container, path).catch(nothingIfMissing);
        const isSame =
          current === undefined ||
          current === known.version ||
          isNoticedByEditor(known, current) ||
          hashOf(await readFile(engine, container, path, { limit: largestFile })) === known.hash;
        if (!isSame && !(await this.#options.confirmOverwrite(path)))
          throw new EngineError('conflict', t('{0} has changed in the container and was not saved', path)); // prettier-ignore
      }
      await writeFile(engine, container, path, content);
      this.#remember(ref, await versionOf(engine, container, path), content);
    });
  }

  createDirectory(ref: FileRef): Promise<void> {
    return this.#change(ref, ({ engine, container, path }) =>
      createDirectory(engine, container, path),
    );
  }

  delete(ref: FileRef, options: { readonly recursive: boolean }): Promise<void> {
    return this.#change(ref, ({ engine, container, path, root }) =>
      path === root
        ? Promise.reject(new EngineError('failed', t('The root directory cannot be deleted')))
        : deleteFile(engine, container, path, options),
    );
  }

  /** Within one place. */
  rename(ref: FileRef, to: string, options: { readonly overwrite: boolean }): Promise<void> {
    return this.#change(ref, ({ engine, container, path, root }) =>
      renameFile(engine, container, path, inRoot(root, to), options),
    ).then(() => this.#announce(ref.place, parentOf(to)));
  }

  /** Within one place. */
  copy(ref: FileRef, to: string): Promise<void> {
    return this.#change(ref, ({ engine, container, path, root }) =>
      copyFile(engine, container, path, inRoot(root, to)),
    ).then(() => this.#announce(ref.place, parentOf(to)));
  }

  async changes(place: FilePlace): ReturnType<Engine['changes']> {
    return this.#use({ place, path: '/' }, ({ engine, container }) => engine.changes(container));
  }

  async *archive(ref: FileRef, signal: AbortSignal): AsyncGenerator<Uint8Array, void, undefined> {
    // The place stays open until the archive is read.
    let done: () => void = () => undefined;
    const read = new Promise<void>((resolve) => (done = resolve));
    const opened = new Promise<Target>((resolve, reject) => {
      this.#use(ref, async (target) => {
        // If its container has been replaced, the place is opened again.
        await target.engine.stat(target.container, target.path);
        resolve(target);
        return read;
      }).catch(reject);
    });
    try {
      const { engine, container, path } = await opened;
      yield* engine.readArchive(container, joinPath(path, '.'), signal);
    } finally {
      done();
    }
  }

  unpack(ref: FileRef, tar: AsyncIterable<Uint8Array>, signal: AbortSignal): Promise<void> {
    return this.#change(ref, ({ engine, container, path }) =>
      engine.writeArchive(container, path, tar, signal),
    );
  }

  withContainer<T>(ref: FileRef, work: (opened: Target) => Promise<T>): Promise<T> {
    return this.#use(ref, work);
  }

  restoreDirectory(ref: FileRef, entry: TarEntry): Promise<void> {
    return this.#change(ref, async ({ engine, container, path }) => {
      if (path === '/') return;
      const named: TarEntry = { ...entry, ...tarName(nameOf(path)), kind: 'directory' };
      await engine.writeArchive(container, parentOf(path), packTar([named]));
    });
  }

  onChange(listener: (directory: FileRef) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Why files in the place cannot be changed; undefined if they can. */
  readOnlyReason({ kind }: FilePlace): string | undefined {
    if (kind === 'image') return t('Files in images cannot be changed');
    return this.#options.trusted()
      ? undefined
      : t('Changing files in containers requires a trusted workspace');
  }

  async uriPath(ref: FileRef): Promise<string> {
    return uriPath({ engine: await this.#options.engineName(), ...ref });
  }

  async refOf(text: string): Promise<FileRef> {
    const address = parseUriPath(text);
    if (address === undefined)
      throw new EngineError('missing', t('{0} is not the address of a file in Docker', text));
    const engine = await this.#options.engineName();
    if (address.engine !== engine)
      throw new EngineError(
        'failed',
        t('This file is on the engine {0}, but this window uses {1}', address.engine, engine),
      );
    return { place: address.place, path: address.path };
  }

  /** Reads the rows below an expanded row. */
  async rows(lazy: LazyRows): Promise<LoadedRows> {
    const engine = await this.#options.engineName().catch(() => '');
    return loadRows(lazy, { files: this, engine });
  }

  announce({ place, path }: FileRef): void {
    this.#announce(place, path);
  }

  /** Removes the containers that were created to read images and volumes. */
  dispose(): Promise<void> {
    return this.#places.dispose();
  }

  async #use<T>({ place, path }: FileRef, work: (target: Target) => Promise<T>): Promise<T> {
    const engine = await this.#options.engine();
    return this.#places.use(engine, place, (open) =>
      work({ ...open, engine, path: inRoot(open.root, path) }),
    );
  }

  async #change<T>(ref: FileRef, work: (target: Target) => Promise<T>): Promise<T> {
    const reason = this.readOnlyReason(ref.place);
    if (reason !== undefined) throw new EngineError('failed', reason);
    const result = await this.#use(ref, work);
    this.#announce(ref.place, parentOf(ref.path));
    return result;
  }

  #announce(place: FilePlace, path: string): void {
    for (const listener of this.#listeners) listener({ place, path });
  }

  #programs(): { readonly programs: boolean } {
    return { programs: this.#options.trusted() };
  }

  #remember(ref: FileRef, version: string, content: Uint8Array): void {
    this.#known.set(keyOf(ref), { version, size: content.length, hash: hashOf(content) });
    const [oldest] = this.#known.keys();
    if (this.#known.size > mostKnown && oldest !== undefined) this.#known.delete(oldest);
  }
}

/** Where the image for reading volumes is stored in the workspace state. */
export const helperImageKey = 'files.image';

/** Whether the row lists the directory, or what differs in its container. */
export function isDirectoryOf({ lazy }: Item, { place, path }: FileRef): boolean {
  if (lazy === undefined || lazy.kind === 'branches') return false;
  const shown = lazy.kind === 'directory' ? lazy.ref : lazy;
  if (placeKey(shown.place) !== placeKey(place)) return false;
  return lazy.kind === 'changes' || shown.path === path;
}

/** More files than an editor has open. */
const mostKnown = 1000;

export interface Target extends OpenPlace {
  readonly engine: Engine;
  /** Absolute in the container. */
  readonly path: string;
}

function inRoot(root: string, path: string): string {
  return normalizePath(`${root}/${normalizePath(path)}`);
}

function keyOf({ place, path }: FileRef): string {
  return `${placeKey(place)}${normalizePath(path)}`;
}

function hashOf(content: Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

/**
 * VS Code compares time and size before it saves, and asks by itself if the time is later and the size another one. A change to
 * the same size, and one to an earlier time, it does not notice.
 */
function isNoticedByEditor(known: Known, current: string): boolean {
  const [before, now] = [known.version, current].map((version) => {
    const [modified = '', size = ''] = version.split(' ');
    return { time: Date.parse(modified), size };
  });
  if (before === undefined || now === undefined) return false;
  return now.time > before.time && now.size !== before.size;
}

function nothingIfMissing(error: unknown): undefined {
  if (isEngineError(error) && error.kind === 'missing') return undefined;
  throw error;
}
