/** Draws a form of options and sends changes. All texts arrive as data and are shown as text. */
import type {
  FormError,
  FormRow,
  FormState,
  FormValue,
  FromForm,
  ToForm,
} from '../../src/form/page.ts';
import { element } from '../elements.ts';
import { CommandLine, FormFoot } from '../design/command-line.ts';
import { SearchBox } from '../design/search-box.ts';
import { SectionList } from '../design/section-list.ts';
import { SettingsRow } from '../design/settings-row.ts';
import { Changes } from './changes.ts';
import './form.css';

/** What survives while the page is hidden. */
interface Kept {
  readonly search: string;
  readonly changedOnly: boolean;
  readonly scroll: number;
}

declare function acquireVsCodeApi(): {
  postMessage(message: FromForm): void;
  getState(): Kept | undefined;
  setState(state: Kept): void;
};

const vscode = acquireVsCodeApi();
const root = document.querySelector('main') ?? document.body;

class Page {
  readonly #search: SearchBox;
  readonly #sections = new SectionList((id) => this.#showSection(id));
  readonly #list = element('div', { className: 'rows', tabIndex: 0 });
  readonly #line: CommandLine;
  readonly #foot = new FormFoot();
  readonly #facts = element('span', { className: 'muted' });
  readonly #empty = element('p', { className: 'nothing muted', hidden: true });
  readonly #headings = new Map<string, HTMLElement>();
  #rows = new Map<string, SettingsRow>();
  #state: FormState;
  /** The sections and rows that are shown. */
  #order = '';
  readonly #changes = new Changes((message) => vscode.postMessage(message));

  constructor(state: FormState) {
    this.#state = state;
    const { texts, title } = state;
    this.#search = new SearchBox(texts, () => this.#filter());
    this.#line = new CommandLine(texts, {
      typed: (text) => this.#changes.later('line', { kind: 'line', text }),
      copy: () => this.#changes.now({ kind: 'copy' }),
      paste: () => this.#changes.now({ kind: 'paste' }),
      removeKept: (index) => this.#changes.now({ kind: 'removeKept', index }),
      offer: (offer) => this.#changes.now({ kind: 'offer', offer }),
    });
    this.#list.setAttribute('role', 'group');
    this.#list.setAttribute('aria-label', texts.options);
    this.#empty.textContent = texts.nothingFound;
    root.replaceChildren(
      element(
        'div',
        { className: 'app' },
        element(
          'div',
          { className: 'top' },
          element('div', { className: 'line' }, element('h1', { textContent: title }), this.#facts),
          element('div', { className: 'find' }, this.#search.element),
        ),
        element('div', { className: 'body' }, this.#sections.list, this.#sections.menu, this.#list),
        element('div', { className: 'cmd' }, this.#wrapped()),
      ),
    );
    root.removeAttribute('aria-busy');
    this.#list.addEventListener('scroll', () => this.#scrolled(), { passive: true });
    document.addEventListener('keydown', (event) => this.#pressed(event));
    this.show(state, true);
    this.#restore();
    // A command can be pasted at once where something is missing; otherwise an option can be searched, as in VS Code's settings.
    const { errors, missing, line } = state;
    if (missing !== undefined && line.fixed) this.#goTo({ label: '', row: missing });
    else if (missing !== undefined || errors.length > 0) this.#line.focus();
    else this.#search.focus();
  }

  #wrapped(): HTMLElement {
    this.#line.element.append(this.#foot.element);
    return this.#line.element;
  }

  onMessage(message: Exclude<ToForm, { kind: 'state' }>): void {
    switch (message.kind) {
      case 'busy':
        this.#foot.showMessage(message.message, false);
        this.#foot.isBusy = message.message !== '';
        if (message.message === '') this.#showErrors();
        break;
      case 'failed':
        this.#foot.showMessage(message.message, true);
        this.#foot.isBusy = false;
        break;
      case 'showError':
        this.#goTo(this.#state.errors[0]);
    }
  }

  /** A state that does not contain the last change of this page is ignored: another one follows. */
  receive(message: Extract<ToForm, { kind: 'state' }>): void {
    if (message.version >= this.#changes.version) this.show(message.form, message.replaces);
  }

  show(state: FormState, replaces: boolean): void {
    this.#state = state;
    this.#facts.textContent = state.facts.join(' · ');
    this.#drawRows(state, replaces);
    this.#sections.update(
      state.sections.map(({ id, title }) => {
        const own = state.rows.filter(({ section }) => section === id);
        const hasError = own.some(({ marks }) =>
          marks.some(({ severity }) => severity === 'error'),
        );
        return { id, title, hasError, changed: own.filter(({ changed }) => changed).length };
      }),
      state.texts,
    );
    this.#line.update(state.line, replaces);
    this.#foot.showActions(state.actions, (action) => this.#changes.now({ kind: 'do', action }));
    this.#showErrors();
    this.#filter();
    this.#scrolled();
  }

  #showErrors(): void {
    const { errors, errorSummary } = this.#state;
    const labels = errors.map(({ label }) => label);
    this.#foot.showErrors(errorSummary, labels, (index) => this.#goTo(errors[index]));
  }

  #drawRows(state: FormState, replaces: boolean): void {
    const next = new Map<string, SettingsRow>();
    for (const row of state.rows) {
      const before = this.#rows.get(row.id);
      if (before?.fits(row) === true) {
        before.update(row, replaces);
        next.set(row.id, before);
      } else {
        const created = this.#createRow(row);
        before?.element.replaceWith(created.element);
        next.set(row.id, created);
      }
    }
    this.#rows = next;
    const order = JSON.stringify(state.rows.map(({ id, section }) => [section, id]));
    if (order === this.#order) return;
    this.#order = order;
    const focused = document.activeElement;
    this.#arrange(state);
    // An element that is moved loses the focus.
    if (focused instanceof HTMLElement && this.#list.contains(focused)) focused.focus();
  }

  #createRow(row: FormRow): SettingsRow {
    return new SettingsRow(row, this.#state.texts, {
      edit: (id: string, value: FormValue) =>
        this.#changes.later(id, { kind: 'edit', row: id, value }),
      add: (id, texts) => this.#changes.now({ kind: 'add', row: id, texts }),
      browse: (id) => this.#changes.now({ kind: 'browse', row: id }),
      reset: (id) => this.#changes.now({ kind: 'reset', row: id }),
      offer: (offer) => this.#changes.now({ kind: 'offer', offer }),
      follow: (link) => this.#changes.now({ kind: 'link', link }),
    });
  }

  #arrange({ sections, rows }: FormState): void {
    const parts = sections.flatMap(({ id, title }) => {
      const heading = element('h2', { textContent: title });
      this.#headings.set(id, heading);
      const own = rows.filter(({ section }) => section === id);
      return [heading, ...own.flatMap((row) => this.#rows.get(row.id)?.element ?? [])];
    });
    this.#list.replaceChildren(...parts, this.#empty);
  }

  #filter(): void {
    const { text, changedOnly } = this.#search;
    const words = text.split(/\s+/).filter((word) => word !== '');
    const shown = new Set<string>();
    for (const { id, section } of this.#state.rows) {
      const row = this.#rows.get(id);
      const isShown = row?.matches(words, changedOnly) === true;
      if (row !== undefined) row.element.hidden = !isShown;
      if (isShown) shown.add(section);
    }
    for (const [id, heading] of this.#headings) heading.hidden = !shown.has(id);
    this.#empty.hidden = shown.size > 0;
    this.#keep();
  }

  #showSection(id: string): void {
    const heading = this.#headings.get(id);
    if (heading?.hidden === true) {
      this.#search.text = '';
      this.#search.changedOnly = false;
      this.#filter();
    }
    heading?.scrollIntoView({ block: 'start' });
    this.#sections.setCurrent(id);
  }

  /** The current section is the last one that begins above the middle of the upper half. */
  #scrolled(): void {
    const { top, height } = this.#list.getBoundingClientRect();
    const line = top + Math.min(120, height / 4);
    const shown = [...this.#headings].filter(([, heading]) => !heading.hidden);
    const above = shown.filter(([, heading]) => heading.getBoundingClientRect().top <= line);
    const current = above.at(-1) ?? shown[0];
    if (current !== undefined) this.#sections.setCurrent(current[0]);
    this.#keep();
  }

  #goTo(error: FormError | undefined): void {
    if (error?.row === undefined) {
      if (error !== undefined) this.#line.focus();
      return;
    }
    const row = this.#rows.get(error.row);
    if (row?.element.hidden === true) {
      this.#search.text = '';
      this.#search.changedOnly = false;
      this.#filter();
    }
    row?.focus(error.item);
  }

  #pressed(event: KeyboardEvent): void {
    if (!event.ctrlKey && !event.metaKey) return;
    if (event.key === 'Enter') {
      event.preventDefault();
      const primary = this.#state.actions.find((action) => action.primary === true);
      if (primary !== undefined) this.#changes.now({ kind: 'do', action: primary.id });
    } else if (event.key === 'f') {
      event.preventDefault();
      this.#search.focus();
    }
  }

  #keep(): void {
    const { text, changedOnly } = this.#search;
    vscode.setState({ search: text, changedOnly, scroll: this.#list.scrollTop });
  }

  #restore(): void {
    const kept = vscodeState;
    if (kept === undefined) return;
    this.#search.text = kept.search;
    this.#search.changedOnly = kept.changedOnly;
    this.#filter();
    this.#list.scrollTop = kept.scroll;
  }
}

/** Read before the first drawing overwrites it. */
const vscodeState = vscode.getState();
let page: Page | undefined;

window.addEventListener('message', ({ data }: MessageEvent<ToForm>) => {
  if (data.kind !== 'state') page?.onMessage(data);
  else if (page === undefined) page = new Page(data.form);
  else page.receive(data);
});
vscode.postMessage({ kind: 'ready', version: 0 });
