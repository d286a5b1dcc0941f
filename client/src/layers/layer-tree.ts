/** The files of one layer as a tree, read one directory at a time. */
import { effects, losses, valueAt, type Analysis } from './analysis.ts';
import { kinds } from './layer-files.ts';
import { root } from './path-table.ts';

export type Change = 'added' | 'changed' | 'removed';

export interface TreeRow {
  /** The number of the path, by which its children are read. */
  readonly node: number;
  /** Names of directories that contain nothing else are joined: `a/b/c`. Each name as it is in the archive. */
  readonly names: readonly string[];
  readonly isDirectory: boolean;
  /** Bytes of the files at and below the path that are shown. */
  readonly bytes: number;
  /** What the layer does with the path itself; undefined for a directory that only contains changes. */
  readonly change?: Change;
  /** The index of the later layer that removes the path and everything that this layer has below it. */
  readonly removedIn?: number;
  /** The entry of the path in this layer, if it has one. */
  readonly entry?: number;
}

/** Which changes are shown. */
export type Shown = Readonly<Record<Change, boolean>>;

/** Sums for each path: of the path itself, and of everything below it. */
export class LayerTree {
  readonly #analysis: Analysis;
  readonly #entryAt: Int32Array;
  readonly #own: Uint8Array;
  readonly #bytes: Readonly<Record<Change, Float64Array>>;
  readonly #counts: Readonly<Record<Change, Uint32Array>>;
  /** Entries of the layer below the path, and how many of them are lost, and the first and the last layer of it. */
  readonly #kept: Uint32Array;
  readonly #firstLoss: Uint32Array;
  readonly #lastLoss: Uint32Array;

  /** Takes time linear in all entries and paths of the image. */
  constructor(analysis: Analysis, layer: number) {
    const paths = analysis.paths.count;
    this.#analysis = analysis;
    this.#entryAt = new Int32Array(paths);
    this.#own = new Uint8Array(paths);
    const numbers = () => new Float64Array(paths);
    const integers = () => new Uint32Array(paths);
    this.#bytes = { added: numbers(), changed: numbers(), removed: numbers() };
    this.#counts = { added: integers(), changed: integers(), removed: integers() };
    this.#kept = integers();
    this.#firstLoss = integers();
    this.#lastLoss = integers();
    this.#addEntries(layer);
    this.#addRemoved(layer);
    this.#sumUp();
  }

  /** The rows in a directory, the largest first, and how many there are. */
  rows(
    directory: number,
    shown: Shown,
    { offset, most }: { readonly offset: number; readonly most: number },
  ): { readonly rows: readonly TreeRow[]; readonly total: number } {
    const children = this.#childrenOf(directory, shown);
    const sized = children.map((node) => ({ node, bytes: this.#sum(this.#bytes, node, shown) }));
    const { paths } = this.#analysis;
    sized.sort((a, b) => b.bytes - a.bytes || compare(paths.name(a.node), paths.name(b.node)));
    const rows = sized.slice(offset, offset + most).map(({ node }) => this.#row(node, shown));
    return { rows, total: sized.length };
  }

  #addEntries(layer: number): void {
    const { starts, entries } = this.#analysis;
    const end = starts[layer + 1] ?? 0;
    for (let entry = starts[layer] ?? 0; entry < end; entry++) {
      const effect = effects[entries.effects[entry] ?? 0];
      const node = entries.nodes[entry] ?? root;
      if (effect === undefined || effect === 'none') continue;
      this.#entryAt[node] = entry + 1;
      if (effect === 'same') continue;
      this.#add(node, effect, entries.bytes[entry] ?? 0);
      const lost = entries.losses[entry] === removedLoss ? (entries.lostIn[entry] ?? 0) : 0;
      if (lost === 0) this.#kept[node] = 1;
      this.#firstLoss[node] = lost;
      this.#lastLoss[node] = lost;
    }
  }

  #addRemoved(layer: number): void {
    const { starts, entries } = this.#analysis;
    const end = starts[layer] ?? 0;
    for (let entry = 0; entry < end; entry++) {
      if (entries.lostIn[entry] !== layer + 1 || entries.losses[entry] !== removedLoss) continue;
      this.#add(entries.nodes[entry] ?? root, 'removed', entries.bytes[entry] ?? 0);
    }
  }

  #add(node: number, change: Change, bytes: number): void {
    this.#own[node] = changes.indexOf(change) + 1;
    this.#bytes[change][node] = bytes;
    this.#counts[change][node] = 1;
  }

  /** From the last path to the first: children have larger numbers than their parents. */
  #sumUp(): void {
    const { paths } = this.#analysis;
    for (let node = paths.count - 1; node > root; node--) {
      const parent = paths.parent(node);
      for (const change of changes) {
        increase(this.#bytes[change], parent, this.#bytes[change][node]);
        increase(this.#counts[change], parent, this.#counts[change][node]);
      }
      increase(this.#kept, parent, this.#kept[node]);
      const first = this.#firstLoss[node] ?? 0;
      if (first === 0) continue;
      const before = this.#firstLoss[parent] ?? 0;
      this.#firstLoss[parent] = before === 0 ? first : Math.min(before, first);
      this.#lastLoss[parent] = Math.max(this.#lastLoss[parent] ?? 0, this.#lastLoss[node] ?? 0);
    }
  }

  #childrenOf(directory: number, shown: Shown): number[] {
    const { first, next } = this.#analysis.children;
    const found: number[] = [];
    for (let child = first[directory] ?? 0; child !== root; child = next[child] ?? 0) {
      if (this.#sum(this.#counts, child, shown) > 0) found.push(child);
    }
    return found;
  }

  #sum(
    values: Readonly<Record<Change, Float64Array | Uint32Array>>,
    node: number,
    shown: Shown,
  ): number {
    return changes.reduce((sum, one) => sum + (shown[one] ? (values[one][node] ?? 0) : 0), 0);
  }

  #row(start: number, shown: Shown): TreeRow {
    const { paths } = this.#analysis;
    const names = [paths.name(start)];
    let node = start;
    for (let only = this.#onlyChild(node, shown); only !== undefined;) {
      node = only;
      names.push(paths.name(node));
      only = this.#onlyChild(node, shown);
    }
    const entry = (this.#entryAt[node] ?? 0) - 1;
    const change = changes[(this.#own[node] ?? 0) - 1];
    const lostIn = this.#kept[node] === 0 ? (this.#firstLoss[node] ?? 0) : 0;
    const isDirectory = this.#hasChildren(node, shown) || this.#isDirectoryEntry(entry);
    return {
      node,
      names,
      isDirectory,
      bytes: this.#sum(this.#bytes, node, shown),
      ...(change !== undefined && { change }),
      ...(lostIn !== 0 && lostIn === this.#lastLoss[node] && { removedIn: lostIn - 1 }),
      ...(entry >= 0 && { entry }),
    };
  }

  /** The only child of a directory without a change of its own. */
  #onlyChild(node: number, shown: Shown): number | undefined {
    if (this.#own[node] !== 0) return undefined;
    const [only, other] = this.#childrenOf(node, shown);
    return other === undefined ? only : undefined;
  }

  #hasChildren(node: number, shown: Shown): boolean {
    return this.#sum(this.#counts, node, shown) > (this.#own[node] === 0 ? 0 : 1);
  }

  #isDirectoryEntry(entry: number): boolean {
    return entry >= 0 && kinds[valueAt(this.#analysis, 'kinds', entry)] === 'directory';
  }
}

const changes: readonly Change[] = ['added', 'changed', 'removed'];
const removedLoss = losses.indexOf('removed');

function increase(values: Float64Array | Uint32Array, at: number, by = 0): void {
  values[at] = (values[at] ?? 0) + by;
}

/** By code units, the same on each machine. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
