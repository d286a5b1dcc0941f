/** The table of layers: sortable, with a row that is selected. */
import {
  figureColumns,
  type FigureColumn,
  type LayerRow,
  type LayersTexts,
  type LayersView,
  type OtherRow,
  type StepRow,
} from '../../src/layers/page.ts';
import { icon } from '../design/icons.ts';
import { element } from '../elements.ts';
import { partNode, type Go } from './sentence.ts';

export type SortColumn = 'number' | FigureColumn;
export interface Sort {
  readonly by: SortColumn;
  readonly down: boolean;
}

export interface TableOptions {
  readonly texts: LayersTexts;
  readonly go: Go;
  readonly onSelect: (layer: number) => void;
  readonly onSort: (sort: Sort) => void;
  readonly onToggleOthers: () => void;
}

export interface TableState {
  readonly sort: Sort;
  readonly selected: number | undefined;
  readonly othersShown: boolean;
}

/** Columns that narrow pages do not have. */
const wide = new Set<FigureColumn>(['time', 'added', 'changed', 'removed']);
const colors: Readonly<Partial<Record<FigureColumn, string>>> = {
  added: 'fa',
  changed: 'fm',
  removed: 'fd',
};

export class LayerTable {
  readonly node: HTMLTableElement;
  readonly #options: TableOptions;
  readonly #heads = new Map<SortColumn, HTMLTableCellElement>();
  readonly #body = element('tbody');
  readonly #foot = element('tfoot');
  readonly #rows = new Map<number, HTMLTableRowElement>();
  /** Layers in the order in which they are shown. */
  #order: readonly number[] = [];
  #selected: number | undefined;

  constructor(options: TableOptions) {
    this.#options = options;
    const { texts } = options;
    const head = element(
      'tr',
      {},
      this.#sortHead('number', texts.number, 'num h'),
      element('th', { scope: 'col', textContent: texts.instruction }),
      element('th', { scope: 'col', className: 'h', textContent: texts.source }),
      ...figureColumns.map((column) =>
        this.#sortHead(column, texts.columns[column], cellClass(column)),
      ),
    );
    this.node = element('table', {}, element('thead', {}, head), this.#body, this.#foot);
    this.node.setAttribute('aria-label', texts.layers);
  }

  /** Draws everything; the focus stays on the row that had it. */
  show(view: LayersView, { sort, selected, othersShown }: TableState): void {
    const focused = this.#focusedLayer();
    this.#selected = selected;
    this.node.classList.toggle('untimed', !view.hasTimes);
    for (const [column, head] of this.#heads) this.#showSort(column, head, sort);
    const layers = [...view.layers].sort((a, b) => compare(a, b, sort));
    this.#order = layers.map(({ layer }) => layer);
    this.#rows.clear();
    const rows = layers.map((row) => this.#layerRow(row));
    this.#body.replaceChildren(...(othersShown ? this.#withOthers(rows, view.others) : rows));
    this.#foot.replaceChildren(this.#sumRow(view, othersShown));
    if (focused !== undefined) this.#rows.get(focused)?.focus({ preventScroll: true });
  }

  /** Marks the row of this layer. */
  select(layer: number): void {
    this.#selected = layer;
    for (const [one, row] of this.#rows) this.#markRow(row, one);
  }

  /** Moves to the row of this layer. */
  reveal(layer: number): void {
    const row = this.#rows.get(layer);
    row?.scrollIntoView({ block: 'nearest' });
    row?.focus();
  }

  #focusedLayer(): number | undefined {
    const found = [...this.#rows].find(([, row]) => row === document.activeElement);
    return found?.[0];
  }

  #sortHead(column: SortColumn, label: string, className: string): HTMLTableCellElement {
    const press = element('button', { type: 'button' }, document.createTextNode(label));
    press.title = this.#options.texts.sortBy.replace('{0}', label);
    const head = element('th', { scope: 'col', className }, press);
    press.addEventListener('click', () => {
      const isDown = head.getAttribute('aria-sort') === 'descending';
      const isSorted = head.hasAttribute('aria-sort');
      this.#options.onSort({ by: column, down: isSorted ? !isDown : column !== 'number' });
    });
    if (column === 'size') head.append(shareBar(undefined));
    this.#heads.set(column, head);
    return head;
  }

  #showSort(column: SortColumn, head: HTMLTableCellElement, { by, down }: Sort): void {
    const button = head.querySelector('button');
    button?.querySelector('.i')?.remove();
    if (column !== by) {
      head.removeAttribute('aria-sort');
      return;
    }
    head.setAttribute('aria-sort', down ? 'descending' : 'ascending');
    button?.append(icon(down ? 'arrow-down' : 'arrow-up'));
  }

  #layerRow(row: LayerRow): HTMLTableRowElement {
    const { layer, figures, share, isBase } = row;
    const created = element(
      'tr',
      { className: isBase ? 'base' : '' },
      element('td', { className: 'num muted h', textContent: String(layer + 1) }),
      ...this.#instructionCells(row),
      ...figureColumns.map((column) => {
        const text = element('span', {
          className: colors[column] ?? '',
          textContent: figures[column]?.text ?? '',
        });
        const cell = element('td', { className: cellClass(column) }, text);
        if (column === 'size') cell.append(shareBar(share));
        return cell;
      }),
    );
    this.#rows.set(layer, created);
    this.#markRow(created, layer);
    created.addEventListener('click', () => this.#choose(layer));
    created.addEventListener('keydown', (event) => this.#onKey(event, layer));
    return created;
  }

  #markRow(row: HTMLTableRowElement, layer: number): void {
    const isSelected = layer === this.#selected;
    row.setAttribute('aria-selected', String(isSelected));
    // Tab reaches the table once; arrow keys move in it.
    row.tabIndex = isSelected || (this.#selected === undefined && layer === 0) ? 0 : -1;
  }

  #instructionCells({ keyword, text, source }: StepRow): readonly HTMLElement[] {
    const words = element(
      'span',
      { className: 't', title: `${keyword} ${text}`.trim() },
      element('b', { textContent: keyword }),
      document.createTextNode(keyword === '' ? text : ` ${text}`),
    );
    const from = element('td', { className: 'h src' });
    if (source !== undefined) from.append(partNode(source, this.#options.go));
    return [element('td', { className: 'ins' }, words), from];
  }

  #withOthers(
    rows: readonly HTMLTableRowElement[],
    others: readonly OtherRow[],
  ): readonly HTMLTableRowElement[] {
    const all: HTMLTableRowElement[] = [];
    const add = (after: number) =>
      others.filter((one) => one.after === after).forEach((one) => all.push(this.#otherRow(one)));
    add(0);
    // The page sorts by number while it shows instructions without a layer.
    this.#order.forEach((layer, at) => {
      const row = rows[at];
      if (row !== undefined) all.push(row);
      add(layer + 1);
    });
    return all;
  }

  #otherRow(row: OtherRow): HTMLTableRowElement {
    const className = row.isBase ? 'other base' : 'other';
    const blanks = figureColumns.map((column) => element('td', { className: cellClass(column) }));
    const cells = this.#instructionCells(row);
    return element('tr', { className }, element('td', { className: 'h' }), ...cells, ...blanks);
  }

  #sumRow({ sum, others }: LayersView, othersShown: boolean): HTMLTableRowElement {
    const { texts, onToggleOthers } = this.#options;
    const label = element('td', { className: 'ins' });
    label.append(element('span', { className: 't', textContent: sum.layers }));
    if (others.length > 0) {
      const text = othersShown ? texts.hideOthers : texts.showOthers;
      const press = element('button', { type: 'button', className: 'btn link', textContent: text });
      press.setAttribute('aria-label', `${text}: ${sum.others}`);
      press.addEventListener('click', onToggleOthers);
      const also = element('span', { className: 'also muted', textContent: `${sum.others} ` });
      also.append(press);
      label.append(' ', also);
    }
    const figures = figureColumns.map((column) => {
      const textContent = sum.figures[column]?.text ?? '';
      const cell = element('td', { className: cellClass(column), textContent });
      if (column === 'size') cell.append(shareBar(undefined));
      return cell;
    });
    const empty = () => element('td', { className: 'h' });
    return element('tr', {}, empty(), label, empty(), ...figures);
  }

  #choose(layer: number): void {
    this.#rows.get(layer)?.focus({ preventScroll: true });
    this.#options.onSelect(layer);
  }

  #onKey(event: KeyboardEvent, layer: number): void {
    const at = this.#order.indexOf(layer);
    const target = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: this.#order.length - 1 }[
      event.key
    ];
    if (event.key === 'Enter' || event.key === ' ') {
      if (event.target !== event.currentTarget) return;
      this.#options.onSelect(layer);
    } else if (target === undefined) return;
    else {
      const next = this.#order[target];
      if (next === undefined) return;
      this.#options.onSelect(next);
      this.#rows.get(next)?.focus();
    }
    event.preventDefault();
  }
}

function cellClass(column: FigureColumn): string {
  return ['num', ...(wide.has(column) ? ['h'] : []), ...(column === 'time' ? ['time'] : [])].join(
    ' ',
  );
}

/** A bar for the size; without a share it only takes the room of one. */
function shareBar(share: number | undefined): HTMLElement {
  const bar = element('span', { className: share === undefined ? 'shr empty' : 'shr' });
  bar.setAttribute('aria-hidden', 'true');
  if (share === undefined) return bar;
  const fill = element('i');
  fill.style.width = `${(share * 100).toFixed(1)}%`;
  bar.append(fill);
  return bar;
}

function compare(a: LayerRow, b: LayerRow, { by, down }: Sort): number {
  const value = (row: LayerRow) => (by === 'number' ? row.layer : (row.figures[by]?.value ?? 0));
  const order = value(a) - value(b);
  return (down ? -order : order) || a.layer - b.layer;
}
