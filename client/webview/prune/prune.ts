/** Draws what is unused, and what is chosen of it. All texts arrive as data and are shown as text. */
import type { FromPrune, PruneTexts, ResultLine, ToPrune } from '../../src/prune/page.ts';
import { icon, iconButton, labelButton } from '../design/icons.ts';
import { element } from '../elements.ts';
import { showPage, startPage } from '../page-start.ts';
import { Filters } from './filters.ts';
import { PruneTable } from './table.ts';
import './prune.css';

/** State that is kept while the page is hidden. */
interface SavedState {
  /** The groups that are collapsed. */
  readonly collapsed?: readonly string[];
  readonly scroll?: number;
}

declare function acquireVsCodeApi(): {
  postMessage(message: FromPrune): void;
  getState(): SavedState | undefined;
  setState(state: SavedState): void;
};

const vscode = acquireVsCodeApi();
const root = document.querySelector('main') ?? document.body;
startPage<ToPrune>(
  (message) => vscode.postMessage(message),
  (first) => new Page(first),
);

type Chosen = Extract<ToPrune, { kind: 'chosen' }>;
type Rows = Extract<ToPrune, { kind: 'rows' }>;

const resultIcons = {
  good: { name: 'pass', color: 'green' },
  error: { name: 'error', color: 'red' },
  info: { name: 'info', color: 'blue' },
} as const;

class Page {
  readonly #texts: PruneTexts;
  readonly #facts = element('div', { className: 'facts' });
  readonly #error = element('div', { className: 'in' });
  readonly #result = element('div', { className: 'in' });
  readonly #empty = element('p', { className: 'muted', hidden: true });
  readonly #busy = element('p', { className: 'muted' });
  readonly #filters: Filters;
  readonly #table: PruneTable;
  readonly #scroll: HTMLElement;
  readonly #frees = element('b');
  readonly #detail = element('span', { className: 'muted' });
  readonly #prune: HTMLButtonElement;
  readonly #copy: HTMLButtonElement;
  readonly #foot = element('div', { className: 'in' });
  readonly #summary: HTMLElement;
  readonly #running = element('div', { className: 'in running', hidden: true });
  readonly #progressText = element('span', { className: 'grow cut' });
  readonly #bar = element('progress', { max: 1 });
  #measurement = 0;

  constructor({ title, texts, search, age, words }: Extract<ToPrune, { kind: 'show' }>) {
    this.#texts = texts;
    this.#filters = new Filters(texts, { search, age, words }, (filter) =>
      vscode.postMessage({ kind: 'filter', ...filter }),
    );
    this.#table = new PruneTable(texts, vscode.getState()?.collapsed ?? [], {
      select: (keys, on) =>
        vscode.postMessage({ kind: 'select', measurement: this.#measurement, keys, on }),
      sort: (by) => vscode.postMessage({ kind: 'sort', by }),
      act: () => vscode.postMessage({ kind: 'export' }),
      collapsed: () => this.#save(),
    });
    this.#prune = labelButton('', 'primary', () => this.#start());
    this.#copy = labelButton(texts.copy, 'quiet', () => vscode.postMessage({ kind: 'copy' }), 'copy'); // prettier-ignore
    this.#summary = element('span', { className: 'sum grow' }, this.#frees, this.#detail);
    this.#summary.setAttribute('role', 'status');
    this.#foot.append(this.#summary, this.#copy, this.#prune);
    const cancel = labelButton(texts.cancel, 'secondary', () => vscode.postMessage({ kind: 'cancel' })); // prettier-ignore
    this.#bar.setAttribute('aria-label', title);
    this.#running.append(this.#progressText, this.#bar, cancel);
    this.#error.setAttribute('role', 'status');
    this.#result.setAttribute('role', 'status');
    this.#busy.setAttribute('role', 'status');
    const measure = iconButton('refresh', texts.measure, () => vscode.postMessage({ kind: 'measure' })); // prettier-ignore
    this.#scroll = element(
      'div',
      { className: 'scroll' },
      this.#error,
      this.#result,
      element('div', { className: 'in' }, this.#busy, this.#table.element, this.#empty),
    );
    this.#scroll.addEventListener('scroll', () => this.#save());
    showPage(root, {
      title,
      facts: this.#facts,
      actions: [measure],
      below: [
        this.#filters.element,
        this.#scroll,
        element('div', { className: 'foot' }, this.#foot, this.#running),
      ],
    });
    this.#foot.hidden = true;
    document.addEventListener('keydown', (event) => this.#onKey(event), true);
  }

  onMessage(message: Exclude<ToPrune, { kind: 'show' }>): void {
    switch (message.kind) {
      case 'rows':
        this.#showRows(message);
        break;
      case 'chosen':
        this.#showChosen(message);
        break;
      case 'measuring':
        this.#busy.replaceChildren(
          icon('loading', { spins: true }),
          document.createTextNode(` ${message.text}`),
        );
        this.#busy.hidden = false;
        break;
      case 'progress':
        this.#setRunning(true);
        this.#progressText.textContent = message.text;
        this.#bar.value = message.fraction;
        break;
      case 'result':
        this.#showResult(message.lines);
        break;
      case 'error':
        this.#showError(message.message);
    }
  }

  #start(): void {
    vscode.postMessage({ kind: 'prune', measurement: this.#measurement });
  }

  #setRunning(isRunning: boolean): void {
    const hadFocus = this.#foot.contains(document.activeElement);
    this.#foot.hidden = isRunning;
    this.#running.hidden = !isRunning;
    this.#scroll.inert = isRunning;
    if (hadFocus && isRunning) this.#running.querySelector('button')?.focus();
  }

  #showRows({ measurement, facts, groups, named, sort, filterError, empty }: Rows): void {
    const isFirst = this.#measurement === 0;
    this.#measurement = measurement;
    this.#busy.hidden = true;
    this.#setRunning(false);
    const separator = (at: number): string => (at < facts.length - 1 ? ' ·' : '');
    this.#facts.replaceChildren(
      ...facts.map((fact, at) => element('span', { textContent: `${fact}${separator(at)}` })),
    );
    this.#filters.showError(filterError);
    this.#table.show(groups, sort, named);
    if (named !== undefined) this.#save();
    this.#table.element.hidden = groups.length === 0;
    this.#empty.textContent = empty;
    this.#empty.hidden = empty === '';
    if (isFirst) this.#scroll.scrollTop = vscode.getState()?.scroll ?? 0;
  }

  #showChosen(chosen: Chosen): void {
    this.#table.choose(chosen);
    this.#frees.textContent = chosen.frees;
    this.#detail.textContent = ` ${chosen.detail}`;
    this.#prune.textContent = chosen.button;
    this.#prune.disabled = !chosen.canPrune;
    this.#copy.disabled = !chosen.canPrune;
  }

  #showResult(lines: readonly ResultLine[]): void {
    const level = lines.some((line) => line.level === 'error') ? 'warning' : 'info';
    const rows = lines.map(({ level: own, text }) => {
      const { name, color } = resultIcons[own];
      return element('div', { className: 'line' }, icon(name, { color }), element('span', { textContent: text })); // prettier-ignore
    });
    const box = element('div', { className: `msg ${level} result` }, ...rows);
    this.#result.replaceChildren(...(lines.length === 0 ? [] : [box]));
    if (lines.length > 0) this.#scroll.scrollTop = 0;
  }

  #showError(message: string): void {
    if (message !== '') {
      this.#busy.hidden = true;
      this.#setRunning(false);
    }
    const retry = labelButton(this.#texts.retry, 'link', () => vscode.postMessage({ kind: 'measure' })); // prettier-ignore
    const box = element(
      'div',
      { className: 'msg error' },
      icon('error', { color: 'red' }),
      element('span', { textContent: message }),
      element('div', { className: 'acts' }, retry),
    );
    this.#error.replaceChildren(...(message === '' ? [] : [box]));
  }

  #onKey(event: KeyboardEvent): void {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
    if (event.key.toLowerCase() === 'f') this.#filters.focus();
    else if (event.key === 'Enter' && !this.#foot.hidden && !this.#prune.disabled) this.#start();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  #save(): void {
    vscode.setState({ collapsed: this.#table.collapsed, scroll: this.#scroll.scrollTop });
  }
}
