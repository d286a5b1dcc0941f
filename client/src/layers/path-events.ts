/** What the layers of an image did with one path. */
import { effects, layerOf, losses, type Analysis, type Effect } from './analysis.ts';
import type { Change } from './layer-tree.ts';
import { root } from './path-table.ts';

/** What a layer did with a path. */
export interface PathEvent {
  readonly layer: number;
  readonly change: Change;
  /** Bytes of the files at and below the path in this layer; of removed ones, what the layers below had. */
  readonly bytes: number;
}

/** What the layers did with a path and everything below it, the lowest layer first. */
export function pathEvents(analysis: Analysis, path: number): readonly PathEvent[] {
  const below = subtree(analysis, path);
  const bytes = new Map<string, number>();
  const own = new Map<number, Effect>();
  const { entries, starts } = analysis;
  const total = starts.at(-1) ?? 0;
  const add = (layer: number, what: 'stored' | 'removed', size: number) => {
    const key = `${layer} ${what}`;
    bytes.set(key, (bytes.get(key) ?? 0) + size);
  };
  for (let entry = 0; entry < total; entry++) {
    const node = entries.nodes[entry] ?? root;
    const effect = effects[entries.effects[entry] ?? 0] ?? 'none';
    if (below[node] !== 1 || effect === 'none') continue;
    const layer = layerOf(analysis, entry);
    if (node === path) own.set(layer, effect);
    if (effect !== 'same') add(layer, 'stored', entries.bytes[entry] ?? 0);
    // Removing a file does not remove the directories above it.
    const isWhole =
      below[entries.lostWith[entry] ?? root] !== 1 || entries.lostWith[entry] === path;
    if (losses[entries.losses[entry] ?? 0] === 'removed' && isWhole)
      add((entries.lostIn[entry] ?? 1) - 1, 'removed', entries.bytes[entry] ?? 0);
  }
  return eventsOf(bytes, own);
}

function eventsOf(
  bytes: ReadonlyMap<string, number>,
  own: ReadonlyMap<number, Effect>,
): readonly PathEvent[] {
  const found = [...bytes].map(([key, size]) => {
    const [layer = '', what] = key.split(' ');
    return { layer: Number(layer), isRemoval: what === 'removed', bytes: size };
  });
  found.sort((a, b) => a.layer - b.layer || Number(b.isRemoval) - Number(a.isRemoval));
  let exists = false;
  return found.map(({ layer, isRemoval, bytes: size }): PathEvent => {
    const change = isRemoval
      ? 'removed'
      : exists || own.get(layer) === 'changed'
        ? 'changed'
        : 'added';
    exists = !isRemoval;
    return { layer, change, bytes: size };
  });
}

/** 1 for the path and everything below it. */
function subtree({ paths }: Analysis, path: number): Uint8Array {
  const below = new Uint8Array(paths.count);
  below[path] = 1;
  for (let node = path + 1; node < paths.count; node++)
    below[node] = below[paths.parent(node)] ?? 0;
  return below;
}
