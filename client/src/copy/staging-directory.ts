/** A hidden directory where an untrusted tar archive is extracted before its files are moved to the target. */
import { linkSync, lutimesSync, mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { t } from '@vscode/l10n';
import { Slices } from '../engine/slices.ts';
import type { TarEntry } from '../engine/tar.ts';
import { copyError, type ExistingFile } from './copy-task.ts';
import {
  childOf,
  displayEntry,
  entriesBelow,
  findEntry,
  newEntry,
  partsOf,
  refuse,
  requireKind,
  type Entry,
} from './entry-tree.ts';
import { rulesOfDisk, type NameRules } from './name-rules.ts';
import { joinLocal, type LocalPath, type Name } from './names.ts';
import { findConflicts, moveEntries, setDirectoryProperties } from './placement.ts';
import { StagedContents } from './staged-contents.ts';
import { modeOf, secondsOf } from './staged-files.ts';

/** An entry and its place below the root. */
export interface PlacedEntry {
  readonly entry: TarEntry;
  readonly parts: readonly Name[];
  /** For hard links. */
  readonly linkParts: readonly Name[];
}

/**
 * It is created next to the target, so that files can be moved with a rename. Its methods do short synchronous work, because a
 * small file takes longer to wait for than to write.
 */
export class StagingDirectory {
  readonly #directory: string;
  readonly #rules: NameRules;
  readonly #root = newEntry('');
  readonly #skipped: string[] = [];
  readonly #contents = new StagedContents();
  #received = 0;

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
    await this.#contents.discard();
    await rm(this.#directory, { recursive: true, force: true });
  }

  get entries(): number {
    let count = 0;
    for (const { kind } of entriesBelow(this.#root))
      if (kind !== 'refused' && kind !== 'new') count++;
    return count;
  }

  /** Whether a directory is copied. */
  get isDirectory(): boolean {
    return this.#root.kind === 'directory';
  }

  get bytes(): number {
    return this.#contents.bytes;
  }

  /** Number of entries that have begun. */
  get received(): number {
    return this.#received;
  }

  /** Symbolic links that could not be created on this machine. */
  get skipped(): readonly string[] {
    return this.#skipped;
  }

  /** The highest entries that the disk cannot have, or that would be the same file as an earlier one. */
  get refused(): readonly (readonly Name[])[] {
    const found = [...entriesBelow(this.#root)].filter(
      ({ kind, parent }) => kind === 'refused' && parent?.kind !== 'refused',
    );
    return found.map(partsOf);
  }

  /** Extracts an entry. Throws EngineError if it leads outside, else the error of the file system. */
  add(placed: PlacedEntry): void {
    const { entry, parts } = placed;
    this.#received++;
    const parent = this.#directoryOf(parts);
    const name = parts.at(-1);
    const target =
      parent === undefined || name === undefined ? this.#root : childOf(parent, name, this.#rules);
    requireKind(target, entry.kind === 'directory');
    this.#contents.next();
    if (target.kind === 'refused') return;
    // If a name occurs several times, the last entry is used, as in every tar program.
    if (target.kind === 'file') rmSync(this.#at(target));
    if (target.kind !== 'directory') target.kind = 'new';
    this.#orRefuse(target, () => this.#create(target, placed));
  }

  /** The next part of the content of the last entry. The memory of the bytes can be used again afterwards. */
  addContent(bytes: Buffer, isLast: boolean): void {
    this.#contents.add(bytes, isLast);
  }

  /** Whether the disk is slower than the engine. */
  get isBusy(): boolean {
    return this.#contents.isBusy;
  }

  /** Waits while the disk is slower than the engine. Rejects with the error of the file system. */
  ready(): Promise<void> {
    return this.#contents.ready();
  }

  /** Files at the target that would be overwritten; rejects if a directory would replace a file or the other way round. */
  async conflicts(root: string): Promise<readonly ExistingFile[]> {
    await this.#contents.complete();
    await this.#createLinks();
    return findConflicts(this.#root, root);
  }

  /** `keepsMode` is for a root that is the user's own directory, of which only the contents are replaced. */
  async moveTo(root: string, { keepsMode }: { readonly keepsMode: boolean }): Promise<void> {
    await moveEntries(this.#root, root, (entry) => this.#at(entry));
    if (keepsMode) {
      delete this.#root.mode;
      delete this.#root.modified;
    }
    await setDirectoryProperties(this.#root, root);
  }

  /**
   * The directory of a path, created if necessary; undefined for the root itself. All parents were created here and are not
   * links, so that nothing is written outside.
   */
  #directoryOf(parts: readonly Name[]): Entry | undefined {
    if (parts.length === 0) return undefined;
    let entry = this.#root;
    this.#createDirectory(entry);
    for (let at = 0; at < parts.length - 1; at++) {
      const child = childOf(entry, parts[at] ?? '', this.#rules);
      requireKind(child, true);
      if (child.kind === 'new') this.#orRefuse(child, () => this.#createDirectory(child));
      entry = child;
    }
    return entry;
  }

  #createDirectory(entry: Entry): void {
    requireKind(entry, true);
    if (entry.kind !== 'new') return;
    const path = this.#at(entry);
    mkdirSync(path);
    entry.kind = 'directory';
    entry.staged = path;
  }

  #create(target: Entry, { entry, linkParts }: PlacedEntry): void {
    switch (entry.kind) {
      case 'directory':
        this.#createDirectory(target);
        target.mode = modeOf(entry);
        target.modified = secondsOf(entry);
        break;
      case 'link':
        target.linkTarget =
          entry.linkTargetBytes === undefined
            ? (entry.linkTarget ?? '')
            : Buffer.from(entry.linkTargetBytes);
        target.modified = secondsOf(entry);
        target.kind = 'link';
        break;
      case 'hardlink':
        this.#link(target, linkParts);
        break;
      default:
        this.#begin(target, entry);
    }
  }

  /** A hard link may only lead to a file of the same archive. */
  #link(target: Entry, linkParts: readonly Name[]): void {
    const original = findEntry(this.#root, linkParts);
    if (original?.kind === 'link' && original.linkTarget !== undefined) {
      target.linkTarget = original.linkTarget;
      target.modified = original.modified;
      target.kind = 'link';
    } else if (original?.kind === 'refused') refuse(target, this.#rules);
    else if (original?.kind === 'file') {
      linkSync(this.#at(original), this.#at(target));
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

  #begin(target: Entry, entry: TarEntry): void {
    target.kind = 'file';
    const refused = (error: unknown): void => {
      // Its name is refused as soon as it is known whether the disk can have it.
      target.kind = 'new';
      this.#orRefuse(target, () => {
        throw error;
      });
    };
    try {
      this.#contents.begin({ entry, path: this.#at(target), refused });
    } catch (error) {
      target.kind = 'new';
      throw error;
    }
  }

  /** Created last, so that no entry of the archive is written through a link. */
  async #createLinks(): Promise<void> {
    const slices = new Slices();
    for (const entry of entriesBelow(this.#root)) {
      if (slices.isOver) await slices.turn();
      const { kind, linkTarget, modified } = entry;
      if (kind !== 'link' || linkTarget === undefined) continue;
      const path = this.#at(entry);
      try {
        this.#orRefuse(entry, () => symlinkSync(linkTarget, path));
      } catch (error) {
        // On Windows, symbolic links require a privilege that most users do not have.
        if (codeOf(error) !== 'EPERM') throw error;
        entry.kind = 'new';
        this.#skipped.push(displayEntry(entry));
        continue;
      }
      if (modified !== undefined && isLink(entry)) lutimesSync(path, modified, modified);
    }
  }

  /** The disk itself knows best which names it can have, and which of them are the same. */
  #orRefuse(entry: Entry, create: () => void): void {
    try {
      create();
    } catch (error) {
      if (entry === this.#root || (entry.kind !== 'new' && entry.kind !== 'link')) throw error;
      if (!nameCodes.has(codeOf(error))) throw error;
      refuse(entry, this.#rules);
    }
  }

  #at(entry: Entry): LocalPath {
    if (entry.staged !== undefined) return entry.staged;
    if (entry.parent === undefined) return join(this.#directory, 'root');
    return joinLocal(this.#at(entry.parent), entry.name);
  }
}

/** Of a link that was created: refusing it changes its kind. */
function isLink({ kind }: Entry): boolean {
  return kind === 'link';
}

/** Errors for names that the disk cannot have, or that are the same as another one there. */
const nameCodes: ReadonlySet<string> = new Set(['EEXIST', 'EILSEQ', 'EINVAL', 'ENAMETOOLONG']);

function codeOf(error: unknown): string {
  return String((error as { readonly code?: unknown }).code);
}
