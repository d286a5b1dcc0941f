/** Line charts as SVG. Their values are also shown as text next to them. */
import type { Point, Scale } from '../../src/stats/page.ts';
import { svg } from '../svg.ts';

/** Milliseconds without a measurement after which the line is interrupted. */
const gap = 5_000;

/** A chart that can be updated. */
export class Chart {
  readonly node: SVGSVGElement;
  readonly #line: SVGPathElement;
  readonly #area: SVGPathElement;
  readonly #width: number;
  readonly #height: number;

  constructor(width: number, height: number, className: string) {
    this.#width = width;
    this.#height = height;
    this.node = svg('svg', {
      viewBox: `0 0 ${width} ${height}`,
      preserveAspectRatio: 'none',
      class: `chart ${className}`,
      'aria-hidden': 'true',
    });
    this.#area = svg('path', { class: 'area' });
    this.#line = svg('path', { class: 'line' });
    this.node.append(this.#area, this.#line);
  }

  /** Draws the points from `now - span` to `now`; `index` is the index of the value in a point. */
  draw(
    points: readonly Point[],
    index: number,
    { now, span, scale }: { readonly now: number; readonly span: number; readonly scale: Scale },
  ): void {
    const begin = now - span;
    const place = (at: number, value: number): string => {
      const x = ((at - begin) / span) * this.#width;
      // Keeps the width of the line inside the chart.
      const y = this.#height - 1 - (value / scale.top) * (this.#height - 2);
      return `${x.toFixed(1)} ${y.toFixed(1)}`;
    };
    const lines = segments(points, index, begin).map((segment) => ({
      path: segment.map(({ at, value }) => place(at, value)),
      from: place(segment[0]?.at ?? 0, 0),
      to: place(segment.at(-1)?.at ?? 0, 0),
    }));
    this.#line.setAttribute('d', lines.map(({ path }) => `M${path.join('L')}`).join(''));
    this.#area.setAttribute(
      'd',
      lines.map(({ path, from, to }) => `M${from}L${path.join('L')}L${to}Z`).join(''),
    );
  }
}

interface ChartPoint {
  readonly at: number;
  readonly value: number;
}

/** Splits the points at gaps. The last point before `begin` is kept, so that the line starts at the edge. */
function segments(points: readonly Point[], index: number, begin: number): readonly ChartPoint[][] {
  const found: ChartPoint[][] = [];
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
