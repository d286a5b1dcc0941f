import { describe, expect, test } from 'vitest';
import { createRandom } from '../../../test/random.ts';
import { layout, type Layout, type Link, type Size } from './layout.ts';

const box: Size = { width: 100, height: 40 };

function boxes(count: number): readonly Size[] {
  return Array.from({ length: count }, () => box);
}

function overlaps(sizes: readonly Size[], { boxes: places }: Layout): readonly string[] {
  const found: string[] = [];
  for (const [i, a] of places.entries()) {
    for (const [j, b] of places.entries()) {
      const [one, other] = [sizes[i]!, sizes[j]!];
      const beside = a.x + one.width <= b.x + 0.01 || b.x + other.width <= a.x + 0.01;
      const below = a.y + one.height <= b.y + 0.01 || b.y + other.height <= a.y + 0.01;
      if (i < j && !beside && !below) found.push(`${String(i)} ${String(j)}`);
    }
  }
  return found;
}

describe('the layout of stages', () => {
  test('places a chain in one column', () => {
    const { boxes: places, width } = layout(boxes(3), [
      { from: 0, to: 1 },
      { from: 1, to: 2 },
    ]);
    expect(places.map(({ x }) => x)).toEqual([0, 0, 0]);
    expect(places.map(({ y }) => y)).toEqual([0, 96, 192]);
    expect(width).toBe(100);
  });

  test('centers a box above the two boxes that use it', () => {
    const { boxes: places } = layout(boxes(3), [
      { from: 0, to: 1 },
      { from: 0, to: 2 },
    ]);
    expect(places[0]!.x).toBeCloseTo((places[1]!.x + places[2]!.x) / 2);
  });

  test('avoids crossing links', () => {
    const { boxes: places } = layout(boxes(4), [
      { from: 0, to: 3 },
      { from: 1, to: 2 },
    ]);
    expect(places[0]!.x < places[1]!.x).toBe(places[3]!.x < places[2]!.x);
  });

  test('places an image just above the stage that uses it', () => {
    const { boxes: places } = layout(boxes(4), [
      { from: 0, to: 1 },
      { from: 1, to: 2 },
      { from: 3, to: 2 },
    ]);
    expect(places[3]!.y).toBe(places[1]!.y);
  });

  test('routes a long link around the boxes between', () => {
    const links = [
      { from: 0, to: 1 },
      { from: 1, to: 2 },
      { from: 0, to: 2 },
    ];
    const { boxes: places, links: routes } = layout(boxes(3), links);
    const middle = places[1]!;
    const passing = routes[2]!.filter(({ y }) => y >= middle.y && y <= middle.y + 40);
    expect(passing.length).toBe(2);
    for (const { x } of passing) expect(x < middle.x || x > middle.x + 100).toBe(true);
  });

  test('transposes the layout for the direction right', () => {
    const { boxes: places, height } = layout(boxes(2), [{ from: 0, to: 1 }], 'right');
    expect(places).toEqual([
      { x: 0, y: 0 },
      { x: 156, y: 0 },
    ]);
    expect(height).toBe(40);
  });

  test('accepts cycles and self links', () => {
    const links = [
      { from: 0, to: 1 },
      { from: 1, to: 0 },
      { from: 1, to: 1 },
    ];
    expect(layout(boxes(2), links).boxes).toHaveLength(2);
    expect(layout([], []).boxes).toEqual([]);
  });

  const next = createRandom(7);
  test.each(Array.from({ length: 60 }, () => anyGraph(next)))(
    'does not overlap boxes, stays inside its size and directs all links forward',
    ({ sizes, links }) => {
      const made = layout(sizes, links);
      expect(overlaps(sizes, made)).toEqual([]);
      for (const [index, { x, y }] of made.boxes.entries()) {
        expect(x).toBeGreaterThanOrEqual(-0.01);
        expect(y).toBeGreaterThanOrEqual(0);
        expect(x + sizes[index]!.width).toBeLessThanOrEqual(made.width + 0.01);
        expect(y + sizes[index]!.height).toBeLessThanOrEqual(made.height);
      }
      for (const [index, route] of made.links.entries()) {
        const { from, to } = links[index]!;
        expect(route.at(0)!.y).toBe(made.boxes[from]!.y + sizes[from]!.height);
        expect(route.at(-1)!.y).toBe(made.boxes[to]!.y);
        expect(route.map(({ y }) => y)).toEqual(route.map(({ y }) => y).sort((a, b) => a - b));
      }
    },
  );
});

/** Boxes of random size, each using random boxes before it. */
function anyGraph(next: () => number): {
  readonly sizes: readonly Size[];
  readonly links: readonly Link[];
} {
  const sizes = Array.from({ length: 1 + Math.floor(next() * 24) }, () => ({
    width: 60 + Math.floor(next() * 200),
    height: 30 + Math.floor(next() * 120),
  }));
  const all = sizes.flatMap((_, to) => sizes.slice(0, to).map((__, from) => ({ from, to })));
  return { sizes, links: all.filter(() => next() < 2 / sizes.length) };
}
