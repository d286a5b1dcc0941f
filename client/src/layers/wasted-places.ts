/** Groups wasted bytes to places: what one layer made and one later layer removed or stored again. */
import { layerOf, losses, type Analysis, type Loss } from './analysis.ts';
import { root, type PathTable } from './path-table.ts';

export interface WastedPlace {
  /** The path of the file, of the directory that was removed, or of the closest directory of all its files. */
  readonly node: number;
  readonly bytes: number;
  /** Number of files. */
  readonly files: number;
  /** Indexes of layers. */
  readonly madeIn: number;
  readonly lostIn: number;
  readonly loss: Exclude<Loss, 'none'>;
}

/** Files that are stored again are grouped by a directory at this depth, such as `/usr/lib`. */
const groupDepth = 2;

/** The places with wasted bytes, the largest first. */
export function wastedPlaces(analysis: Analysis): readonly WastedPlace[] {
  const { entries, paths } = analysis;
  const groups = new Map<string, WastedPlace>();
  for (let entry = 0; entry < entries.wasted.length; entry++) {
    const bytes = entries.wasted[entry] ?? 0;
    const loss = losses[entries.losses[entry] ?? 0];
    if (bytes === 0 || loss === undefined || loss === 'none') continue;
    const madeIn = layerOf(analysis, entry);
    const lostIn = (entries.lostIn[entry] ?? 1) - 1;
    const own = entries.nodes[entry] ?? root;
    const cause = loss === 'removed' ? (entries.lostWith[entry] ?? own) : own;
    const key = `${lostIn} ${madeIn} ${loss} ${ancestorAt(paths, cause, groupDepth)}`;
    const group = groups.get(key);
    groups.set(key, {
      node: group === undefined ? cause : commonAncestor(paths, group.node, cause),
      bytes: (group?.bytes ?? 0) + bytes,
      files: (group?.files ?? 0) + 1,
      madeIn,
      lostIn,
      loss,
    });
  }
  return [...groups.values()].sort((a, b) => b.bytes - a.bytes || a.node - b.node);
}

export interface BigFile {
  readonly node: number;
  readonly bytes: number;
  /** The index of the layer that made it. */
  readonly layer: number;
  /** The index of the layer in which it is lost; undefined if it is visible in the image. */
  readonly lostIn: number | undefined;
}

/** The largest files of all layers, the largest first. */
export function biggestFiles(analysis: Analysis, most: number): readonly BigFile[] {
  const { bytes, nodes, lostIn } = analysis.entries;
  const found: number[] = [];
  for (let entry = 0; entry < bytes.length; entry++) {
    const size = bytes[entry] ?? 0;
    if (size === 0 || (found.length === most && size <= (bytes[found.at(-1) ?? 0] ?? 0))) continue;
    let at = found.length;
    while (at > 0 && (bytes[found[at - 1] ?? 0] ?? 0) < size) at--;
    found.splice(at, 0, entry);
    if (found.length > most) found.pop();
  }
  return found.map((entry) => ({
    node: nodes[entry] ?? root,
    bytes: bytes[entry] ?? 0,
    layer: layerOf(analysis, entry),
    lostIn: lostIn[entry] === 0 ? undefined : (lostIn[entry] ?? 1) - 1,
  }));
}

function depthOf(paths: PathTable, node: number): number {
  let depth = 0;
  for (let one = node; one !== root; one = paths.parent(one)) depth++;
  return depth;
}

/** The ancestor at this depth; the node itself if it is not as deep. */
function ancestorAt(paths: PathTable, node: number, depth: number): number {
  let found = node;
  for (let left = depthOf(paths, node) - depth; left > 0; left--) found = paths.parent(found);
  return found;
}

function commonAncestor(paths: PathTable, a: number, b: number): number {
  let [one, other] = [a, b];
  // A parent has a smaller number than its children.
  while (one !== other) {
    if (one > other) one = paths.parent(one);
    else other = paths.parent(other);
  }
  return one;
}
