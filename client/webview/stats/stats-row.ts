/** The row of a container in the stats table, and its large charts below it. */
import {
  valueColumns,
  type Cell,
  type ChartId,
  type Point,
  type RowIcon,
  type StatsRow,
  type StatsTexts,
  type ValueColumn,
} from '../../src/stats/page.ts';
import { icon, icons, type IconName } from '../design/icons.ts';
import { element } from '../elements.ts';
import { Chart } from './chart.ts';
import { LargeChart, setText, type Frame } from './large-chart.ts';

/** What all rows share when they are drawn. */
export interface RowFrame extends Frame {
  /** The upper end of the small CPU charts. */
  readonly cpuTop: number;
}

const iconOf: Readonly<Record<RowIcon, readonly [IconName, string]>> = {
  running: ['circle-filled', 'green'],
  warning: ['circle-filled', 'yellow'],
  paused: ['debug-pause', 'muted'],
  stopped: ['circle-outline', 'muted'],
};

/** Columns that a narrow page leaves out; the expanded row has their values. */
const wideOnly: readonly ValueColumn[] = ['received', 'sent', 'disk', 'processes'];

export class RowView {
  readonly nodes: readonly [HTMLTableRowElement, HTMLTableRowElement];
  readonly button: HTMLButtonElement;
  row: StatsRow;
  readonly #texts: StatsTexts;
  readonly #chevron = icon('chevron-right', { color: 'muted' });
  readonly #state = icon('circle-outline');
  readonly #name = element('b');
  readonly #about = element('span', { className: 'muted small' });
  readonly #cells: CellViews;
  readonly #cpu = new Chart(84, 22, ['cpu']);
  readonly #memory = new Chart(84, 22, ['memory']);
  readonly #charts = element('div', { className: 'charts' });
  /** Created when the row is expanded for the first time. */
  readonly #large = new Map<ChartId, LargeChart>();
  readonly #idle = new Map<ChartId, HTMLElement>();
  readonly #points: Point[] = [];

  constructor(row: StatsRow, texts: StatsTexts, onToggle: (open: boolean) => void) {
    this.row = row;
    this.#texts = texts;
    this.button = element('button', { type: 'button', className: 'tw' }, this.#chevron);
    this.button.setAttribute(
      'aria-label',
      texts.charts.replace('{0}', () => row.name),
    );
    this.button.setAttribute('aria-expanded', 'false');
    this.button.setAttribute('aria-controls', `charts-${row.id}`);
    const toggle = (): void => {
      this.open(!this.isOpen);
      onToggle(this.isOpen);
    };
    this.button.addEventListener('click', toggle);
    const name = element(
      'span',
      { className: 'cut' },
      this.#name,
      document.createTextNode(' '),
      this.#about,
    );
    name.addEventListener('click', toggle);
    const first = element('div', {}, this.button, this.#state, name);
    const head = element('th', { scope: 'row', className: 'nm' }, first);
    this.#cells = new CellViews({ cpu: this.#cpu, memory: this.#memory });
    const main = element('tr', {}, head, ...this.#cells.nodes);
    const cell = element('td', { colSpan: texts.columns.length }, this.#charts);
    const detail = element('tr', { id: `charts-${row.id}`, className: 'x', hidden: true }, cell);
    this.nodes = [main, detail];
  }

  get isOpen(): boolean {
    return !this.nodes[1].hidden;
  }

  open(open: boolean): void {
    this.nodes[1].hidden = !open;
    this.button.setAttribute('aria-expanded', String(open));
    this.#chevron.textContent = icons[open ? 'chevron-down' : 'chevron-right'];
  }

  /** Stores new data; `draw` shows it. */
  update(row: StatsRow, longestSpan: number): void {
    this.row = row;
    const firstTime = (row.newPoints.at(-1)?.[0] ?? 0) - longestSpan;
    this.#points.push(...row.newPoints);
    // Keeps one point before the span, so that the line starts at the edge.
    while (this.#points.length > 1 && (this.#points[1]?.[0] ?? 0) < firstTime) this.#points.shift();
  }

  draw(frame: RowFrame): void {
    const { name, image, state, icon: stateIcon, cells, memoryTop, memoryLimit } = this.row;
    setText(this.#name, name);
    setText(this.#about, state === undefined ? image : `${image} · ${state}`);
    const [symbol, color] = iconOf[stateIcon];
    setText(this.#state, icons[symbol]);
    this.#state.className = `i dot ${color}`;
    this.nodes[0].classList.toggle('rest', state !== undefined && stateIcon !== 'warning');
    this.#cells.draw(cells);
    this.#cpu.draw(this.#points, frame.times, { top: frame.cpuTop });
    this.#memory.draw(this.#points, frame.times, { top: memoryTop, limit: memoryLimit });
    if (this.isOpen) this.#drawLarge(frame);
  }

  /** Charts without activity become sentences below the others. */
  #drawLarge(frame: RowFrame): void {
    const shown: HTMLElement[] = [];
    const idle: HTMLElement[] = [];
    for (const view of this.row.charts) {
      if (view.idle !== undefined) {
        idle.push(this.#idleNode(view.id, view.idle));
        continue;
      }
      const chart = this.#large.get(view.id) ?? new LargeChart(view, this.#texts.now);
      this.#large.set(view.id, chart);
      chart.draw(view, this.#points, this.row.marks, frame);
      shown.push(chart.node);
    }
    const nodes = [...shown, ...idle];
    const isSame = nodes.every((node, at) => this.#charts.children[at] === node);
    if (!isSame || nodes.length !== this.#charts.childElementCount)
      this.#charts.replaceChildren(...nodes);
  }

  #idleNode(id: ChartId, sentence: string): HTMLElement {
    const node =
      this.#idle.get(id) ??
      element(
        'div',
        { className: 'idle small' },
        icon('info', { color: 'muted' }),
        element('span'),
      );
    this.#idle.set(id, node);
    const text = node.lastElementChild;
    if (text instanceof HTMLElement) setText(text, sentence);
    return node;
  }
}

/** The cells of the value columns. */
export class CellViews {
  readonly nodes: readonly HTMLTableCellElement[];
  readonly #texts = new Map<
    ValueColumn,
    { readonly value: HTMLElement; readonly of: HTMLElement }
  >();

  constructor(charts: Readonly<Partial<Record<ValueColumn, Chart>>> = {}) {
    this.nodes = valueColumns.map((column) => this.#cell(column, charts[column]));
  }

  draw(cells: Readonly<Partial<Record<ValueColumn, Cell>>>): void {
    for (const [column, { value, of }] of this.#texts) {
      const cell = cells[column];
      setText(value, cell?.text ?? '–');
      value.classList.toggle('hot', cell?.isHigh === true);
      setText(of, cell?.detail ?? '');
    }
  }

  #cell(column: ValueColumn, chart: Chart | undefined): HTMLTableCellElement {
    const value = element('span', { className: 'v num', textContent: '–' });
    const of = element('span', { className: 'of' });
    this.#texts.set(column, { value, of });
    if (column !== 'cpu' && column !== 'memory')
      return element('td', { className: wideOnly.includes(column) ? 'num h' : 'num' }, value);
    chart?.node.classList.add('sp');
    const parts = [
      ...(chart === undefined ? [] : [chart.node]),
      value,
      ...(column === 'memory' ? [of] : []),
    ];
    return element('td', {}, element('div', { className: 'cell' }, ...parts));
  }
}
