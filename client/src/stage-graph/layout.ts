/**
 * Places boxes in layers, each box below all boxes that it uses, with few crossings and short links. Layers follow from
 * the longest path, the order in a layer from the mean of the neighbors, and positions from the nearest place to the
 * neighbors without an overlap.
 */

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Indexes of boxes; `from` is placed before `to`. */
export interface Link {
  readonly from: number;
  readonly to: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Layout extends Size {
  /** The top left corner of each box. */
  readonly boxes: readonly Point[];
  /** For each link, its points from the edge of one box to the edge of the other. */
  readonly links: readonly (readonly Point[])[];
}

export type Direction = 'down' | 'right';

/** Distance between the boxes of a layer, and between layers. */
const gap = { boxes: 24, layers: 56 };
/** Width of a link where it passes a layer. */
const laneWidth = 8;
const sweeps = 12;

/** A box, or the point where a link passes a layer. */
interface Node {
  readonly width: number;
  readonly height: number;
  readonly layer: number;
  readonly before: Node[];
  readonly after: Node[];
  /** Index in its layer. */
  order: number;
  /** The x coordinate of its center. */
  x: number;
}

/** Computes the layout; the result is the same for the same boxes and links. */
export function layout(
  sizes: readonly Size[],
  links: readonly Link[],
  direction: Direction = 'down',
): Layout {
  if (direction === 'right') return transpose(layout(sizes.map(transposeSize), links));
  const layers = layersOf(sizes.length, links);
  const nodes = sizes.map((size, index) => createNode(layers[index] ?? 0, size));
  const routes = links.map(({ from, to }) => createRoute(nodes[from], nodes[to], nodes));
  const rows = Array.from({ length: Math.max(-1, ...layers) + 1 }, (): Node[] => []);
  for (const node of nodes) rows[node.layer]?.push(node);
  for (const row of rows) updateOrder(row);
  reduceCrossings(rows);
  assignPositions(rows);
  return toLayout(sizes.length, nodes, routes, rows);
}

/** The layer of each box: the length of the longest path to it. A box without predecessors is placed near its successors. */
function layersOf(count: number, links: readonly Link[]): readonly number[] {
  const layers: number[] = [];
  const open = new Set<number>();
  const visit = (box: number): number => {
    const known = layers[box];
    if (known !== undefined) return known;
    // A cycle is not a valid build, but must not cause endless recursion here.
    if (open.has(box)) return 0;
    open.add(box);
    const before = links.filter(({ from, to }) => to === box && from !== box);
    const layer = Math.max(0, ...before.map(({ from }) => visit(from) + 1));
    open.delete(box);
    return (layers[box] = layer);
  };
  for (let box = 0; box < count; box++) visit(box);
  return layers.map((layer, box) => {
    if (links.some(({ to }) => to === box)) return layer;
    const after = links.filter(({ from }) => from === box).map(({ to }) => layers[to] ?? 0);
    return after.length === 0 ? layer : Math.max(0, Math.min(...after) - 1);
  });
}

function createNode(layer: number, { width, height }: Size): Node {
  return { width, height, layer, before: [], after: [], order: 0, x: 0 };
}

/** The nodes from box to box, with one in every layer between them; empty if the link would go backwards. */
function createRoute(from: Node | undefined, to: Node | undefined, nodes: Node[]): readonly Node[] {
  if (!from || !to || from.layer >= to.layer) return [];
  const route = [from];
  for (let layer = from.layer + 1; layer < to.layer; layer++) {
    const node = createNode(layer, { width: laneWidth, height: 0 });
    nodes.push(node);
    route.push(node);
  }
  route.push(to);
  for (const [index, node] of route.entries()) {
    const next = route[index + 1];
    if (!next) break;
    node.after.push(next);
    next.before.push(node);
  }
  return route;
}

function updateOrder(row: readonly Node[]): void {
  for (const [index, node] of row.entries()) node.order = index;
}

/** Sorts each layer by the mean order of its neighbors, alternating down and up, and keeps the order with the fewest crossings. */
function reduceCrossings(rows: readonly Node[][]): void {
  let fewest = countCrossings(rows);
  let best = rows.map((row) => [...row]);
  for (let sweep = 0; sweep < sweeps && fewest > 0; sweep++) {
    const side = sweep % 2 === 0 ? 'before' : 'after';
    for (const row of side === 'before' ? rows : [...rows].reverse()) {
      const meanOrder = new Map(row.map((node) => [node, mean(node[side], 'order') ?? node.order]));
      row.sort((a, b) => (meanOrder.get(a) ?? 0) - (meanOrder.get(b) ?? 0));
      updateOrder(row);
    }
    const current = countCrossings(rows);
    if (current >= fewest) continue;
    fewest = current;
    best = rows.map((row) => [...row]);
  }
  for (const [index, row] of best.entries()) {
    rows[index]?.splice(0, row.length, ...row);
    updateOrder(row);
  }
}

function countCrossings(rows: readonly (readonly Node[])[]): number {
  let found = 0;
  for (const row of rows) {
    const ends = row.flatMap(({ order, after }) => after.map((next) => [order, next.order]));
    for (const [index, [a = 0, b = 0]] of ends.entries())
      found += ends.slice(index + 1).filter(([c = 0, d = 0]) => (a - c) * (b - d) < 0).length;
  }
  return found;
}

function mean(nodes: readonly Node[], what: 'order' | 'x'): number | undefined {
  return nodes.length === 0
    ? undefined
    : nodes.reduce((sum, node) => sum + node[what], 0) / nodes.length;
}

/** Moves each node to the mean position of its neighbors, as far as the nodes next to it allow. */
function assignPositions(rows: readonly (readonly Node[])[]): void {
  for (const row of rows) placeRow(row, () => 0);
  for (let sweep = 0; sweep < sweeps; sweep++) {
    const side = sweep % 2 === 0 ? 'before' : 'after';
    for (const row of side === 'before' ? rows : [...rows].reverse())
      placeRow(row, (node) => mean(node[side], 'x') ?? node.x);
  }
  for (const row of rows) placeRow(row, (node) => mean([...node.before, ...node.after], 'x') ?? 0);
}

/** Positions in order with the least squared distance from the preferred ones; nodes that would overlap move as a group. */
function placeRow(row: readonly Node[], preferred: (node: Node) => number): void {
  const groups: { from: number; count: number; at: number }[] = [];
  const offsets: number[] = [];
  for (const [index, node] of row.entries()) {
    const left = row[index - 1];
    const distance = left ? (left.width + node.width) / 2 + gap.boxes : 0;
    offsets.push((offsets[index - 1] ?? 0) + distance);
  }
  for (const [index, node] of row.entries()) {
    let group = { from: index, count: 1, at: preferred(node) - (offsets[index] ?? 0) };
    for (let last = groups.at(-1); last && last.at >= group.at; last = groups.at(-1)) {
      groups.pop();
      const count = last.count + group.count;
      const at = (last.at * last.count + group.at * group.count) / count;
      group = { from: last.from, count, at };
    }
    groups.push(group);
  }
  for (const { from, count, at } of groups) {
    for (let index = from; index < from + count; index++) {
      const node = row[index];
      if (node) node.x = at + (offsets[index] ?? 0);
    }
  }
}

function toLayout(
  count: number,
  nodes: readonly Node[],
  routes: readonly (readonly Node[])[],
  rows: readonly (readonly Node[])[],
): Layout {
  const left = Math.min(...nodes.map(({ x, width }) => x - width / 2), 0);
  const heights = rows.map((row) => Math.max(0, ...row.map(({ height }) => height)));
  const tops: number[] = [];
  for (const [index] of heights.entries())
    tops.push(index === 0 ? 0 : (tops[index - 1] ?? 0) + (heights[index - 1] ?? 0) + gap.layers);
  const topOf = ({ layer }: Node) => tops[layer] ?? 0;
  const bottomOf = ({ layer }: Node) => (tops[layer] ?? 0) + (heights[layer] ?? 0);
  const boxes = nodes
    .slice(0, count)
    .map((node) => ({ x: node.x - left - node.width / 2, y: topOf(node) }));
  const links = routes.map((route) =>
    route.flatMap((node, index) => {
      const x = node.x - left;
      if (index === 0) {
        const end = topOf(node) + node.height;
        const leaving = x + portOffset(node.after, route[1], node.width);
        return [
          { x: leaving, y: end },
          { x: leaving, y: bottomOf(node) },
        ];
      }
      if (index === route.length - 1)
        return [{ x: x + portOffset(node.before, route[index - 1], node.width), y: topOf(node) }];
      return [
        { x, y: topOf(node) },
        { x, y: bottomOf(node) },
      ];
    }),
  );
  return {
    width: Math.max(0, ...nodes.map(({ x, width }) => x - left + width / 2)),
    height: (tops.at(-1) ?? 0) + (heights.at(-1) ?? 0),
    boxes,
    links,
  };
}

/** The offset of a link at the edge of a box: links are placed side by side, in the order of their other ends. */
function portOffset(all: readonly Node[], one: Node | undefined, width: number): number {
  const others = [...new Set(all)].sort((a, b) => a.x - b.x);
  const index = one ? others.indexOf(one) : 0;
  const distance = Math.min(24, (width * 0.6) / Math.max(1, others.length));
  return (index - (others.length - 1) / 2) * distance;
}

function transposeSize({ width, height }: Size): Size {
  return { width: height, height: width };
}

function transpose({ width, height, boxes, links }: Layout): Layout {
  const turn = ({ x, y }: Point): Point => ({ x: y, y: x });
  return {
    width: height,
    height: width,
    boxes: boxes.map(turn),
    links: links.map((points) => points.map(turn)),
  };
}
