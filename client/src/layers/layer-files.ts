/**
 * The files of one layer, without their contents. A layer is a tar archive of what an instruction added and changed; an empty
 * file `.wh.NAME` removes NAME, and `.wh..wh..opq` hides everything that lower layers have in its directory
 * (https://github.com/opencontainers/image-spec/blob/main/layer.md#whiteouts).
 */
import { t } from '@vscode/l10n';
import { nameOfBytes } from '../copy/names.ts';
import { EngineError } from '../engine/errors.ts';
import { unpackTar, type TarEntry } from '../engine/tar.ts';
import { grown, root, type PathTable } from './path-table.ts';

/** What an entry is; in this order in `LayerFiles.kinds`. A later entry with the name of a repeated one replaces it. */
export const kinds = ['file', 'directory', 'link', 'hardlink', 'other', 'repeated'] as const;
export type EntryKind = (typeof kinds)[number];

/** One value per entry in each array, in the order of the archive. */
export interface LayerFiles {
  readonly count: number;
  /** The number of the path. */
  readonly nodes: Int32Array;
  readonly kinds: Uint8Array;
  /** Bytes. */
  readonly sizes: Float64Array;
  /** Unix permission bits. */
  readonly modes: Uint16Array;
  readonly users: Float64Array;
  readonly groups: Float64Array;
  /** A checksum of the content: files of one size with different checksums differ. */
  readonly sums: Int32Array;
  /** The entry that has the content: its own number, or that of the entry that a hard link names. */
  readonly contents: Int32Array;
  /** Paths that this layer removes. */
  readonly whiteouts: readonly number[];
  /** Directories in which nothing of the layers below is visible. */
  readonly opaque: readonly number[];
  /** Entries whose names lead out of the image. */
  readonly ignored: number;
}

export interface Limits {
  /** Files of all layers together. */
  readonly entries: number;
  /** Characters of all distinct names. */
  readonly characters: number;
}

/** Some hundred megabytes of memory at most. The largest images of Docker Hub have less than a million files. */
export const limits: Limits = { entries: 2_000_000, characters: 64_000_000 };

/** Deeper paths are not valid on any system: 4096 bytes are the limit of Linux. */
const deepest = 2048;

/** How many entries have been read in all layers. */
export interface Budget {
  left: number;
  readonly limits: Limits;
}

/**
 * Reads the entries of a layer. Rejects with EngineError if the archive is damaged or the image has too many files.
 */
export async function readLayer(
  tar: AsyncIterable<Uint8Array>,
  paths: PathTable,
  budget: Budget,
): Promise<LayerFiles> {
  const draft = new Draft();
  for await (const entry of unpackTar(tar)) {
    budget.left -= 1;
    const most = budget.limits;
    // Paths count too: each entry may have hundreds of directories that no other has.
    if (budget.left < 0 || paths.count > 2 * most.entries || paths.characters > most.characters)
      throw tooManyFiles(most);
    const node = nodeOf(entry, paths);
    if (node === undefined) draft.ignored += 1;
    else if (node !== root) await draft.add(entry, node, paths);
  }
  return draft.finish();
}

function tooManyFiles({ entries }: Limits): EngineError {
  const most = entries.toLocaleString('en');
  return new EngineError('failed', t('The image has more files than can be analyzed ({0})', most));
}

/** The path of an entry, or of the target of a hard link; undefined if it leads out of the image. */
function nodeOf(entry: TarEntry, paths: PathTable, part: 'name' | 'linkTarget' = 'name') {
  const bytes = part === 'name' ? entry.nameBytes : entry.linkTargetBytes;
  const text = bytes === undefined ? (entry[part] ?? '') : Buffer.from(bytes).toString('latin1');
  const names: string[] = [];
  for (const name of text.split('/')) {
    if (name === '' || name === '.') continue;
    if (name !== '..')
      names.push(bytes === undefined ? name : nameOfBytes(Buffer.from(name, 'latin1')));
    else if (names.pop() === undefined) return undefined;
    if (names.length > deepest) return undefined;
  }
  return names.reduce((node, name) => paths.child(node, name), root);
}

class Draft {
  ignored = 0;
  #count = 0;
  #nodes = new Int32Array(64);
  #kinds = new Uint8Array(64);
  #sizes = new Float64Array(64);
  #modes = new Uint16Array(64);
  #users = new Float64Array(64);
  #groups = new Float64Array(64);
  #sums = new Int32Array(64);
  #contents = new Int32Array(64);
  /** The last entry of each path. */
  readonly #last = new Map<number, number>();
  readonly #whiteouts = new Set<number>();
  readonly #opaque = new Set<number>();

  async add(entry: TarEntry, node: number, paths: PathTable): Promise<void> {
    const name = paths.name(node);
    const parent = paths.parent(node);
    if (name.startsWith('.wh.')) {
      if (name === '.wh..wh..opq') this.#opaque.add(parent);
      // Other names with this prefix belong to AUFS, whose layers contain them without a meaning.
      else if (!name.startsWith('.wh..wh.') && name.length > 4)
        this.#whiteouts.add(paths.child(parent, name.slice(4)));
      return;
    }
    if (this.#count === this.#nodes.length) this.#grow();
    const at = this.#count++;
    this.#nodes[at] = node;
    this.#kinds[at] = kinds.indexOf(entry.kind);
    this.#sizes[at] = entry.size;
    this.#modes[at] = entry.mode;
    this.#users[at] = entry.user ?? 0;
    this.#groups[at] = entry.group ?? 0;
    const target = entry.kind === 'hardlink' ? nodeOf(entry, paths, 'linkTarget') : undefined;
    const linked = target === undefined ? at : (this.#last.get(target) ?? at);
    this.#contents[at] = linked === at ? at : (this.#contents[linked] ?? at);
    const repeated = this.#last.get(node);
    if (repeated !== undefined) this.#kinds[repeated] = kinds.indexOf('repeated');
    this.#last.set(node, at);
    if (entry.kind === 'file' && entry.size > 0) this.#sums[at] = await checksum(entry);
  }

  #grow(): void {
    const length = this.#count * 2;
    this.#nodes = grown(this.#nodes, length);
    this.#kinds = grown(this.#kinds, length);
    this.#sizes = grown(this.#sizes, length);
    this.#modes = grown(this.#modes, length);
    this.#users = grown(this.#users, length);
    this.#groups = grown(this.#groups, length);
    this.#sums = grown(this.#sums, length);
    this.#contents = grown(this.#contents, length);
  }

  finish(): LayerFiles {
    const count = this.#count;
    return {
      count,
      nodes: this.#nodes.slice(0, count),
      kinds: this.#kinds.slice(0, count),
      sizes: this.#sizes.slice(0, count),
      modes: this.#modes.slice(0, count),
      users: this.#users.slice(0, count),
      groups: this.#groups.slice(0, count),
      sums: this.#sums.slice(0, count),
      contents: this.#contents.slice(0, count),
      whiteouts: [...this.#whiteouts],
      opaque: [...this.#opaque],
      ignored: this.ignored,
    };
  }
}

/** FNV-1a (http://www.isthe.com/chongo/tech/comp/fnv/): fast in JavaScript, and good enough to see that a file has changed. */
async function checksum({ content }: TarEntry): Promise<number> {
  let hash = 0x811c9dc5 | 0;
  for await (const chunk of content?.() ?? []) {
    // Not `for … of`, which is several times slower.
    for (let at = 0; at < chunk.length; at++) hash = Math.imul(hash ^ (chunk[at] ?? 0), 0x01000193);
  }
  return hash;
}
