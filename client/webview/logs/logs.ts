/** Draws a log. All texts arrive as data and are shown as text. */
import type { FromLogs, LogChoices, LogState, LogTexts, ToLogs } from '../../src/logs/page.ts';
import { icon, labelButton } from '../design/icons.ts';
import { element } from '../elements.ts';
import { Legend } from './legend.ts';
import { LineList } from './line-list.ts';
import { ToolBar } from './tool-bar.ts';
import './logs.css';

/** State that is kept while the page is hidden; choices and lines are kept by the extension. */
interface SavedState {
  /** The place at the top, if the page does not follow. */
  readonly place?: number;
}

declare function acquireVsCodeApi(): {
  postMessage(message: FromLogs): void;
  getState(): SavedState | undefined;
  setState(state: SavedState): void;
};

const vscode = acquireVsCodeApi();
const root = document.querySelector('main') ?? document.body;
let page: Page | undefined;

function post(message: FromLogs): void {
  vscode.postMessage(message);
}

window.addEventListener('message', ({ data }: MessageEvent<ToLogs>) => {
  if (data.kind === 'show') page = new Page(data);
  else page?.onMessage(data);
});
post({ kind: 'ready' });

type Shown = Extract<ToLogs, { kind: 'show' }>;

class Page {
  readonly #texts: LogTexts;
  readonly #bar: ToolBar;
  readonly #legend: Legend;
  readonly #list: LineList;
  readonly #problem = element('div', { className: 'problem', role: 'status', hidden: true });
  readonly #empty = element('p', { className: 'empty muted', hidden: true });
  readonly #newLines: HTMLButtonElement;
  readonly #newText = document.createTextNode('');
  readonly #mode = element('span', { role: 'status' });
  readonly #size = element('span', { className: 'hide-s' });
  readonly #links = element('span', { className: 'r' });
  #state: LogState | undefined;
  /** The place after the last row when the page was paused, and when that was. */
  #paused: { readonly end: number; readonly at: string } | undefined;
  #match: number | undefined;
  /** A search was typed: the page moves to a match when it is found. */
  #goesToMatch = false;

  constructor({ texts, choices, ...lists }: Shown) {
    this.#texts = texts;
    this.#bar = new ToolBar(texts, lists, {
      onChoose: (changed) => this.#choose(changed),
      onFollow: () => this.#setFollowing(this.#paused !== undefined),
      onMatch: (back) => this.#jump('match', back),
      onSave: () => post({ kind: 'save' }),
      onMore: () => post({ kind: 'more' }),
    });
    this.#legend = new Legend(texts, (source) => post({ kind: 'toggle-source', source }));
    this.#list = new LineList(texts, {
      post,
      onFollow: (follows) => this.#showFollowing(follows),
      onMove: (place) => vscode.setState(place === undefined ? {} : { place }),
    });
    this.#newLines = labelButton('', 'primary', () => this.#setFollowing(true), 'arrow-down');
    this.#newLines.append(this.#newText);
    const button = element('div', { className: 'paused', hidden: true }, this.#newLines);
    this.#list.node.append(this.#empty, button);
    root.replaceChildren(
      this.#bar.node,
      this.#legend.node,
      this.#problem,
      this.#list.node,
      element('div', { className: 'stat' }, this.#mode, this.#size, this.#links),
    );
    root.className = 'app';
    root.removeAttribute('aria-busy');
    this.#showChoices(choices);
    document.addEventListener('keydown', (event) => this.#onKey(event));
    const { place } = vscode.getState() ?? {};
    if (place === undefined) this.#showFollowing(true);
    this.#list.start(place);
  }

  onMessage(message: Exclude<ToLogs, { kind: 'show' }>): void {
    switch (message.kind) {
      case 'choices':
        this.#bar.setRanges(message.ranges);
        this.#showChoices(message.choices);
        break;
      case 'state':
        this.#showState(message.state);
        break;
      case 'rows':
        this.#list.addRows(message.rows);
        break;
      case 'marks':
        this.#list.setMarks(message.errors, message.matches);
        break;
      case 'restart':
        this.#match = undefined;
        this.#list.restart();
        break;
      case 'go':
        this.#match = message.match ?? this.#match;
        this.#list.go(message.place, message.match !== undefined);
        this.#showMatches();
    }
  }

  #choose(choices: LogChoices): void {
    this.#goesToMatch = choices.query !== '' && !choices.hidesOthers;
    this.#match = undefined;
    this.#showChoices(choices);
    post({ kind: 'choose', choices });
  }

  #showChoices(choices: LogChoices): void {
    this.#bar.show(choices);
    this.#list.setStyle(choices);
  }

  #setFollowing(follows: boolean): void {
    if (follows) this.#list.follow();
    else this.#list.pause();
  }

  #showFollowing(follows: boolean): void {
    if (follows) this.#paused = undefined;
    else this.#paused ??= { end: this.#state?.end ?? 0, at: clock() };
    this.#bar.setFollowing(follows);
    this.#showMode();
  }

  #showMode(): void {
    const { following, pausedAt, newLine, newLines, reading } = this.#texts;
    const isReading = this.#state?.isReading === true;
    const mode = this.#paused === undefined ? following : pausedAt.replace('{0}', this.#paused.at);
    const isLive = this.#state?.isLive !== false;
    const text = isReading ? reading : isLive || this.#paused !== undefined ? mode : '';
    if (this.#mode.textContent !== text) this.#mode.textContent = text;
    const count = this.#paused === undefined ? 0 : (this.#state?.end ?? 0) - this.#paused.end;
    const label = count === 1 ? newLine : newLines.replace('{0}', count.toLocaleString());
    if (this.#newText.data !== label) this.#newText.data = label;
    if (this.#newLines.parentElement !== null) this.#newLines.parentElement.hidden = count <= 0;
  }

  #showState(state: LogState): void {
    this.#state = state;
    this.#legend.show(state.sources, state.facts);
    this.#list.setRange(state);
    this.#size.textContent = state.size;
    this.#problem.hidden = (state.problem ?? state.searchProblem) === undefined;
    if (!this.#problem.hidden) this.#showProblem(state.searchProblem ?? state.problem ?? '');
    this.#empty.hidden = state.end > state.first;
    const isFiltered = !state.isReading && !/^0 /.test(state.size);
    this.#empty.textContent = state.isReading ? this.#texts.reading : isFiltered ? this.#texts.emptyFiltered : this.#texts.empty; // prettier-ignore
    this.#bar.setProblem(state.searchProblem);
    this.#showLinks(state);
    this.#showMatches();
    this.#showMode();
    if (this.#goesToMatch && !state.isSearching && state.matches !== undefined) {
      this.#goesToMatch = false;
      if (state.matches > 0) this.#jump('match', true);
    }
  }

  #showProblem(text: string): void {
    if (this.#problem.textContent === text) return;
    const message = element('span', { textContent: text });
    this.#problem.replaceChildren(
      element('div', { className: 'msg warning' }, icon('warning', { color: 'yellow' }), message),
    );
  }

  #showLinks({ errors, warnings, restarts }: LogState): void {
    const { goToError, goToWarning, goToRestart } = this.#texts;
    const all = [
      { text: errors, title: goToError, to: 'error' },
      { text: warnings, title: goToWarning, to: 'warning' },
      { text: restarts, title: goToRestart, to: 'restart' },
    ] as const;
    const key = all.map(({ text }) => text).join('|');
    if (this.#links.dataset.key === key) return;
    this.#links.dataset.key = key;
    const links = all
      .filter(({ text }) => text !== '')
      .map(({ text, title, to }) => {
        const link = labelButton(text, 'link', () => this.#jump(to, true));
        link.title = title;
        return link;
      });
    this.#links.replaceChildren(
      ...links.flatMap((link, index) =>
        index === 0 ? [link] : [document.createTextNode(' · '), link],
      ),
    );
  }

  #showMatches(): void {
    const { matches, isSearching = false } = this.#state ?? {};
    this.#bar.setMatches({ count: matches, current: this.#match, isSearching });
  }

  #jump(to: Extract<FromLogs, { kind: 'jump' }>['to'], back: boolean): void {
    post({ kind: 'jump', to, from: this.#list.jumpStart(back), back });
  }

  /** Ctrl+F, and Escape in the search. */
  #onKey(event: KeyboardEvent): void {
    const isFind = (event.ctrlKey || event.metaKey) && event.key === 'f';
    if (isFind) this.#bar.focus();
    else if (event.key === 'F3') this.#jump('match', event.shiftKey);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
}

function clock(): string {
  return new Date().toLocaleTimeString([], { hour12: false });
}
