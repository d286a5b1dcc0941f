/**
 * Places boxes in layers, each below all that it takes from, with few crossings and short ways: layers by the longest
 * way, their order by the middle of neighbours, their places by what is nearest to neighbours without an overlap.
 */

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Places among the boxes; `from` is drawn before `to`. */
export interface Link {
  readonly from: number;
  readonly to: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Layout extends Size {
  /** The upper left corner of each box. */
  readonly boxes: readonly Point[];
  /** For each link the points that it goes through, from the edge of one box to that of the other. */
  readonly links: readonly (readonly Point[])[];
}

export type Direction = 'down' | 'right';

/** Between boxes of a layer, and between layers. */
const gap = { boxes: 24, layers: 56 };
/** What a link takes where it passes a layer. */
const lane = 8;
const sweeps = 12;

/** A box, or the place where a link passes a layer. */
interface Spot {
  readonly width: number;
  readonly height: number;
  readonly layer: number;
  readonly before: Spot[];
  readonly after: Spot[];
  /** Place in its layer. */
  order: number;
  /** Of its middle. */
  x: number;
}

/** The same picture for the same boxes and links. */
export function layout(
  sizes: readonly Size[],
  links: readonly Link[],
  direction: Direction = 'down',
): Layout {
  if (direction === 'right') return turned(layout(sizes.map(turnedSize), links));
  const layers = layersOf(sizes.length, links);
  const spots = sizes.map((size, index) => spotAt(layers[index] ?? 0, size));
  const ways = links.map(({ from, to }) => wayOf(spots[from], spots[to], spots));
  const rows = Array.from({ length: Math.max(-1, ...layers) + 1 }, (): Spot[] => []);
  for (const spot of spots) rows[spot.layer]?.push(spot);
  for (const row of rows) number(row);
  untangle(rows);
  spread(rows);
  return drawn(sizes.length, spots, ways, rows);
}

/** How many links are on the longest way to each box; what has nothing before it stands near to what follows. */
function layersOf(count: number, links: readonly Link[]): readonly number[] {
  const layers: number[] = [];
  const open = new Set<number>();
  const visit = (box: number): number => {
    const known = layers[box];
    if (known !== undefined) return known;
    // A circle is no way for a build; it must not be one without end here.
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

function spotAt(layer: number, { width, height }: Size): Spot {
  return { width, height, layer, before: [], after: [], order: 0, x: 0 };
}

/** From box to box, through a spot in every layer between them; empty where it would lead back. */
function wayOf(from: Spot | undefined, to: Spot | undefined, spots: Spot[]): readonly Spot[] {
  if (!from || !to || from.layer >= to.layer) return [];
  const way = [from];
  for (let layer = from.layer + 1; layer < to.layer; layer++) {
    const spot = spotAt(layer, { width: lane, height: 0 });
    spots.push(spot);
    way.push(spot);
  }
  way.push(to);
  for (const [index, spot] of way.entries()) {
    const next = way[index + 1];
    if (!next) break;
    spot.after.push(next);
    next.before.push(spot);
  }
  return way;
}

function number(row: readonly Spot[]): void {
  for (const [index, spot] of row.entries()) spot.order = index;
}

/** Puts each layer in the order of its neighbours' middle, down and up in turn, and keeps the best. */
function untangle(rows: readonly Spot[][]): void {
  let fewest = crossings(rows);
  let best = rows.map((row) => [...row]);
  for (let sweep = 0; sweep < sweeps && fewest > 0; sweep++) {
    const side = sweep % 2 === 0 ? 'before' : 'after';
    for (const row of side === 'before' ? rows : [...rows].reverse()) {
      const middle = new Map(row.map((spot) => [spot, mean(spot[side], 'order') ?? spot.order]));
      row.sort((a, b) => (middle.get(a) ?? 0) - (middle.get(b) ?? 0));
      number(row);
    }
    const now = crossings(rows);
    if (now >= fewest) continue;
    fewest = now;
    best = rows.map((row) => [...row]);
  }
  for (const [index, row] of best.entries()) {
    rows[index]?.splice(0, row.length, ...row);
    number(row);
  }
}

function crossings(rows: readonly (readonly Spot[])[]): number {
  let found = 0;
  for (const row of rows) {
    const ends = row.flatMap(({ order, after }) => after.map((next) => [order, next.order]));
    for (const [index, [a = 0, b = 0]] of ends.entries())
      found += ends.slice(index + 1).filter(([c = 0, d = 0]) => (a - c) * (b - d) < 0).length;
  }
  return found;
}

function mean(spots: readonly Spot[], what: 'order' | 'x'): number | undefined {
  return spots.length === 0
    ? undefined
    : spots.reduce((sum, spot) => sum + spot[what], 0) / spots.length;
}

/** Moves each spot to the middle of its neighbours, as near as those beside it allow. */
function spread(rows: readonly (readonly Spot[])[]): void {
  for (const row of rows) place(row, () => 0);
  for (let sweep = 0; sweep < sweeps; sweep++) {
    const side = sweep % 2 === 0 ? 'before' : 'after';
    for (const row of side === 'before' ? rows : [...rows].reverse())
      place(row, (spot) => mean(spot[side], 'x') ?? spot.x);
  }
  for (const row of rows) place(row, (spot) => mean([...spot.before, ...spot.after], 'x') ?? 0);
}

/** The places in order that are least far from those wished for, by the squares: neighbours that would overlap move as one. */
function place(row: readonly Spot[], wish: (spot: Spot) => number): void {
  const groups: { from: number; count: number; at: number }[] = [];
  const offsets: number[] = [];
  for (const [index, spot] of row.entries()) {
    const left = row[index - 1];
    const apart = left ? (left.width + spot.width) / 2 + gap.boxes : 0;
    offsets.push((offsets[index - 1] ?? 0) + apart);
  }
  for (const [index, spot] of row.entries()) {
    let group = { from: index, count: 1, at: wish(spot) - (offsets[index] ?? 0) };
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
      const spot = row[index];
      if (spot) spot.x = at + (offsets[index] ?? 0);
    }
  }
}

function drawn(
  count: number,
  spots: readonly Spot[],
  ways: readonly (readonly Spot[])[],
  rows: readonly (readonly Spot[])[],
): Layout {
  const left = Math.min(...spots.map(({ x, width }) => x - width / 2), 0);
  const heights = rows.map((row) => Math.max(0, ...row.map(({ height }) => height)));
  const tops: number[] = [];
  for (const [index] of heights.entries())
    tops.push(index === 0 ? 0 : (tops[index - 1] ?? 0) + (heights[index - 1] ?? 0) + gap.layers);
  const topOf = ({ layer }: Spot) => tops[layer] ?? 0;
  const floorOf = ({ layer }: Spot) => (tops[layer] ?? 0) + (heights[layer] ?? 0);
  const boxes = spots
    .slice(0, count)
    .map((spot) => ({ x: spot.x - left - spot.width / 2, y: topOf(spot) }));
  const links = ways.map((way) =>
    way.flatMap((spot, index) => {
      const x = spot.x - left;
      if (index === 0) {
        const end = topOf(spot) + spot.height;
        const leaving = x + port(spot.after, way[1], spot.width);
        return [
          { x: leaving, y: end },
          { x: leaving, y: floorOf(spot) },
        ];
      }
      if (index === way.length - 1)
        return [{ x: x + port(spot.before, way[index - 1], spot.width), y: topOf(spot) }];
      return [
        { x, y: topOf(spot) },
        { x, y: floorOf(spot) },
      ];
    }),
  );
  return {
    width: Math.max(0, ...spots.map(({ x, width }) => x - left + width / 2)),
    height: (tops.at(-1) ?? 0) + (heights.at(-1) ?? 0),
    boxes,
    links,
  };
}

/** Links that meet at an edge stand side by side there, in the order of where they come from. */
function port(all: readonly Spot[], one: Spot | undefined, width: number): number {
  const others = [...new Set(all)].sort((a, b) => a.x - b.x);
  const index = one ? others.indexOf(one) : 0;
  const apart = Math.min(24, (width * 0.6) / Math.max(1, others.length));
  return (index - (others.length - 1) / 2) * apart;
}

function turnedSize({ width, height }: Size): Size {
  return { width: height, height: width };
}

function turned({ width, height, boxes, links }: Layout): Layout {
  const turn = ({ x, y }: Point): Point => ({ x: y, y: x });
  return {
    width: height,
    height: width,
    boxes: boxes.map(turn),
    links: links.map((points) => points.map(turn)),
  };
}
