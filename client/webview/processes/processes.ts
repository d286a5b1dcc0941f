/** Draws the processes of a container. All texts arrive as data and are shown as text. */
import type { FromProcesses, ProcessesTexts, ToProcesses } from '../../src/processes/page.ts';
import { icon, labelButton } from '../design/icons.ts';
import { element } from '../elements.ts';
import { showPage, startPage } from '../page-start.ts';
import './processes.css';

/** State that is kept while the page is hidden. */
interface SavedState {
  readonly sort?: Sort;
}

interface Sort {
  /** The title of a column. */
  readonly by: string;
  readonly down: boolean;
}

declare function acquireVsCodeApi(): {
  postMessage(message: FromProcesses): void;
  getState(): SavedState | undefined;
  setState(state: SavedState): void;
};

const vscode = acquireVsCodeApi();
const root = document.querySelector('main') ?? document.body;
startPage<ToProcesses>(
  (message) => vscode.postMessage(message),
  ({ title, texts }) => new Page(title, texts),
);

type Rows = Extract<ToProcesses, { kind: 'rows' }>;

/** Columns that a narrow page shows besides the last one, which is the command. */
const narrowTitles = new Set(['UID', 'USER', 'PID']);

class Page {
  readonly #texts: ProcessesTexts;
  readonly #facts = element('div', { className: 'facts' });
  readonly #error = element('div', { className: 'wrapx' });
  readonly #pause: HTMLButtonElement;
  readonly #head = element('tr');
  readonly #body = element('tbody');
  #paused = false;
  #titles: readonly string[] = [];
  #rows: readonly (readonly string[])[] = [];
  #sort = vscode.getState()?.sort;

  constructor(title: string, texts: ProcessesTexts) {
    this.#texts = texts;
    this.#pause = labelButton(texts.pause, 'secondary', () =>
      vscode.postMessage({ kind: 'pause', paused: !this.#paused }),
    );
    this.#error.setAttribute('role', 'status');
    const table = element('table', {}, element('thead', {}, this.#head), this.#body);
    table.setAttribute('aria-label', texts.table);
    showPage(root, {
      title,
      facts: this.#facts,
      actions: [this.#pause],
      below: [this.#error, element('div', { className: 'wrapx' }, table)],
    });
  }

  onMessage(message: Exclude<ToProcesses, { kind: 'show' }>): void {
    if (message.kind === 'rows') this.#show(message);
    else this.#showError(message.message);
  }

  #showError(message: string): void {
    // A message that is drawn again would be read out again.
    if (message !== '' && this.#error.textContent.endsWith(message)) return;
    const text = element('span', { textContent: message });
    const box = element('div', { className: 'msg error' }, icon('error', { color: 'red' }), text);
    this.#error.replaceChildren(...(message === '' ? [] : [box]));
  }

  #show({ titles, rows, facts, paused }: Rows): void {
    this.#paused = paused;
    const label = paused ? this.#texts.resume : this.#texts.pause;
    const symbol = icon(paused ? 'play' : 'debug-pause');
    this.#pause.replaceChildren(symbol, document.createTextNode(label));
    this.#facts.textContent = facts;
    this.#rows = rows;
    if (titles.join('\n') !== this.#titles.join('\n') || this.#head.childElementCount === 0) {
      this.#titles = titles;
      this.#drawHead();
    }
    this.#drawRows();
  }

  #drawHead(): void {
    const cells = this.#titles.map((title, at) => {
      const arrow = icon(this.#sort?.down === true ? 'arrow-down' : 'arrow-up');
      arrow.hidden = title !== this.#sort?.by;
      const text = document.createTextNode(`${title} `);
      const sort = element('button', { type: 'button' }, text, arrow);
      sort.title = this.#texts.sortBy.replace('{0}', () => title);
      sort.addEventListener('click', () => this.#sortBy(title));
      const cell = element('th', { scope: 'col', className: this.#classOf(at) }, sort);
      if (title === this.#sort?.by)
        cell.setAttribute('aria-sort', this.#sort.down ? 'descending' : 'ascending');
      return cell;
    });
    this.#head.replaceChildren(...cells);
  }

  /** Changes texts in place, so that a selection of text is kept. */
  #drawRows(): void {
    const rows = this.#sorted();
    while (this.#body.childElementCount > rows.length) this.#body.lastChild?.remove();
    for (const [index, row] of rows.entries()) {
      const node = this.#body.children[index] ?? this.#body.appendChild(element('tr'));
      while (node.childElementCount > this.#titles.length) node.lastChild?.remove();
      for (const at of this.#titles.keys()) {
        const cell = node.children[at] ?? node.appendChild(element('td'));
        cell.className = this.#classOf(at);
        const text = row[at] ?? '';
        if (cell.textContent !== text) cell.textContent = text;
      }
    }
  }

  #classOf(at: number): string {
    if (at === this.#titles.length - 1) return 'cmd';
    const isNumber = this.#rows.every((row) => /^[\d.,]+$/.test(row[at] ?? ''));
    const isNarrow = narrowTitles.has(this.#titles[at] ?? '');
    return `${isNumber ? 'num' : ''} ${isNarrow ? '' : 'h'}`.trim();
  }

  #sortBy(title: string): void {
    const { by, down = false } = this.#sort ?? {};
    this.#sort = { by: title, down: by === title && !down };
    vscode.setState({ sort: this.#sort });
    const index = this.#titles.indexOf(title);
    this.#drawHead();
    this.#drawRows();
    // The button that was pressed was replaced.
    this.#head.children[index]?.querySelector('button')?.focus();
  }

  /** In the order of the engine until a column is chosen. */
  #sorted(): readonly (readonly string[])[] {
    const { by, down } = this.#sort ?? { by: undefined, down: false };
    const at = this.#titles.indexOf(by ?? '');
    if (at === -1) return this.#rows;
    const order = (a: readonly string[], b: readonly string[]): number =>
      (a[at] ?? '').localeCompare(b[at] ?? '', undefined, { numeric: true });
    return [...this.#rows].sort((a, b) => (down ? order(b, a) : order(a, b)));
  }
}
