/** The row of a container in the stats table, and its large charts below it. */
import {
  metrics,
  type ColumnId,
  type Metric,
  type Point,
  type StatsRow,
  type StatsTexts,
} from '../../src/stats/page.ts';
import { Chart } from './chart.ts';
import { element } from '../elements.ts';

/** The end of the charts, and their time spans. */
export interface Times {
  readonly now: number;
  readonly span: number;
  readonly shortSpan: number;
}

/** Metrics with a small chart in the table. */
const inTable: readonly Metric[] = ['cpu', 'memory'];

export class RowView {
  readonly nodes: readonly [HTMLTableRowElement, HTMLTableRowElement];
  row: StatsRow;
  readonly #texts: StatsTexts;
  readonly #name: HTMLButtonElement;
  readonly #image = element('span', { className: 'more' });
  readonly #cells = new Map<ColumnId, { readonly text: Text; readonly more: HTMLElement }>();
  readonly #small = new Map<Metric, Chart>();
  readonly #detail: HTMLTableRowElement;
  /** Created when the row is expanded for the first time. */
  #large:
    Map<Metric, { readonly chart: Chart; readonly top: Text; readonly value: Text }> | undefined;
  readonly #points: Point[] = [];

  constructor(row: StatsRow, texts: StatsTexts, onToggle: (open: boolean) => void) {
    this.row = row;
    this.#texts = texts;
    this.#name = element('button', { type: 'button', className: 'name' });
    this.#name.addEventListener('click', () => {
      this.open(!this.isOpen);
      onToggle(this.isOpen);
    });
    const detailId = `detail-${row.id}`;
    this.#name.setAttribute('aria-expanded', 'false');
    this.#name.setAttribute('aria-controls', detailId);
    const first = element('th', { scope: 'row' }, this.#name, this.#image);
    first.setAttribute('role', 'rowheader');
    this.#detail = element('tr', { id: detailId, className: 'detail', hidden: true });
    this.#detail.setAttribute('role', 'row');
    const others = texts.columns.flatMap(({ id, label }) =>
      id === 'name' ? [] : [this.#cell(id, label)],
    );
    const main = element('tr', {}, first, ...others);
    main.setAttribute('role', 'row');
    this.nodes = [main, this.#detail];
  }

  get isOpen(): boolean {
    return !this.#detail.hidden;
  }

  open(open: boolean): void {
    this.#detail.hidden = !open;
    this.#name.setAttribute('aria-expanded', String(open));
    if (open) this.#large ??= this.#largeCharts();
  }

  /** Stores new data; `draw` shows it. */
  update(row: StatsRow, span: number): void {
    this.row = row;
    const firstTime = (row.newPoints.at(-1)?.[0] ?? 0) - span;
    this.#points.push(...row.newPoints);
    // Keeps one point before the span, so that the line starts at the edge.
    while (this.#points.length > 1 && (this.#points[1]?.[0] ?? 0) < firstTime) this.#points.shift();
  }

  draw({ now, span, shortSpan }: Times): void {
    const { name, image, state, cells, scales } = this.row;
    setText(this.#name, name);
    setText(this.#image, state === undefined ? image : `${image} · ${state}`);
    this.nodes[0].classList.toggle('still', state !== undefined);
    for (const [id, { text, more }] of this.#cells) {
      const cell = id === 'name' ? undefined : cells[id];
      const words = cell?.text ?? '–';
      if (text.data !== words) text.data = words;
      setText(more, cell?.detail ?? '');
    }
    for (const [metric, chart] of this.#small) {
      const scale = scales[metric];
      chart.draw(this.#points, metrics.indexOf(metric) + 1, { now, span: shortSpan, scale });
    }
    if (!this.isOpen || this.#large === undefined) return;
    for (const [metric, { chart, top, value }] of this.#large) {
      const scale = scales[metric];
      chart.draw(this.#points, metrics.indexOf(metric) + 1, { now, span, scale });
      top.data = scale.text;
      value.data = cells[metric]?.text ?? '–';
    }
  }

  #cell(id: Exclude<ColumnId, 'name'>, label: string): HTMLTableCellElement {
    const text = document.createTextNode('–');
    const more = element('span', { className: 'more' });
    // Shown when the page is too narrow for columns.
    const title = element('span', { className: 'title', textContent: label });
    title.setAttribute('aria-hidden', 'true');
    const words = element('span', { className: 'value' }, text);
    const cell = element('td', {}, title, words, more);
    cell.setAttribute('role', 'cell');
    this.#cells.set(id, { text, more });
    const metric = inTable.find((one) => one === id);
    if (metric !== undefined) {
      const chart = new Chart(90, 22, metric);
      this.#small.set(metric, chart);
      cell.append(chart.node);
    }
    return cell;
  }

  #largeCharts() {
    const charts = new Map<
      Metric,
      { readonly chart: Chart; readonly top: Text; readonly value: Text }
    >();
    const figures = metrics.map((metric) => {
      const chart = new Chart(400, 90, metric);
      const top = document.createTextNode('');
      const value = document.createTextNode('');
      charts.set(metric, { chart, top, value });
      const label = this.#texts.columns.find(({ id }) => id === metric)?.label ?? metric;
      const axis = element(
        'div',
        { className: 'axis' },
        element('span', { textContent: this.#texts.from }),
        element('span', { textContent: this.#texts.now }),
      );
      const topLabel = element('div', { className: 'top' }, top);
      for (const label of [axis, topLabel]) label.setAttribute('aria-hidden', 'true');
      const heading = element('figcaption', {}, document.createTextNode(`${label} `));
      heading.append(element('strong', {}, value));
      return element('figure', {}, heading, topLabel, chart.node, axis);
    });
    const cell = element('td', { colSpan: this.#texts.columns.length });
    cell.setAttribute('role', 'cell');
    cell.append(element('div', { className: 'figures' }, ...figures));
    this.#detail.replaceChildren(cell);
    return charts;
  }
}

function setText(node: HTMLElement, text: string): void {
  if (node.textContent !== text) node.textContent = text;
}
