/** Draws what containers take. All texts arrive as data and are shown as text. */
import type { ColumnId, FromStats, StatsRow, StatsTexts, ToStats } from '../../src/stats/page.ts';
import { button, element } from '../elements.ts';
import { RowView, type Times } from './stats-row.ts';
import './stats.css';

/** What outlives the page while another one stands in its place. */
interface Kept {
  readonly sort?: { readonly by: ColumnId; readonly down: boolean };
  readonly open?: readonly string[];
}

declare function acquireVsCodeApi(): {
  postMessage(message: FromStats): void;
  getState(): Kept | undefined;
  setState(state: Kept): void;
};

const vscode = acquireVsCodeApi();
const root = document.querySelector('main') ?? document.body;
let page: Page | undefined;

window.addEventListener('message', ({ data }: MessageEvent<ToStats>) => {
  if (data.kind === 'show') page = new Page(data);
  else page?.heard(data);
});
document.addEventListener('visibilitychange', () =>
  vscode.postMessage({ kind: 'seen', seen: !document.hidden }),
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
  readonly #trouble = element('p', { className: 'status error', role: 'status' });
  readonly #empty: HTMLElement;
  readonly #pause: HTMLButtonElement;
  readonly #heads = new Map<ColumnId, HTMLTableCellElement>();
  #paused = false;
  #sort: NonNullable<Kept['sort']>;
  readonly #open: Set<string>;
  /** Whether the first row is opened as soon as there is one. */
  #openFirst: boolean;

  constructor({ texts, span, shortSpan, open }: Shown) {
    this.#texts = texts;
    this.#times = { now: 0, span, shortSpan };
    const kept = vscode.getState();
    this.#sort = kept?.sort ?? { by: 'name', down: false };
    this.#open = new Set(kept?.open);
    this.#openFirst = open && kept?.open === undefined;
    this.#empty = element('p', { textContent: texts.empty, hidden: true });
    this.#pause = button(texts.pause, 'secondary', () =>
      vscode.postMessage({ kind: 'pause', paused: !this.#paused }),
    );
    const bar = element('header', {}, this.#summary, this.#pause);
    root.replaceChildren(
      element('h1', { textContent: texts.title }),
      bar,
      this.#trouble,
      this.#table(),
      this.#empty,
    );
    root.removeAttribute('aria-busy');
    this.#showSort();
  }

  heard(message: Exclude<ToStats, { kind: 'show' }>): void {
    if (message.kind === 'trouble') this.#trouble.textContent = message.message;
    else this.#rows(message);
  }

  #table(): HTMLTableElement {
    const heads = this.#texts.columns.map(({ id, label }) => {
      const sort = element('button', { type: 'button', textContent: label });
      sort.title = this.#texts.sortBy.replace('{0}', label);
      sort.addEventListener('click', () => this.#sortBy(id));
      const head = element('th', { scope: 'col' }, sort);
      head.setAttribute('role', 'columnheader');
      this.#heads.set(id, head);
      return head;
    });
    const row = element('tr', {}, ...heads);
    row.setAttribute('role', 'row');
    const top = element('thead', {}, row);
    const table = element('table', {}, top, this.#body);
    // As blocks, which a narrow page makes of them, they would be no table to a screen reader.
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
    for (const row of rows) this.#viewOf(row).take(row, this.#times.span);
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
      this.#keep();
    });
    this.#views.set(row.id, view);
    if (this.#openFirst) this.#open.add(row.id);
    this.#openFirst = false;
    view.open(this.#open.has(row.id));
    return view;
  }

  #sortBy(by: ColumnId): void {
    const again = this.#sort.by === by;
    // The most comes first, names from A on.
    this.#sort = { by, down: again ? !this.#sort.down : by !== 'name' };
    this.#keep();
    this.#showSort();
    this.#order();
  }

  #showSort(): void {
    for (const [id, head] of this.#heads) {
      if (id !== this.#sort.by) head.removeAttribute('aria-sort');
      else head.setAttribute('aria-sort', this.#sort.down ? 'descending' : 'ascending');
    }
  }

  /** Moves only what stands elsewhere, and leaves the focus where it was. */
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

  #keep(): void {
    vscode.setState({ sort: this.#sort, open: [...this.#open] });
  }
}
