/** A hidden directory where an untrusted tar archive is extracted before its files are moved to the target. */
import { constants } from 'node:fs';
import { chmod, link, lstat, mkdir, mkdtemp, open, rename, rm, stat, symlink } from 'node:fs/promises'; // prettier-ignore
import { join } from 'node:path';
import { t } from '@vscode/l10n';
import type { TarEntry } from '../engine/tar.ts';
import { copyError } from './copy-task.ts';
import {
  childOf,
  displayEntry,
  findEntry,
  newEntry,
  partsOf,
  refuse,
  requireKind,
  type Entry,
} from './entry-tree.ts';
import { rulesOfDisk, type NameRules } from './name-rules.ts';
import { joinLocal, type LocalPath, type Name } from './names.ts';
import { writeSparse } from './sparse-file.ts';

/** An entry and its place below the root. */
export interface PlacedEntry {
  readonly entry: TarEntry;
  readonly parts: readonly Name[];
  /** For hard links. */
  readonly linkParts: readonly Name[];
}

/** It is created next to the target, so that files can be moved with a rename. */
export class StagingDirectory {
  readonly #directory: string;
  readonly #rules: NameRules;
  readonly #root = newEntry('');
  readonly #skipped: string[] = [];
  #bytes = 0;

  private constructor(directory: string, rules: NameRules) {
    this.#directory = directory;
    this.#rules = rules;
  }

  static async open(parent: string, rules?: NameRules): Promise<StagingDirectory> {
    const directory = await mkdtemp(join(parent, '.drydock-copy-'));
    try {
      return new StagingDirectory(directory, rules ?? (await rulesOfDisk(directory)));
    } catch (error) {
      await rm(directory, { recursive: true, force: true });
      throw error;
    }
  }

  async close(): Promise<void> {
    await rm(this.#directory, { recursive: true, force: true });
  }

  get entries(): number {
    let count = 0;
    for (const { kind } of walk(this.#root)) if (kind !== 'refused' && kind !== 'new') count++;
    return count;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** Symbolic links that could not be created on this machine. */
  get skipped(): readonly string[] {
    return this.#skipped;
  }

  /** The highest entries that the disk cannot have, or that would be the same file as an earlier one. */
  get refused(): readonly (readonly Name[])[] {
    const found = [...walk(this.#root)].filter(
      ({ kind, parent }) => kind === 'refused' && parent?.kind !== 'refused',
    );
    return found.map(partsOf);
  }

  /** Extracts an entry. Rejects with EngineError if it leads outside, else with the error of the file system. */
  async add(placed: PlacedEntry, report: (bytes: number) => void): Promise<void> {
    const { entry, parts } = placed;
    const parent = await this.#directoryOf(parts);
    const name = parts.at(-1);
    const target =
      parent === undefined || name === undefined ? this.#root : childOf(parent, name, this.#rules);
    requireKind(target, entry.kind === 'directory');
    if (target.kind === 'refused') return;
    // If a name occurs several times, the last entry is used, as in every tar program.
    if (target.kind === 'file') await rm(this.#at(target));
    if (target.kind !== 'directory') target.kind = 'new';
    await this.#orRefuse(target, () => this.#create(target, placed, report));
  }

  /** Files at the target that would be overwritten; rejects if a directory would replace a file or the other way round. */
  async conflicts(root: string): Promise<readonly string[]> {
    await this.#createLinks();
    const found: string[] = [];
    await this.#compare(this.#root, { path: root, shown: root }, found);
    return found;
  }

  /** `keepsMode` is for a root that is the user's own directory, of which only the contents are replaced. */
  async moveTo(root: string, { keepsMode }: { readonly keepsMode: boolean }): Promise<void> {
    await this.#move(this.#root, root);
    if (keepsMode) delete this.#root.mode;
    await this.#setModes(this.#root, root);
  }

  /**
   * The directory of a path, created if necessary; undefined for the root itself. All parents were created here and are not
   * links, so that nothing is written outside.
   */
  async #directoryOf(parts: readonly Name[]): Promise<Entry | undefined> {
    if (parts.length === 0) return undefined;
    let entry = this.#root;
    await this.#createDirectory(entry);
    for (const part of parts.slice(0, -1)) {
      entry = childOf(entry, part, this.#rules);
      requireKind(entry, true);
      if (entry.kind === 'new') await this.#orRefuse(entry, () => this.#createDirectory(entry));
    }
    return entry;
  }

  async #createDirectory(entry: Entry): Promise<void> {
    requireKind(entry, true);
    if (entry.kind !== 'new') return;
    await mkdir(this.#at(entry));
    entry.kind = 'directory';
  }

  async #create(
    target: Entry,
    { entry, linkParts }: PlacedEntry,
    report: (bytes: number) => void,
  ): Promise<void> {
    switch (entry.kind) {
      case 'directory':
        await this.#createDirectory(target);
        target.mode = entry.mode & 0o777;
        break;
      case 'link':
        target.linkTarget =
          entry.linkTargetBytes === undefined
            ? (entry.linkTarget ?? '')
            : Buffer.from(entry.linkTargetBytes);
        target.kind = 'link';
        break;
      case 'hardlink':
        await this.#link(target, linkParts);
        break;
      default:
        await this.#write(target, entry, report);
    }
  }

  /** A hard link may only lead to a file of the same archive. */
  async #link(target: Entry, linkParts: readonly Name[]): Promise<void> {
    const original = findEntry(this.#root, linkParts);
    if (original?.kind === 'link' && original.linkTarget !== undefined) {
      target.linkTarget = original.linkTarget;
      target.kind = 'link';
    } else if (original?.kind === 'refused') refuse(target, this.#rules);
    else if (original?.kind === 'file') {
      await link(this.#at(original), this.#at(target));
      target.kind = 'file';
    } else {
      throw copyError(
        t(
          'The container sent a hard link to a file that is not part of the copy: {0}',
          displayEntry(target),
        ),
      );
    }
  }

  async #write(target: Entry, entry: TarEntry, report: (bytes: number) => void): Promise<void> {
    const { O_CREAT, O_EXCL, O_WRONLY } = constants;
    const handle = await open(this.#at(target), O_CREAT | O_EXCL | O_WRONLY, 0o600);
    target.kind = 'file';
    try {
      await writeSparse(handle, entry.content?.() ?? [], (bytes) => {
        this.#bytes += bytes;
        report(this.#bytes);
      });
      await handle.chmod(entry.mode & 0o777);
      if (entry.modified) await handle.utimes(entry.modified, entry.modified);
    } finally {
      await handle.close();
    }
  }

  /** Created last, so that no entry of the archive is written through a link. */
  async #createLinks(): Promise<void> {
    for (const entry of walk(this.#root)) {
      const { kind, linkTarget } = entry;
      if (kind !== 'link' || linkTarget === undefined) continue;
      await this.#orRefuse(entry, () => symlink(linkTarget, this.#at(entry))).catch(
        (error: unknown) => {
          // On Windows, symbolic links require a privilege that most users do not have.
          if (codeOf(error) !== 'EPERM') throw error;
          entry.kind = 'new';
          this.#skipped.push(displayEntry(entry));
        },
      );
    }
  }

  /** The disk itself knows best which names it can have, and which of them are the same. */
  async #orRefuse(entry: Entry, create: () => Promise<void>): Promise<void> {
    await create().catch((error: unknown) => {
      if (entry === this.#root || entry.kind !== 'new' && entry.kind !== 'link') throw error; // prettier-ignore
      if (!nameCodes.has(codeOf(error))) throw error;
      refuse(entry, this.#rules);
    });
  }

  async #compare(entry: Entry, target: Place, found: string[]): Promise<void> {
    const stats = await statIfPossible(target.path);
    if (stats === undefined) return;
    if (entry.kind !== 'directory') {
      if (stats.isDirectory())
        throw copyError(t('{0} is a folder and cannot be replaced by a file', target.shown));
      found.push(target.shown);
      return;
    }
    // An existing link to a folder is followed at the top level, like in `docker cp`, but not below it.
    const isFolder =
      entry === this.#root ? (await stat(target.path)).isDirectory() : stats.isDirectory();
    if (!isFolder)
      throw copyError(t('{0} is not a folder and cannot be replaced by one', target.shown));
    for (const child of created(entry)) {
      const shown = join(target.shown, displayEntry({ ...child, parent: newEntry('') }));
      await this.#compare(child, { path: joinLocal(target.path, child.name), shown }, found);
    }
  }

  async #move(entry: Entry, target: LocalPath): Promise<void> {
    if (entry.kind !== 'directory' || (await statIfPossible(target)) === undefined) {
      await rename(this.#at(entry), target);
      return;
    }
    entry.existed = true;
    for (const child of created(entry)) await this.#move(child, joinLocal(target, child.name));
  }

  /** Set last and from below, because a directory without write permission cannot be filled or moved. */
  async #setModes(entry: Entry, target: LocalPath): Promise<void> {
    for (const child of created(entry))
      if (child.kind === 'directory') await this.#setModes(child, joinLocal(target, child.name));
    if (entry.mode === undefined) return;
    await chmod(target, entry.mode).catch((error: unknown) => {
      // A directory of another user that already existed keeps its mode.
      if (entry.existed !== true || codeOf(error) !== 'EPERM') throw error;
    });
  }

  #at(entry: Entry): LocalPath {
    return partsOf(entry).reduce<LocalPath>(joinLocal, join(this.#directory, 'root'));
  }
}

interface Place {
  readonly path: LocalPath;
  readonly shown: string;
}

/** Errors for names that the disk cannot have, or that are the same as another one there. */
const nameCodes: ReadonlySet<string> = new Set(['EEXIST', 'EILSEQ', 'EINVAL', 'ENAMETOOLONG']);

function codeOf(error: unknown): string {
  return String((error as { readonly code?: unknown }).code);
}

function statIfPossible(path: LocalPath) {
  return lstat(path).catch(() => undefined);
}

/** The children that exist in the staging directory. */
function created({ children }: Entry): readonly Entry[] {
  return [...children.values()].filter(({ kind }) => kind !== 'refused' && kind !== 'new');
}

/** The entry and all below it, parents first. */
function* walk(root: Entry): Generator<Entry, void, undefined> {
  const pending = [root];
  for (let entry = pending.pop(); entry !== undefined; entry = pending.pop()) {
    yield entry;
    for (const child of [...entry.children.values()].reverse()) pending.push(child);
  }
}
