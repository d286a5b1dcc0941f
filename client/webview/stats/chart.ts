/** Lines over time, drawn as SVG. What they show is said in words beside them. */
import type { Point, Scale } from '../../src/stats/page.ts';
import { svg } from '../svg.ts';

/** Without a measurement for so long, in milliseconds, nothing is known in between. */
const gap = 5_000;

/** A drawing that can be brought up to date. */
export class Chart {
  readonly node: SVGSVGElement;
  readonly #line: SVGPathElement;
  readonly #area: SVGPathElement;
  readonly #width: number;
  readonly #height: number;

  constructor(width: number, height: number, look: string) {
    this.#width = width;
    this.#height = height;
    this.node = svg('svg', {
      viewBox: `0 0 ${width} ${height}`,
      preserveAspectRatio: 'none',
      class: `chart ${look}`,
      'aria-hidden': 'true',
    });
    this.#area = svg('path', { class: 'area' });
    this.#line = svg('path', { class: 'line' });
    this.node.append(this.#area, this.#line);
  }

  /** The points from `now - span` to `now`; `index` is the number's place in a point. */
  draw(
    points: readonly Point[],
    index: number,
    { now, span, scale }: { readonly now: number; readonly span: number; readonly scale: Scale },
  ): void {
    const begin = now - span;
    const place = (at: number, value: number): string => {
      const x = ((at - begin) / span) * this.#width;
      // The line's own width stays inside at both ends.
      const y = this.#height - 1 - (value / scale.top) * (this.#height - 2);
      return `${x.toFixed(1)} ${y.toFixed(1)}`;
    };
    const lines = stretches(points, index, begin).map((stretch) => ({
      path: stretch.map(({ at, value }) => place(at, value)),
      from: place(stretch[0]?.at ?? 0, 0),
      to: place(stretch.at(-1)?.at ?? 0, 0),
    }));
    this.#line.setAttribute('d', lines.map(({ path }) => `M${path.join('L')}`).join(''));
    this.#area.setAttribute(
      'd',
      lines.map(({ path, from, to }) => `M${from}L${path.join('L')}L${to}Z`).join(''),
    );
  }
}

interface Spot {
  readonly at: number;
  readonly value: number;
}

/** What follows on itself without a gap. The last point before the begin is kept, so that the line enters at the edge. */
function stretches(points: readonly Point[], index: number, begin: number): readonly Spot[][] {
  const found: Spot[][] = [];
  let last = -Infinity;
  for (const [position, point] of points.entries()) {
    const at = point[0] ?? 0;
    const value = point[index];
    if (value === null || value === undefined || (points[position + 1]?.[0] ?? at) < begin)
      continue;
    if (at - last > gap) found.push([]);
    found.at(-1)?.push({ at, value });
    last = at;
  }
  return found;
}
