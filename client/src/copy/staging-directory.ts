/** A hidden directory where an untrusted tar archive is extracted before its files are moved to the target. */
import { createWriteStream } from 'node:fs';
import {
  chmod,
  link,
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  rename,
  rm,
  stat,
  symlink,
  utimes,
} from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { t } from '@vscode/l10n';
import type { TarEntry } from '../engine/tar.ts';
import { copyError } from './copy-task.ts';

type EntryKind = 'file' | 'directory' | 'link' | 'hardlink';

/** It is created next to the target, so that files can be moved with a rename. */
export class StagingDirectory {
  readonly #directory: string;
  /** Kinds of the extracted entries by path relative to the root, which is ''. */
  readonly #kinds = new Map<string, EntryKind>();
  readonly #links: { readonly path: string; readonly target: string }[] = [];
  readonly #modes: { readonly path: string; readonly mode: number }[] = [];
  readonly #skipped: string[] = [];
  #bytes = 0;

  private constructor(directory: string) {
    this.#directory = directory;
  }

  static async open(parent: string): Promise<StagingDirectory> {
    return new StagingDirectory(await mkdtemp(join(parent, '.drydock-copy-')));
  }

  async close(): Promise<void> {
    await rm(this.#directory, { recursive: true, force: true });
  }

  get entries(): number {
    return this.#kinds.size;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** Symbolic links that could not be created on this machine. */
  get skipped(): readonly string[] {
    return this.#skipped;
  }

  /** Extracts an entry; resolves to false for devices and other special files. `partsBelowRoot` returns the path below the root. */
  async add(
    entry: TarEntry,
    partsBelowRoot: (name: string) => readonly string[],
    report: (bytes: number) => void,
  ): Promise<boolean> {
    if (entry.kind === 'other') return false;
    const parts = partsBelowRoot(entry.name);
    const path = parts.join('/');
    await this.#createDirectories(parts.slice(0, -1), parts.length > 0);
    const previous = this.#kinds.get(path);
    if (previous && (previous === 'directory') !== (entry.kind === 'directory')) {
      throw copyError(t('The container sent {0} both as a directory and as a file', entry.name));
    }
    // If a name occurs several times, the last entry is used, as in every tar program.
    if (previous && previous !== 'directory') await this.#discard(path);
    await this.#create(path, entry, partsBelowRoot, report);
    this.#kinds.set(path, entry.kind);
    return true;
  }

  /** Files at the target that would be overwritten; rejects if a directory would replace a file or the other way round. */
  async conflicts(root: string): Promise<readonly string[]> {
    await this.#createLinks();
    const found: string[] = [];
    await this.#compare('', root, found);
    return found;
  }

  async moveTo(root: string): Promise<void> {
    await this.#move('', root);
    // Set last, because a directory without write permission cannot be filled or moved.
    for (const { path, mode } of this.#modes.reverse()) await chmod(join(root, path), mode);
  }

  /** All parent directories were created here and are not links, so that nothing is written outside. */
  async #createDirectories(parts: readonly string[], withRoot: boolean): Promise<void> {
    if (!withRoot) return;
    for (let length = 0; length <= parts.length; length++) {
      const path = parts.slice(0, length).join('/');
      const kind = this.#kinds.get(path);
      if (kind === 'directory') continue;
      if (kind)
        throw copyError(t('The container sent {0} both as a directory and as a file', path));
      await mkdir(this.#at(path));
      this.#kinds.set(path, 'directory');
    }
  }

  async #create(
    path: string,
    entry: TarEntry,
    partsBelowRoot: (name: string) => readonly string[],
    report: (bytes: number) => void,
  ): Promise<void> {
    switch (entry.kind) {
      case 'directory':
        if (!this.#kinds.has(path)) await mkdir(this.#at(path));
        this.#modes.push({ path, mode: entry.mode & 0o777 });
        break;
      case 'file':
        await this.#write(path, entry, report);
        break;
      case 'link':
        this.#links.push({ path, target: entry.linkTarget ?? '' });
        break;
      default: {
        const target = partsBelowRoot(entry.linkTarget ?? '').join('/');
        // A hard link may only point to a file of the same archive.
        if (this.#kinds.get(target) !== 'file') {
          throw copyError(
            t(
              'The container sent a hard link to a file that is not part of the copy: {0}',
              entry.name,
            ),
          );
        }
        await link(this.#at(target), this.#at(path));
      }
    }
  }

  async #write(path: string, entry: TarEntry, report: (bytes: number) => void): Promise<void> {
    const file = this.#at(path);
    const countedContent = countBytes(entry.content?.() ?? [], (bytes) => {
      this.#bytes += bytes;
      report(this.#bytes);
    });
    await pipeline(countedContent, createWriteStream(file, { flags: 'wx', mode: 0o600 }));
    await chmod(file, entry.mode & 0o777);
    if (entry.modified) await utimes(file, entry.modified, entry.modified);
  }

  async #discard(path: string): Promise<void> {
    await rm(this.#at(path), { force: true });
    const at = this.#links.findIndex((one) => one.path === path);
    if (at >= 0) this.#links.splice(at, 1);
  }

  /** Created last, so that no entry of the archive is written through a link. */
  async #createLinks(): Promise<void> {
    for (const { path, target } of this.#links) {
      await symlink(target, this.#at(path)).catch((error: unknown) => {
        // On Windows, symbolic links require a privilege that most users do not have.
        if ((error as { readonly code?: unknown }).code !== 'EPERM') throw error;
        this.#kinds.delete(path);
        this.#skipped.push(path);
      });
    }
  }

  async #compare(path: string, target: string, found: string[]): Promise<void> {
    const stats = await lstat(target).catch(() => undefined);
    if (stats === undefined) return;
    if (this.#kinds.get(path) !== 'directory') {
      if (stats.isDirectory())
        throw copyError(t('{0} is a folder and cannot be replaced by a file', target));
      found.push(target);
      return;
    }
    // An existing link to a folder is followed at the top level, like in `docker cp`, but not below it.
    const isFolder = path === '' ? (await stat(target)).isDirectory() : stats.isDirectory();
    if (!isFolder) throw copyError(t('{0} is not a folder and cannot be replaced by one', target));
    for (const name of await readdir(this.#at(path))) {
      await this.#compare(joinRelative(path, name), join(target, name), found);
    }
  }

  async #move(path: string, target: string): Promise<void> {
    const stats = await lstat(target).catch(() => undefined);
    if (stats === undefined || this.#kinds.get(path) !== 'directory') {
      await rename(this.#at(path), target);
      return;
    }
    for (const name of await readdir(this.#at(path))) {
      await this.#move(joinRelative(path, name), join(target, name));
    }
  }

  #at(path: string): string {
    return join(this.#directory, 'root', path);
  }
}

function joinRelative(path: string, name: string): string {
  return path === '' ? name : `${path}/${name}`;
}

async function* countBytes(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  count: (bytes: number) => void,
): AsyncGenerator<Uint8Array, void, undefined> {
  for await (const chunk of chunks) {
    count(chunk.length);
    yield chunk;
  }
}
