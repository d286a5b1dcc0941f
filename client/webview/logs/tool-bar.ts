/** The bar above a log: follow, what is shown, search, and actions. */
import type { Choice, LogChoices, LogTexts } from '../../src/logs/page.ts';
import { icon, iconButton, labelButton, type IconName } from '../design/icons.ts';
import { element } from '../elements.ts';

export interface ToolBarEvents {
  readonly onChoose: (choices: LogChoices) => void;
  readonly onFollow: () => void;
  readonly onMatch: (back: boolean) => void;
  readonly onSave: () => void;
  readonly onMore: () => void;
}

type Lists = Readonly<Record<'ranges' | 'levels' | 'streams', readonly Choice[]>>;

/** Milliseconds after the last typed character until it is searched. */
const typingDelay = 150;

export class ToolBar {
  readonly node = element('div', { className: 'bar-top' });
  readonly #texts: LogTexts;
  readonly #events: ToolBarEvents;
  readonly #follow: HTMLButtonElement;
  readonly #range: HTMLSelectElement;
  readonly #levels: HTMLSelectElement;
  readonly #stream: HTMLSelectElement;
  readonly #input = element('input', { className: 'input', type: 'text', spellcheck: false });
  readonly #count = element('span', { className: 'cnt', role: 'status' });
  readonly #toggles: readonly (readonly [keyof LogChoices, HTMLButtonElement])[];
  #choices: LogChoices | undefined;
  #timer = 0;

  constructor(texts: LogTexts, lists: Lists, events: ToolBarEvents) {
    this.#texts = texts;
    this.#events = events;
    this.#follow = labelButton('', 'quiet', () => events.onFollow());
    this.#range = this.#select(texts.range, 'range', lists.ranges);
    this.#levels = this.#select(texts.levels, 'levels', lists.levels);
    this.#stream = this.#select(texts.stream, 'stream', lists.streams);
    this.#stream.classList.add('hide-s');
    const toggle = (name: keyof LogChoices, symbol: IconName, label: string) =>
      [name, this.#toggle(name, symbol, label)] as const;
    const inSearch = [
      toggle('matchesCase', 'case-sensitive', texts.matchCase),
      toggle('isExpression', 'regex', texts.useExpression),
      toggle('hidesOthers', 'filter', texts.hideOthers),
    ];
    const others = [
      toggle('wraps', 'word-wrap', texts.wrap),
      toggle('timestamps', 'history', texts.timestamps),
    ];
    this.#toggles = [...inSearch, ...others];
    this.node.setAttribute('role', 'toolbar');
    this.node.setAttribute('aria-label', texts.toolbar);
    const save = iconButton('save', texts.save, () => events.onSave());
    const more = iconButton('ellipsis', texts.more, () => events.onMore());
    this.node.append(
      this.#follow,
      element('span', { className: 'sep' }),
      this.#range,
      this.#levels,
      this.#stream,
      element('span', { className: 'grow' }),
      this.#searchField(inSearch.map(([, button]) => button)),
      element('span', { className: 'acts hide-s' }, ...others.map(([, button]) => button), save),
      more,
    );
  }

  setRanges(ranges: readonly Choice[]): void {
    fill(this.#range, ranges);
  }

  show(choices: LogChoices): void {
    this.#choices = choices;
    this.#range.value = choices.range;
    this.#levels.value = choices.levels;
    this.#stream.value = choices.stream;
    if (document.activeElement !== this.#input) this.#input.value = choices.query;
    for (const [name, button] of this.#toggles) {
      button.classList.toggle('on', choices[name] === true);
      button.setAttribute('aria-pressed', String(choices[name] === true));
    }
  }

  setFollowing(follows: boolean): void {
    const { follow, pause } = this.#texts;
    const label = follows ? pause : follow;
    this.#follow.replaceChildren(icon(follows ? 'debug-pause' : 'play'), document.createTextNode(label)); // prettier-ignore
  }

  setMatches({
    count,
    current,
    isSearching,
  }: {
    readonly count: number | undefined;
    readonly current: number | undefined;
    readonly isSearching: boolean;
  }): void {
    const { matchOf, noMatches, searching } = this.#texts;
    let text = '';
    if (count !== undefined && (count > 0 || !isSearching)) {
      const all = count.toLocaleString();
      const one = current === undefined ? '?' : (current + 1).toLocaleString();
      text = count === 0 ? noMatches : matchOf.replace('{0}', one).replace('{1}', all);
    } else if (isSearching) text = searching;
    if (this.#count.textContent !== text) this.#count.textContent = text;
  }

  setProblem(problem: string | undefined): void {
    this.#input.classList.toggle('bad', problem !== undefined);
    if (problem === undefined) this.#input.removeAttribute('aria-invalid');
    else this.#input.setAttribute('aria-invalid', 'true');
  }

  focus(): void {
    this.#input.focus();
    this.#input.select();
  }

  #searchField(toggles: readonly HTMLElement[]): HTMLElement {
    const { search, previousMatch, nextMatch } = this.#texts;
    this.#input.placeholder = search;
    this.#input.setAttribute('aria-label', search);
    this.#input.addEventListener('input', () => {
      window.clearTimeout(this.#timer);
      this.#timer = window.setTimeout(() => this.#search(), typingDelay);
    });
    this.#input.addEventListener('keydown', (event) => {
      if (event.key === 'Enter') {
        if (this.#choices?.query === this.#input.value) this.#events.onMatch(event.shiftKey);
        else this.#search();
      } else if (event.key === 'Escape' && this.#input.value !== '') {
        this.#input.value = '';
        this.#search();
      } else return;
      event.preventDefault();
    });
    return element(
      'div',
      { className: 'field' },
      icon('search'),
      this.#input,
      element(
        'div',
        { className: 'inside' },
        this.#count,
        iconButton('arrow-up', previousMatch, () => this.#events.onMatch(true)),
        iconButton('arrow-down', nextMatch, () => this.#events.onMatch(false)),
        ...toggles,
      ),
    );
  }

  #search(): void {
    window.clearTimeout(this.#timer);
    this.#choose({ query: this.#input.value });
  }

  #choose(change: Partial<LogChoices>): void {
    if (this.#choices !== undefined) this.#events.onChoose({ ...this.#choices, ...change });
  }

  #toggle(name: keyof LogChoices, symbol: IconName, label: string): HTMLButtonElement {
    return iconButton(symbol, label, () => {
      const query = this.#input.value;
      this.#choose({ query, [name]: this.#choices?.[name] !== true });
    });
  }

  #select(label: string, name: 'range' | 'levels' | 'stream', options: readonly Choice[]) {
    const input = element('select', { className: 'dd', title: label });
    input.setAttribute('aria-label', label);
    fill(input, options);
    input.addEventListener('change', () => this.#choose({ [name]: input.value }));
    return input;
  }
}

function fill(input: HTMLSelectElement, options: readonly Choice[]): void {
  input.replaceChildren(
    ...options.map(({ value, label }) => element('option', { value, textContent: label })),
  );
}
