/** What each layer adds, changes and removes, and which bytes of it are not visible in the image. */
import type { SavedImage } from './image-archive.ts';
import { kinds, type EntryKind, type LayerFiles } from './layer-files.ts';
import { childrenOf, type Children, type PathTable } from './path-table.ts';

/** What an entry does in its layer. `same` is a directory that the archive only mentions; `none` has no effect. */
export const effects = ['none', 'added', 'changed', 'same'] as const;
export type Effect = (typeof effects)[number];

/** How an entry is lost. The last three have the same content as the entry that replaces them. */
export const losses = ['none', 'removed', 'replaced', 'owner', 'mode', 'stored-again'] as const;
export type Loss = (typeof losses)[number];

/** Files, links and devices; directories are not counted. */
export interface LayerCounts {
  /** Bytes of its files; content with several hard links counts once. */
  readonly bytes: number;
  readonly added: number;
  readonly changed: number;
  readonly removed: number;
  /** Bytes that are removed or replaced by later layers. */
  readonly wasted: number;
}

/** One value per entry of all layers in each array. */
export interface Entries {
  readonly nodes: Int32Array;
  /** Index in `effects`. */
  readonly effects: Uint8Array;
  /** The index of the layer in which it is lost, plus 1; 0 if it is visible in the image. */
  readonly lostIn: Uint32Array;
  /** Index in `losses`. */
  readonly losses: Uint8Array;
  /** The path whose removal removed it, which may be a directory above it; otherwise its own path. */
  readonly lostWith: Int32Array;
  /** Bytes of its content. Content with several hard links counts at one of them. */
  readonly bytes: Float64Array;
  /** Bytes of its content if no name of it is visible in the image; set at the name that was lost last. */
  readonly wasted: Float64Array;
}

export interface Analysis {
  readonly paths: PathTable;
  readonly children: Children;
  readonly layers: readonly LayerFiles[];
  /** For each layer, the number of its first entry; then the number of all entries. */
  readonly starts: readonly number[];
  readonly entries: Entries;
  readonly counts: readonly LayerCounts[];
}

/** Analyzes an image. Takes time linear in the entries, and at most linear in the paths for each layer. */
export function analyze({ paths, layers }: SavedImage): Analysis {
  const merge = new Merge(paths, layers);
  layers.forEach((layer, index) => merge.apply(layer, index));
  return merge.finish();
}

/** The index of the layer of an entry. */
export function layerOf({ starts }: Pick<Analysis, 'starts'>, entry: number): number {
  let low = 0;
  let high = starts.length - 2;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= entry) low = middle;
    else high = middle - 1;
  }
  return low;
}

interface Counter {
  bytes: number;
  added: number;
  changed: number;
  removed: number;
  wasted: number;
}

class Merge {
  readonly #paths: PathTable;
  readonly #layers: readonly LayerFiles[];
  readonly #children: Children;
  readonly #starts: number[] = [0];
  readonly #entries: Entries;
  /** The latest entry of each path plus 1, also if it is lost. */
  readonly #latest: Int32Array;
  /** The last layer that has removed what was at and below the path, plus 1. */
  readonly #cleared: Uint32Array;
  readonly #counters: Counter[];

  constructor(paths: PathTable, layers: readonly LayerFiles[]) {
    this.#paths = paths;
    this.#layers = layers;
    this.#children = childrenOf(paths);
    for (const { count } of layers) this.#starts.push((this.#starts.at(-1) ?? 0) + count);
    const count = this.#starts.at(-1) ?? 0;
    this.#entries = {
      nodes: new Int32Array(count),
      effects: new Uint8Array(count),
      lostIn: new Uint32Array(count),
      losses: new Uint8Array(count),
      lostWith: new Int32Array(count),
      bytes: new Float64Array(count),
      wasted: new Float64Array(count),
    };
    this.#latest = new Int32Array(paths.count);
    this.#cleared = new Uint32Array(paths.count);
    this.#counters = layers.map(() => ({ bytes: 0, added: 0, changed: 0, removed: 0, wasted: 0 }));
  }

  /** A removal concerns only the layers below, wherever it is in the archive. */
  apply(layer: LayerFiles, index: number): void {
    for (const node of layer.whiteouts) this.#remove([node], node, index);
    for (const node of layer.opaque) this.#remove(this.#childrenAt(node), node, index);
    const start = this.#starts[index] ?? 0;
    for (let at = 0; at < layer.count; at++) {
      if (kinds[layer.kinds[at] ?? 0] !== 'repeated') this.#add(start + at, index);
    }
  }

  finish(): Analysis {
    this.#countContents();
    return {
      paths: this.#paths,
      children: this.#children,
      layers: this.#layers,
      starts: this.#starts,
      entries: this.#entries,
      counts: this.#counters,
    };
  }

  #childrenAt(node: number): number[] {
    const found: number[] = [];
    const { first, next } = this.#children;
    for (let child = first[node] ?? 0; child !== 0; child = next[child] ?? 0) found.push(child);
    return found;
  }

  /** Marks everything of lower layers at and below these paths. Paths that this layer has cleared are not visited again. */
  #remove(nodes: number[], cause: number, index: number): void {
    const { lostIn, losses: how, lostWith } = this.#entries;
    const { first, next } = this.#children;
    const start = this.#starts[index] ?? 0;
    for (let node = nodes.pop(); node !== undefined; node = nodes.pop()) {
      if (this.#cleared[node] === index + 1) continue;
      this.#cleared[node] = index + 1;
      for (let child = first[node] ?? 0; child !== 0; child = next[child] ?? 0) nodes.push(child);
      const entry = (this.#latest[node] ?? 0) - 1;
      if (entry < 0 || entry >= start || lostIn[entry] !== 0) continue;
      lostIn[entry] = index + 1;
      how[entry] = losses.indexOf('removed');
      lostWith[entry] = cause;
      if (this.#kind(entry) !== 'directory') this.#count(index, 'removed', 1);
    }
  }

  #add(entry: number, index: number): void {
    const { effects: effect, lostIn, nodes, lostWith } = this.#entries;
    const node = this.#at('nodes', entry);
    nodes[entry] = node;
    lostWith[entry] = node;
    const before = (this.#latest[node] ?? 0) - 1;
    this.#latest[node] = entry + 1;
    const isDirectory = this.#kind(entry) === 'directory';
    const wasRemovedHere = before >= 0 && lostIn[before] === index + 1;
    if (before < 0 || (lostIn[before] !== 0 && !wasRemovedHere)) {
      effect[entry] = effects.indexOf('added');
      if (!isDirectory) this.#count(index, 'added', 1);
      return;
    }
    const wasDirectory = this.#kind(before) === 'directory';
    // Removed and written again in one instruction.
    if (wasRemovedHere && !wasDirectory) this.#count(index, 'removed', -1);
    if (isDirectory && wasDirectory) {
      lostIn[before] = 0;
      const isSame = this.#attributeLoss(before, entry) === 'stored-again';
      effect[entry] = effects.indexOf(isSame ? 'same' : 'changed');
      return;
    }
    effect[entry] = effects.indexOf('changed');
    if (!isDirectory) this.#count(index, 'changed', 1);
    lostIn[before] = index + 1;
    lostWith[before] = node;
    this.#entries.losses[before] = losses.indexOf(this.#loss(before, entry));
    if (wasDirectory) this.#remove(this.#childrenAt(node), node, index);
  }

  #loss(before: number, after: number): Loss {
    const [old, replacement] = [this.#content(before), this.#content(after)];
    const isSame =
      this.#kind(old) === 'file' &&
      this.#kind(replacement) === 'file' &&
      this.#at('sizes', old) === this.#at('sizes', replacement) &&
      this.#at('sums', old) === this.#at('sums', replacement);
    return isSame ? this.#attributeLoss(old, replacement) : 'replaced';
  }

  #attributeLoss(before: number, after: number): Loss {
    const differs = (part: 'users' | 'groups' | 'modes') =>
      this.#at(part, before) !== this.#at(part, after);
    if (differs('users') || differs('groups')) return 'owner';
    return differs('modes') ? 'mode' : 'stored-again';
  }

  /** Content is counted once for all its names, and wasted if none of them is visible. */
  #countContents(): void {
    const { lostIn, bytes, wasted } = this.#entries;
    const total = this.#starts.at(-1) ?? 0;
    /** For each content, the first of its names, and the one that was lost last, plus 1. */
    const first = new Int32Array(total);
    const last = new Int32Array(total);
    for (let entry = 0; entry < total; entry++) {
      if (this.#kind(entry) === 'repeated') continue;
      const content = this.#content(entry);
      if (first[content] === 0) first[content] = entry + 1;
      const other = (last[content] ?? 0) - 1;
      if (other < 0 || isLater(lostIn[entry] ?? 0, lostIn[other] ?? 0)) last[content] = entry + 1;
    }
    for (let content = 0; content < total; content++) {
      const size = first[content] === 0 ? 0 : this.#at('sizes', content);
      if (size === 0) continue;
      const index = layerOf({ starts: this.#starts }, content);
      bytes[(first[content] ?? 1) - 1] = size;
      this.#count(index, 'bytes', size);
      const lost = (last[content] ?? 1) - 1;
      if (lostIn[lost] === 0) continue;
      wasted[lost] = size;
      this.#count(index, 'wasted', size);
    }
  }

  /** The entry with the content of an entry. */
  #content(entry: number): number {
    const start = this.#starts[layerOf({ starts: this.#starts }, entry)] ?? 0;
    return start + this.#at('contents', entry);
  }

  #kind(entry: number): EntryKind {
    return kinds[this.#at('kinds', entry)] ?? 'other';
  }

  #at(part: EntryPart, entry: number): number {
    return valueAt({ starts: this.#starts, layers: this.#layers }, part, entry);
  }

  #count(index: number, part: keyof Counter, change: number): void {
    const counter = this.#counters[index];
    if (counter !== undefined) counter[part] += change;
  }
}

/** Compares layers in which entries are lost, plus 1; 0 is never. */
function isLater(a: number, b: number): boolean {
  return b !== 0 && (a === 0 || a > b);
}

export type EntryPart =
  'nodes' | 'kinds' | 'sizes' | 'modes' | 'users' | 'groups' | 'sums' | 'contents';

/** A value of an entry as its layer has it. */
export function valueAt(
  analysis: Pick<Analysis, 'starts' | 'layers'>,
  part: EntryPart,
  entry: number,
): number {
  const index = layerOf(analysis, entry);
  return analysis.layers[index]?.[part][entry - (analysis.starts[index] ?? 0)] ?? 0;
}
