/** Line charts as SVG. Their values are also shown as text next to them. */
import { metrics, type Metric, type Point } from '../../src/stats/page.ts';
import { svg } from '../svg.ts';

/** Milliseconds without a measurement after which a line is interrupted. */
const gap = 5_000;

/** What all charts of a page share. */
export interface Times {
  /** The time at the right end. */
  readonly now: number;
  /** Milliseconds. */
  readonly span: number;
}

interface Line {
  readonly index: number;
  readonly line: SVGPathElement;
  readonly area: SVGPathElement | undefined;
}

/** Lines of one scale that can be updated; the first has an area below it. */
export class Chart {
  readonly node: SVGSVGElement;
  readonly #lines: readonly Line[];
  readonly #limit = svg('line', { class: 'limit' });
  readonly #width: number;
  readonly #height: number;

  constructor(width: number, height: number, shown: readonly Metric[]) {
    this.#width = width;
    this.#height = height;
    this.node = svg('svg', {
      viewBox: `0 0 ${width} ${height}`,
      preserveAspectRatio: 'none',
      class: 'lines',
      'aria-hidden': 'true',
    });
    this.#lines = shown.map((metric, at) => ({
      index: metrics.indexOf(metric) + 1,
      line: svg('path', { class: `line ${metric}` }),
      area: at === 0 ? svg('path', { class: `area ${metric}` }) : undefined,
    }));
    for (const { line, area } of this.#lines)
      this.node.append(...(area === undefined ? [] : [area]), line);
  }

  /** Draws the points of the time span; `limit` is a value. */
  draw(
    points: readonly Point[],
    times: Times,
    scale: { top: number; limit?: number | undefined },
  ): void {
    for (const { index, line, area } of this.#lines) {
      const lines = segments(points, index, times.now - times.span).map((segment) => ({
        path: segment.map(({ at, value }) => this.#place(at, value, times, scale.top)),
        from: this.#place(segment[0]?.at ?? 0, 0, times, scale.top),
        to: this.#place(segment.at(-1)?.at ?? 0, 0, times, scale.top),
      }));
      line.setAttribute('d', lines.map(({ path }) => `M${path.join('L')}`).join(''));
      area?.setAttribute(
        'd',
        lines.map(({ path, from, to }) => `M${from}L${path.join('L')}L${to}Z`).join(''),
      );
    }
    this.#drawLimit(scale);
  }

  #drawLimit({ top, limit }: { readonly top: number; readonly limit?: number | undefined }): void {
    if (limit === undefined) {
      this.#limit.remove();
      return;
    }
    const y = this.#y(limit, top).toFixed(1);
    const ends = { x1: '0', x2: String(this.#width), y1: y, y2: y };
    for (const [name, value] of Object.entries(ends)) this.#limit.setAttribute(name, value);
    this.node.append(this.#limit);
  }

  #place(at: number, value: number, { now, span }: Times, top: number): string {
    const x = ((at - (now - span)) / span) * this.#width;
    return `${x.toFixed(1)} ${this.#y(value, top).toFixed(1)}`;
  }

  /** Keeps the width of the line inside the chart. */
  #y(value: number, top: number): number {
    return this.#height - 1 - (Math.min(value, top) / top) * (this.#height - 2);
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
