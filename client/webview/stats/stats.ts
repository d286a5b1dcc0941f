/** Draws the stats of containers. All texts arrive as data and are shown as text. */
import type { ColumnId, FromStats, StatsRow, StatsTexts, ToStats } from '../../src/stats/page.ts';
import { icon, icons, labelButton } from '../design/icons.ts';
import { element } from '../elements.ts';
import { showPage, startPage } from '../page-start.ts';
import { CellViews, RowView, type RowFrame } from './stats-row.ts';
import './stats.css';

/** State that is kept while the page is hidden. */
interface SavedState {
  readonly sort?: { readonly by: ColumnId; readonly down: boolean };
  readonly open?: readonly string[];
}

declare function acquireVsCodeApi(): {
  postMessage(message: FromStats): void;
  getState(): SavedState | undefined;
  setState(state: SavedState): void;
};

const vscode = acquireVsCodeApi();
const root = document.querySelector('main') ?? document.body;
startPage<ToStats>(
  (message) => vscode.postMessage(message),
  (first) => new Page(first),
);

type Shown = Extract<ToStats, { kind: 'show' }>;
type Rows = Extract<ToStats, { kind: 'rows' }>;

/** Points of this time are kept, in milliseconds. */
const longestSpan = 5 * 60_000;

class Page {
  readonly #texts: StatsTexts;
  #frame: RowFrame;
  readonly #views = new Map<string, RowView>();
  readonly #body = element('tbody');
  readonly #total = new CellViews();
  readonly #totalName = element('span');
  readonly #foot: HTMLElement;
  readonly #facts = element('div', { className: 'facts' });
  readonly #error = element('div', { className: 'wrapx' });
  readonly #empty: HTMLElement;
  readonly #pause: HTMLButtonElement;
  readonly #headers = new Map<
    ColumnId,
    { readonly cell: HTMLElement; readonly arrow: HTMLElement }
  >();
  #paused = false;
  #sort: NonNullable<SavedState['sort']>;
  readonly #open: Set<string>;
  /** Whether the first row is expanded as soon as it exists. */
  #openFirst: boolean;

  constructor({ title, texts, open }: Shown) {
    this.#texts = texts;
    this.#frame = { times: { now: 0, span: 1 }, from: '', now: texts.now, cpuTop: 1 };
    const saved = vscode.getState();
    this.#sort = saved?.sort ?? { by: 'cpu', down: true };
    this.#open = new Set(saved?.open);
    this.#openFirst = open && saved?.open === undefined;
    this.#empty = element('p', { className: 'muted', textContent: texts.empty, hidden: true });
    this.#pause = labelButton(texts.pause, 'secondary', () =>
      vscode.postMessage({ kind: 'pause', paused: !this.#paused }),
    );
    const all = texts.all === undefined ? [] : [this.#allButton(texts.all)];
    const name = element('th', { scope: 'row' }, this.#totalName);
    const totals = element('tr', {}, name, ...this.#total.nodes);
    this.#foot = element('tfoot', { hidden: true }, totals);
    this.#error.setAttribute('role', 'status');
    showPage(root, {
      title,
      facts: this.#facts,
      actions: [...all, this.#pause],
      below: [this.#error, element('div', { className: 'wrapx' }, this.#table(), this.#empty)],
    });
    this.#showSort();
    this.#body.addEventListener('keydown', (event) => this.#onKey(event));
  }

  onMessage(message: Exclude<ToStats, { kind: 'show' }>): void {
    if (message.kind === 'rows') {
      this.#rows(message);
      return;
    }
    const text = element('span', { textContent: message.message });
    const box = element('div', { className: 'msg error' }, icon('error', { color: 'red' }), text);
    this.#error.replaceChildren(...(message.message === '' ? [] : [box]));
  }

  #allButton(label: string): HTMLButtonElement {
    const created = labelButton('', 'quiet', () => vscode.postMessage({ kind: 'all' }), 'filter');
    created.append(element('span', { className: 'lbl', textContent: label }));
    created.setAttribute('aria-label', label);
    created.title = label;
    return created;
  }

  #table(): HTMLTableElement {
    const headers = this.#texts.columns.map(({ id, label }) => {
      const arrow = icon('arrow-down');
      arrow.hidden = true;
      const text = document.createTextNode(label);
      const sort = element('button', { type: 'button' }, text, document.createTextNode(' '), arrow);
      sort.title = this.#texts.sortBy.replace('{0}', () => label);
      sort.addEventListener('click', () => this.#sortBy(id));
      const isWide = id !== 'name' && id !== 'cpu' && id !== 'memory';
      const className = id === 'name' ? 'nm' : isWide ? 'num h' : 'num';
      const cell = element('th', { scope: 'col', className }, sort);
      this.#headers.set(id, { cell, arrow });
      return cell;
    });
    const top = element('thead', {}, element('tr', {}, ...headers));
    const table = element('table', {}, top, this.#body, this.#foot);
    table.setAttribute('aria-label', this.#texts.table);
    return table;
  }

  #rows(message: Rows): void {
    const { rows, facts, total, now, span, from, cpuTop, paused } = message;
    this.#frame = { times: { now, span }, from, now: this.#texts.now, cpuTop };
    this.#paused = paused;
    const label = paused ? this.#texts.resume : this.#texts.pause;
    const symbol = icon(paused ? 'play' : 'debug-pause');
    this.#pause.replaceChildren(symbol, document.createTextNode(label));
    const separator = (at: number): string => (at < facts.length - 1 ? ' ·' : '');
    this.#facts.replaceChildren(
      ...facts.map((fact, at) => element('span', { textContent: `${fact}${separator(at)}` })),
    );
    this.#empty.hidden = rows.length > 0;
    this.#foot.hidden = total === undefined;
    this.#totalName.textContent = total?.name ?? '';
    this.#total.draw(total?.cells ?? {});
    this.#removeOthers(new Set(rows.map(({ id }) => id)));
    for (const row of rows) this.#viewOf(row).update(row, longestSpan);
    if (!this.#isInUse()) this.#order();
    for (const view of this.#views.values()) view.draw(this.#frame);
  }

  #removeOthers(ids: ReadonlySet<string>): void {
    for (const [id, view] of this.#views) {
      if (ids.has(id)) continue;
      for (const node of view.nodes) node.remove();
      this.#views.delete(id);
    }
  }

  #viewOf(row: StatsRow): RowView {
    const present = this.#views.get(row.id);
    if (present) return present;
    const view = new RowView(row, this.#texts, (open) => {
      view.draw(this.#frame);
      if (open) this.#open.add(row.id);
      else this.#open.delete(row.id);
      if (open) vscode.postMessage({ kind: 'open', id: row.id });
      this.#saveState();
    });
    this.#views.set(row.id, view);
    if (this.#openFirst) this.#open.add(row.id);
    this.#openFirst = false;
    view.open(this.#open.has(row.id));
    if (view.isOpen) vscode.postMessage({ kind: 'open', id: row.id });
    this.#body.append(...view.nodes);
    return view;
  }

  /** Rows must not move while the pointer is on them. */
  #isInUse(): boolean {
    return this.#body.matches(':hover');
  }

  #sortBy(by: ColumnId): void {
    const sameColumn = this.#sort.by === by;
    // Numbers are sorted descending first, names ascending.
    this.#sort = { by, down: sameColumn ? !this.#sort.down : by !== 'name' };
    this.#saveState();
    this.#showSort();
    this.#order();
  }

  #showSort(): void {
    for (const [id, { cell, arrow }] of this.#headers) {
      arrow.hidden = id !== this.#sort.by;
      arrow.textContent = icons[this.#sort.down ? 'arrow-down' : 'arrow-up'];
      if (id !== this.#sort.by) cell.removeAttribute('aria-sort');
      else cell.setAttribute('aria-sort', this.#sort.down ? 'descending' : 'ascending');
    }
  }

  /** Moves only rows whose position changed, and keeps the focus. */
  #order(): void {
    const focused = document.activeElement;
    let next: ChildNode | null = this.#body.firstChild;
    for (const view of this.#sorted()) {
      for (const node of view.nodes) {
        if (node === next) next = node.nextSibling;
        else this.#body.insertBefore(node, next);
      }
    }
    if (focused instanceof HTMLElement && focused !== document.activeElement) focused.focus();
  }

  #sorted(): readonly RowView[] {
    return [...this.#views.values()].sort((a, b) => this.#compare(a.row, b.row));
  }

  #compare(a: StatsRow, b: StatsRow): number {
    const { by, down } = this.#sort;
    const order = (row: StatsRow) => (by === 'name' ? 0 : (row.cells[by]?.order ?? -1));
    const names = a.name.localeCompare(b.name, undefined, { numeric: true });
    if (by === 'name') return down ? -names : names;
    return (down ? order(b) - order(a) : order(a) - order(b)) || names;
  }

  /** Up and Down move between rows, Right and Left expand and collapse. */
  #onKey(event: KeyboardEvent): void {
    const shown = [...this.#body.children].flatMap((node) =>
      [...this.#views.values()].filter((view) => view.nodes[0] === node),
    );
    const at = shown.findIndex(({ button }) => button === document.activeElement);
    const view = shown[at];
    if (view === undefined) return;
    const target = { ArrowDown: shown[at + 1], ArrowUp: shown[at - 1] }[event.key];
    if (target !== undefined) target.button.focus();
    else if (
      (event.key === 'ArrowRight' && !view.isOpen) ||
      (event.key === 'ArrowLeft' && view.isOpen)
    )
      view.button.click();
    else return;
    event.preventDefault();
  }

  #saveState(): void {
    vscode.setState({ sort: this.#sort, open: [...this.#open] });
  }
}
