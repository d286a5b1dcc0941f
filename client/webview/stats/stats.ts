/** Draws the stats of containers. All texts arrive as data and are shown as text. */
import type { ColumnId, FromStats, StatsRow, StatsTexts, ToStats } from '../../src/stats/page.ts';
import { button, element } from '../elements.ts';
import { RowView, type Times } from './stats-row.ts';
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
let page: Page | undefined;

window.addEventListener('message', ({ data }: MessageEvent<ToStats>) => {
  if (data.kind === 'show') page = new Page(data);
  else page?.onMessage(data);
});
document.addEventListener('visibilitychange', () =>
  vscode.postMessage({ kind: 'visibility', visible: !document.hidden }),
);
vscode.postMessage({ kind: 'ready' });

type Shown = Extract<ToStats, { kind: 'show' }>;
type Rows = Extract<ToStats, { kind: 'rows' }>;

class Page {
  readonly #texts: StatsTexts;
  #times: Times;
  readonly #views = new Map<string, RowView>();
  readonly #body = element('tbody');
  readonly #summary = element('p', { className: 'summary' });
  readonly #error = element('p', { className: 'status error', role: 'status' });
  readonly #empty: HTMLElement;
  readonly #pause: HTMLButtonElement;
  readonly #headers = new Map<ColumnId, HTMLTableCellElement>();
  #paused = false;
  #sort: NonNullable<SavedState['sort']>;
  readonly #open: Set<string>;
  /** Whether the first row is expanded as soon as it exists. */
  #openFirst: boolean;

  constructor({ texts, span, shortSpan, open }: Shown) {
    this.#texts = texts;
    this.#times = { now: 0, span, shortSpan };
    const saved = vscode.getState();
    this.#sort = saved?.sort ?? { by: 'name', down: false };
    this.#open = new Set(saved?.open);
    this.#openFirst = open && saved?.open === undefined;
    this.#empty = element('p', { textContent: texts.empty, hidden: true });
    this.#pause = button(texts.pause, 'secondary', () =>
      vscode.postMessage({ kind: 'pause', paused: !this.#paused }),
    );
    const bar = element('header', {}, this.#summary, this.#pause);
    root.replaceChildren(
      element('h1', { textContent: texts.title }),
      bar,
      this.#error,
      this.#table(),
      this.#empty,
    );
    root.removeAttribute('aria-busy');
    this.#showSort();
  }

  onMessage(message: Exclude<ToStats, { kind: 'show' }>): void {
    if (message.kind === 'error') this.#error.textContent = message.message;
    else this.#rows(message);
  }

  #table(): HTMLTableElement {
    const headers = this.#texts.columns.map(({ id, label }) => {
      const sort = element('button', { type: 'button', textContent: label });
      sort.title = this.#texts.sortBy.replace('{0}', label);
      sort.addEventListener('click', () => this.#sortBy(id));
      const head = element('th', { scope: 'col' }, sort);
      head.setAttribute('role', 'columnheader');
      this.#headers.set(id, head);
      return head;
    });
    const row = element('tr', {}, ...headers);
    row.setAttribute('role', 'row');
    const top = element('thead', {}, row);
    const table = element('table', {}, top, this.#body);
    // On a narrow page the table is displayed as blocks; without roles, screen readers would not recognize it.
    table.setAttribute('role', 'table');
    for (const group of [top, this.#body]) group.setAttribute('role', 'rowgroup');
    table.setAttribute('aria-label', this.#texts.title);
    return table;
  }

  #rows({ rows, summary, now, paused }: Rows): void {
    this.#times = { ...this.#times, now };
    this.#paused = paused;
    this.#pause.textContent = paused ? this.#texts.resume : this.#texts.pause;
    this.#summary.textContent = summary;
    this.#empty.hidden = rows.length > 0;
    const ids = new Set(rows.map(({ id }) => id));
    for (const [id, view] of this.#views) {
      if (ids.has(id)) continue;
      for (const node of view.nodes) node.remove();
      this.#views.delete(id);
    }
    for (const row of rows) this.#viewOf(row).update(row, this.#times.span);
    this.#order();
    for (const view of this.#views.values()) view.draw(this.#times);
  }

  #viewOf(row: StatsRow): RowView {
    const present = this.#views.get(row.id);
    if (present) return present;
    const view = new RowView(row, this.#texts, (open) => {
      view.draw(this.#times);
      if (open) this.#open.add(row.id);
      else this.#open.delete(row.id);
      this.#saveState();
    });
    this.#views.set(row.id, view);
    if (this.#openFirst) this.#open.add(row.id);
    this.#openFirst = false;
    view.open(this.#open.has(row.id));
    return view;
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
    for (const [id, head] of this.#headers) {
      if (id !== this.#sort.by) head.removeAttribute('aria-sort');
      else head.setAttribute('aria-sort', this.#sort.down ? 'descending' : 'ascending');
    }
  }

  /** Moves only rows whose position changed, and keeps the focus. */
  #order(): void {
    const focused = document.activeElement;
    let next: ChildNode | null = this.#body.firstChild;
    for (const view of [...this.#views.values()].sort((a, b) => this.#compare(a.row, b.row))) {
      for (const node of view.nodes) {
        if (node === next) next = node.nextSibling;
        else this.#body.insertBefore(node, next);
      }
    }
    if (focused instanceof HTMLElement && focused !== document.activeElement) focused.focus();
  }

  #compare(a: StatsRow, b: StatsRow): number {
    const { by, down } = this.#sort;
    const order = (row: StatsRow) => (by === 'name' ? 0 : (row.cells[by]?.order ?? -1));
    const names = a.name.localeCompare(b.name, undefined, { numeric: true });
    if (by === 'name') return down ? -names : names;
    return (down ? order(b) - order(a) : order(a) - order(b)) || names;
  }

  #saveState(): void {
    vscode.setState({ sort: this.#sort, open: [...this.#open] });
  }
}
