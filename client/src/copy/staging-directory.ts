/** A hidden folder in which a foreign tar is unpacked before any of it reaches its place. */
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
import { refused } from './copy-task.ts';

type Kept = 'file' | 'directory' | 'link' | 'hardlink';

/** It lives beside the place, so that moving is renaming. */
export class Staging {
  readonly #folder: string;
  /** By path below the root, which itself is ''. */
  readonly #kept = new Map<string, Kept>();
  readonly #links: { readonly path: string; readonly target: string }[] = [];
  readonly #modes: { readonly path: string; readonly mode: number }[] = [];
  readonly #skipped: string[] = [];
  #bytes = 0;

  private constructor(folder: string) {
    this.#folder = folder;
  }

  static async open(parent: string): Promise<Staging> {
    return new Staging(await mkdtemp(join(parent, '.drydock-copy-')));
  }

  async close(): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true });
  }

  get entries(): number {
    return this.#kept.size;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** Links that this machine would not make. */
  get skipped(): readonly string[] {
    return this.#skipped;
  }

  /** False for what is not taken: devices and the like. `below` gives the words under the root. */
  async take(
    entry: TarEntry,
    below: (name: string) => readonly string[],
    report: (bytes: number) => void,
  ): Promise<boolean> {
    if (entry.kind === 'other') return false;
    const words = below(entry.name);
    const path = words.join('/');
    await this.#makeFolders(words.slice(0, -1), words.length > 0);
    const before = this.#kept.get(path);
    if (before && (before === 'directory') !== (entry.kind === 'directory')) {
      throw refused(t('The container offers {0} both as a folder and as a file', entry.name));
    }
    // The last of several of one name counts, as in any tar.
    if (before && before !== 'directory') await this.#forget(path);
    await this.#keep(path, entry, below, report);
    this.#kept.set(path, entry.kind);
    return true;
  }

  /** What would be overwritten at the place; rejects where a folder would meet a file. */
  async conflicts(root: string): Promise<readonly string[]> {
    await this.#makeLinks();
    const found: string[] = [];
    await this.#compare('', root, found);
    return found;
  }

  async moveTo(root: string): Promise<void> {
    await this.#move('', root);
    // A folder that may not be written in could not have been filled or moved.
    for (const { path, mode } of this.#modes.reverse()) await chmod(join(root, path), mode);
  }

  /** Here are only folders that we made: no link can lead a write outside. */
  async #makeFolders(words: readonly string[], withRoot: boolean): Promise<void> {
    if (!withRoot) return;
    for (let length = 0; length <= words.length; length++) {
      const path = words.slice(0, length).join('/');
      const kind = this.#kept.get(path);
      if (kind === 'directory') continue;
      if (kind) throw refused(t('The container offers {0} both as a folder and as a file', path));
      await mkdir(this.#at(path));
      this.#kept.set(path, 'directory');
    }
  }

  async #keep(
    path: string,
    entry: TarEntry,
    below: (name: string) => readonly string[],
    report: (bytes: number) => void,
  ): Promise<void> {
    switch (entry.kind) {
      case 'directory':
        if (!this.#kept.has(path)) await mkdir(this.#at(path));
        this.#modes.push({ path, mode: entry.mode & 0o777 });
        break;
      case 'file':
        await this.#write(path, entry, report);
        break;
      case 'link':
        this.#links.push({ path, target: entry.linkTarget ?? '' });
        break;
      default: {
        const target = below(entry.linkTarget ?? '').join('/');
        // It leads to a file of this very tar, or nowhere.
        if (this.#kept.get(target) !== 'file') {
          throw refused(t('The container offers a link that leads outside: {0}', entry.name));
        }
        await link(this.#at(target), this.#at(path));
      }
    }
  }

  async #write(path: string, entry: TarEntry, report: (bytes: number) => void): Promise<void> {
    const file = this.#at(path);
    const counted = counting(entry.content?.() ?? [], (bytes) => {
      this.#bytes += bytes;
      report(this.#bytes);
    });
    await pipeline(counted, createWriteStream(file, { flags: 'wx', mode: 0o600 }));
    await chmod(file, entry.mode & 0o777);
    if (entry.modified) await utimes(file, entry.modified, entry.modified);
  }

  async #forget(path: string): Promise<void> {
    await rm(this.#at(path), { force: true });
    const at = this.#links.findIndex((one) => one.path === path);
    if (at >= 0) this.#links.splice(at, 1);
  }

  /** Last, so that nothing of the tar is written through them. */
  async #makeLinks(): Promise<void> {
    for (const { path, target } of this.#links) {
      await symlink(target, this.#at(path)).catch((error: unknown) => {
        // Windows asks for a privilege that most people do not have.
        if ((error as { readonly code?: unknown }).code !== 'EPERM') throw error;
        this.#kept.delete(path);
        this.#skipped.push(path);
      });
    }
  }

  async #compare(path: string, place: string, found: string[]): Promise<void> {
    const there = await lstat(place).catch(() => undefined);
    if (there === undefined) return;
    if (this.#kept.get(path) !== 'directory') {
      if (there.isDirectory()) throw refused(t('{0} is a folder: a file cannot replace it', place));
      found.push(place);
      return;
    }
    // The person's own link to a folder is followed at the top, as `docker cp` does; below it is not.
    const folder = path === '' ? (await stat(place)).isDirectory() : there.isDirectory();
    if (!folder) throw refused(t('{0} is no folder: a folder cannot be copied onto it', place));
    for (const name of await readdir(this.#at(path))) {
      await this.#compare(join2(path, name), join(place, name), found);
    }
  }

  async #move(path: string, place: string): Promise<void> {
    const there = await lstat(place).catch(() => undefined);
    if (there === undefined || this.#kept.get(path) !== 'directory') {
      await rename(this.#at(path), place);
      return;
    }
    for (const name of await readdir(this.#at(path))) {
      await this.#move(join2(path, name), join(place, name));
    }
  }

  #at(path: string): string {
    return join(this.#folder, 'root', path);
  }
}

function join2(path: string, name: string): string {
  return path === '' ? name : `${path}/${name}`;
}

async function* counting(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  count: (bytes: number) => void,
): AsyncGenerator<Uint8Array, void, undefined> {
  for await (const chunk of chunks) {
    count(chunk.length);
    yield chunk;
  }
}
