/** The file system `drydock:` of containers, volumes and images, for the editor and the Explorer. */
import * as vscode from 'vscode';
import { isEngineError } from '../engine/errors.ts';
import type { FileEntry } from '../engine/files/entry.ts';
import { fileScheme } from '../manifest.ts';
import type { FileRef, FileTools } from '../ui/files.ts';

/** Milliseconds between two looks at what is open; only while the window has the focus. */
const watchInterval = 4000;

/** More files than this are not watched, so that an engine is never asked all the time. */
const mostWatched = 30;

/** Names of a larger directory are not compared. */
const mostNames = 5000;

interface Watched {
  readonly uri: vscode.Uri;
  users: number;
  version?: string;
  names?: ReadonlySet<string>;
}

export function registerFileSystem(files: () => Promise<FileTools>): vscode.Disposable {
  const system = new ContainerFileSystem(files);
  const options = { isCaseSensitive: true };
  return vscode.Disposable.from(
    system,
    vscode.workspace.registerFileSystemProvider(fileScheme, system, options),
  );
}

class ContainerFileSystem implements vscode.FileSystemProvider {
  readonly #files: () => Promise<FileTools>;
  readonly #changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly onDidChangeFile = this.#changed.event;
  readonly #watched = new Map<string, Watched>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(files: () => Promise<FileTools>) {
    this.#files = files;
  }

  stat(uri: vscode.Uri): Promise<vscode.FileStat> {
    return this.#use(uri, async (files, ref) => {
      const { entry, isLink } = await files.statTarget(ref);
      const readOnly = files.readOnlyReason(ref.place) !== undefined;
      const time = entry.modified?.getTime() ?? 0;
      return {
        type: withLink(typeOf(entry), isLink),
        ctime: time,
        mtime: time,
        size: entry.size ?? 0,
        ...(readOnly && { permissions: vscode.FilePermission.Readonly }),
      };
    });
  }

  readDirectory(uri: vscode.Uri): Promise<[string, vscode.FileType][]> {
    return this.#use(uri, async (files, ref) => {
      const { entries } = await files.list(ref);
      return entries.map((entry) => [entry.name, listedType(entry)]);
    });
  }

  readFile(uri: vscode.Uri): Promise<Uint8Array> {
    return this.#use(uri, (files, ref) => files.read(ref));
  }

  async writeFile(
    uri: vscode.Uri,
    content: Uint8Array,
    { create, overwrite }: { readonly create: boolean; readonly overwrite: boolean },
  ): Promise<void> {
    await this.#use(uri, async (files, ref) => {
      const exists = await existing(files, ref);
      if (exists && !overwrite) throw vscode.FileSystemError.FileExists(uri);
      if (!exists && !create) throw vscode.FileSystemError.FileNotFound(uri);
      await files.write(ref, content);
      this.#fire(exists ? vscode.FileChangeType.Changed : vscode.FileChangeType.Created, uri);
    });
  }

  async createDirectory(uri: vscode.Uri): Promise<void> {
    await this.#use(uri, (files, ref) => files.createDirectory(ref));
    this.#fire(vscode.FileChangeType.Created, uri);
  }

  async delete(uri: vscode.Uri, { recursive }: { readonly recursive: boolean }): Promise<void> {
    await this.#use(uri, (files, ref) => files.delete(ref, { recursive }));
    this.#fire(vscode.FileChangeType.Deleted, uri);
  }

  async rename(
    from: vscode.Uri,
    to: vscode.Uri,
    { overwrite }: { readonly overwrite: boolean },
  ): Promise<void> {
    await this.#use(from, async (files, ref) => {
      const target = await files.refOf(to.path);
      if (samePlace(ref, target)) {
        await files.rename(ref, target.path, { overwrite });
        return;
      }
      if (!overwrite && (await existing(files, target)))
        throw vscode.FileSystemError.FileExists(to);
      await copyBetween(files, ref, target);
      await files.delete(ref, { recursive: true });
    });
    this.#fire(vscode.FileChangeType.Deleted, from);
    this.#fire(vscode.FileChangeType.Created, to);
  }

  async copy(
    from: vscode.Uri,
    to: vscode.Uri,
    { overwrite }: { readonly overwrite: boolean },
  ): Promise<void> {
    await this.#use(from, async (files, ref) => {
      const target = await files.refOf(to.path);
      if (!overwrite && (await existing(files, target)))
        throw vscode.FileSystemError.FileExists(to);
      if (samePlace(ref, target)) await files.copy(ref, target.path);
      else await copyBetween(files, ref, target);
    });
    this.#fire(vscode.FileChangeType.Created, to);
  }

  watch(uri: vscode.Uri): vscode.Disposable {
    const key = uri.toString();
    const watched = this.#watched.get(key) ?? { uri, users: 0 };
    watched.users++;
    if (this.#watched.size < mostWatched) this.#watched.set(key, watched);
    this.#lookLater();
    return new vscode.Disposable(() => {
      watched.users--;
      if (watched.users <= 0) this.#watched.delete(key);
    });
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#watched.clear();
    this.#changed.dispose();
  }

  #lookLater(): void {
    if (this.#timer !== undefined || this.#watched.size === 0) return;
    this.#timer = setTimeout(() => {
      void this.#lookAtAll().finally(() => {
        this.#timer = undefined;
        this.#lookLater();
      });
    }, watchInterval);
  }

  /** One after another: the engine does not answer several requests about a container at once. */
  async #lookAtAll(): Promise<void> {
    if (!vscode.window.state.focused) return;
    for (const watched of this.#watched.values()) await this.#look(watched);
  }

  async #look(watched: Watched): Promise<void> {
    try {
      const files = await this.#files();
      const ref = await files.refOf(watched.uri.path);
      const version = await files.version(ref);
      const before = watched.version;
      watched.version = version;
      if (before === version) return;
      const { entry } = await files.statTarget(ref);
      if (entry.kind === 'directory') await this.#compareNames(watched, files, ref);
      else if (before !== undefined) this.#fire(vscode.FileChangeType.Changed, watched.uri);
    } catch (error) {
      const isGone = isEngineError(error) && error.kind === 'missing';
      if (isGone && watched.version !== undefined) {
        delete watched.version;
        this.#fire(vscode.FileChangeType.Deleted, watched.uri);
      }
    }
  }

  /** Reports names that have come and gone. */
  async #compareNames(watched: Watched, files: FileTools, ref: FileRef): Promise<void> {
    const { entries } = await files.list(ref);
    if (entries.length > mostNames) return;
    const names = new Set(entries.map(({ name }) => name));
    const before = watched.names;
    watched.names = names;
    if (before === undefined) return;
    const fire = (type: vscode.FileChangeType) => (name: string) =>
      this.#fire(type, vscode.Uri.joinPath(watched.uri, name));
    [...names].filter((name) => !before.has(name)).forEach(fire(vscode.FileChangeType.Created));
    [...before].filter((name) => !names.has(name)).forEach(fire(vscode.FileChangeType.Deleted));
  }

  #fire(type: vscode.FileChangeType, uri: vscode.Uri): void {
    this.#changed.fire([{ type, uri }]);
  }

  /** Errors become those of VS Code, which shows their message. */
  async #use<T>(uri: vscode.Uri, work: (files: FileTools, ref: FileRef) => Promise<T>): Promise<T> {
    try {
      const files = await this.#files();
      return await work(files, await files.refOf(uri.path));
    } catch (error) {
      throw toFileSystemError(error);
    }
  }
}

async function existing(files: FileTools, ref: FileRef): Promise<boolean> {
  try {
    await files.stat(ref);
    return true;
  } catch (error) {
    if (isEngineError(error) && error.kind === 'missing') return false;
    throw error;
  }
}

function samePlace({ place: a }: FileRef, { place: b }: FileRef): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** To another container or volume. */
async function copyBetween(files: FileTools, from: FileRef, to: FileRef): Promise<void> {
  const { entry } = await files.statTarget(from);
  if (entry.kind !== 'directory') {
    await files.write(to, await files.read(from));
    return;
  }
  await files.createDirectory(to);
  const { signal } = new AbortController();
  await files.unpack(to, files.archive(from, signal), signal);
}

function typeOf({ kind, leadsTo }: FileEntry): vscode.FileType {
  const what = kind === 'link' ? leadsTo : kind;
  if (what === 'directory') return vscode.FileType.Directory;
  return what === 'file' ? vscode.FileType.File : vscode.FileType.Unknown;
}

function listedType(entry: FileEntry): vscode.FileType {
  return withLink(typeOf(entry), entry.kind === 'link');
}

/** VS Code adds the bit of links to the type of what they lead to. */
function withLink(type: vscode.FileType, isLink: boolean): vscode.FileType {
  // eslint-disable-next-line @typescript-eslint/no-unsafe-enum-assignment -- the enum is a set of bits
  return isLink ? type | vscode.FileType.SymbolicLink : type;
}

function toFileSystemError(error: unknown): unknown {
  if (!isEngineError(error)) return error;
  switch (error.kind) {
    case 'missing':
      return vscode.FileSystemError.FileNotFound(error.message);
    case 'denied':
      return vscode.FileSystemError.NoPermissions(error.message);
    default:
      return vscode.FileSystemError.Unavailable(error.message);
  }
}
