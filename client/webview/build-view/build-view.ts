/** Draws a build. All texts arrive as data and are shown as text. */
import type { FromBuild, Group, PageTexts, Row, ToBuild } from '../../src/build/view/page.ts';
import { formatTime } from '../../src/ui/elapsed.ts';
import { icon } from '../design/icons.ts';
import { element } from '../elements.ts';
import { HeadView } from './head-view.ts';
import { failureNodes, RowView, type RowEvents } from './row-view.ts';
import './build-view.css';

/** State that is kept while the page is hidden; all else is kept by the extension. */
interface SavedState {
  readonly top?: number;
  readonly closed?: readonly string[];
}

declare function acquireVsCodeApi(): {
  postMessage(message: FromBuild): void;
  getState(): SavedState | undefined;
  setState(state: SavedState): void;
};

const vscode = acquireVsCodeApi();
const root = document.querySelector('main') ?? document.body;
/** The clock of running steps, in milliseconds. */
const interval = 500;

const events: RowEvents = {
  onOpen: (row, open) => vscode.postMessage({ kind: 'open', row, open }),
  onAction: (name) => vscode.postMessage({ kind: 'act', name }),
};

let page: Page | undefined;
window.addEventListener('message', ({ data }: MessageEvent<ToBuild>) => {
  if (data.kind === 'show') page = new Page(data.texts);
  else page?.onMessage(data);
});
window.setInterval(() => {
  if (!document.hidden) page?.tick();
}, interval);
vscode.postMessage({ kind: 'ready' });

class Page {
  readonly #texts: PageTexts;
  readonly #head: HeadView;
  readonly #message = element('div', { className: 'message', hidden: true });
  readonly #list = element('div', { className: 'steps' });
  readonly #live = element('div', { className: 'sr' });
  readonly #rows = new Map<string, RowView>();
  readonly #groups = new Map<string, { readonly node: HTMLElement; readonly total: HTMLElement }>();
  #order: readonly Group[] = [];
  readonly #closed: Set<string>;
  /** The row that Tab reaches. */
  #current: string | undefined;
  /** The time of the build, and of this page when it was received. */
  #clock = { build: 0, page: performance.now() };

  constructor(texts: PageTexts) {
    this.#texts = texts;
    const saved = vscode.getState();
    this.#closed = new Set(saved?.closed);
    this.#head = new HeadView(texts, events.onAction);
    this.#list.setAttribute('role', 'group');
    this.#list.setAttribute('aria-label', texts.steps);
    this.#list.addEventListener('keydown', (event) => this.#onKey(event));
    this.#list.addEventListener('scroll', () => this.#saveState());
    this.#live.setAttribute('aria-live', 'polite');
    root.replaceChildren(this.#head.node, this.#list, this.#live);
    root.removeAttribute('aria-busy');
    root.className = 'app';
    this.#list.append(this.#head.below, this.#message);
  }

  onMessage(message: Exclude<ToBuild, { kind: 'show' }>): void {
    switch (message.kind) {
      case 'head': {
        const before = this.#head.state;
        this.#setClock(message.now);
        this.#head.show(message.head);
        if (before !== undefined && before !== message.head.state)
          this.#announce(message.head.stateLabel);
        break;
      }
      case 'rows':
        this.#setClock(message.now);
        this.#showRows(message.groups, message.rows);
        if (message.announcement !== undefined) this.#announce(message.announcement);
        break;
      case 'failure':
        this.#showFailure(message.failure);
        break;
      case 'layers':
        this.#rows.get(message.row)?.showLayers(message.layers);
        break;
      case 'log':
        this.#rows.get(message.row)?.addLog(message);
        break;
      case 'reveal':
        this.#focus(message.row);
    }
    this.tick();
  }

  /** Moves the clocks. */
  tick(): void {
    const now = this.#clock.build + performance.now() - this.#clock.page;
    this.#head.tick(now);
    for (const row of this.#rows.values()) row.tick(now);
    for (const { id, total, ended, rows } of this.#order) {
      const running = rows.flatMap((row) => this.#rows.get(row)?.row.runningSince ?? []);
      const time = running.reduce((all, since) => all + now - since, ended ?? 0);
      const shown = this.#groups.get(id)?.total;
      if (shown) shown.textContent = ended === undefined ? total : formatTime(time, this.#texts);
    }
  }

  #setClock(build: number): void {
    this.#clock = { build, page: performance.now() };
  }

  #announce(text: string): void {
    this.#live.textContent = text;
  }

  #showRows(groups: readonly Group[], rows: readonly Row[]): void {
    const isFirst = this.#order.length === 0;
    for (const row of rows) {
      let view = this.#rows.get(row.id);
      if (view === undefined) {
        view = new RowView(row, this.#texts, events);
        view.line.addEventListener('focus', () => this.#setCurrent(row.id));
        this.#rows.set(row.id, view);
      }
      view.update(row);
    }
    this.#order = groups;
    this.#layOut();
    this.#setCurrent(this.#current ?? groups[0]?.rows[0]);
    if (isFirst) this.#list.scrollTop = vscode.getState()?.top ?? 0;
  }

  /** Puts groups and rows in order; only what has moved is moved, so that the focus stays. */
  #layOut(): void {
    const nodes: HTMLElement[] = [this.#head.below, this.#message];
    const ids = new Set<string>();
    for (const group of this.#order) {
      nodes.push(this.#groupOf(group).node);
      for (const id of group.rows) {
        const row = this.#rows.get(id);
        if (row === undefined) continue;
        ids.add(id);
        const isClosed = this.#closed.has(group.id);
        row.line.hidden = isClosed;
        row.content.hidden = isClosed || !row.row.open;
        nodes.push(row.line, row.content);
      }
    }
    let next = this.#list.firstChild;
    for (const node of nodes) {
      if (node === next) next = node.nextSibling;
      else this.#list.insertBefore(node, next);
    }
    while (next !== null) {
      const after: ChildNode | null = next.nextSibling;
      next.remove();
      next = after;
    }
    for (const id of this.#rows.keys()) if (!ids.has(id)) this.#rows.delete(id);
  }

  #groupOf({ id, title }: Group): { readonly node: HTMLElement; readonly total: HTMLElement } {
    const known = this.#groups.get(id);
    if (known !== undefined) return known;
    const total = element('span', { className: 'r' });
    const heading = element('span', { textContent: title });
    const node = element('div', { className: 'stage', tabIndex: 0 });
    const draw = (): void => {
      const isClosed = this.#closed.has(id);
      const chevron = icon(isClosed ? 'chevron-right' : 'chevron-down', { color: 'muted' });
      node.replaceChildren(chevron, heading, total);
      node.setAttribute('aria-expanded', String(!isClosed));
    };
    const toggle = (): void => {
      if (!this.#closed.delete(id)) this.#closed.add(id);
      draw();
      this.#layOut();
      this.#saveState();
    };
    node.setAttribute('role', 'button');
    node.tabIndex = -1;
    node.dataset.group = id;
    node.addEventListener('click', toggle);
    draw();
    const created = { node, total };
    this.#groups.set(id, created);
    return created;
  }

  #showFailure(failure: Extract<ToBuild, { kind: 'failure' }>['failure']): void {
    const row = this.#rows.get(failure.row);
    row?.showFailure(failure);
    this.#message.hidden = row !== undefined;
    this.#message.className = 'message xp fail';
    if (row === undefined) this.#message.replaceChildren(...failureNodes(failure, events.onAction));
  }

  #focus(id: string): void {
    const row = this.#rows.get(id);
    if (row === undefined) return;
    row.toggle(true);
    row.line.scrollIntoView({ block: 'start' });
    row.line.focus();
  }

  #setCurrent(id: string | undefined): void {
    const before = this.#current === undefined ? undefined : this.#rows.get(this.#current);
    if (before !== undefined) before.line.tabIndex = -1;
    this.#current = id;
    const row = id === undefined ? undefined : this.#rows.get(id);
    if (row !== undefined) row.line.tabIndex = 0;
  }

  /** Up and Down move between headings and steps, Right and Left open and close, Enter and Space toggle. */
  #onKey(event: KeyboardEvent): void {
    const { target, key } = event;
    if (!(target instanceof HTMLElement) || !target.matches('.st, .stage')) return;
    const lines = [...this.#list.querySelectorAll<HTMLElement>('.st, .stage')].filter(
      (one) => !one.hidden,
    );
    const at = lines.indexOf(target);
    const isOpen = target.getAttribute('aria-expanded') === 'true';
    if (key === 'ArrowDown') lines[at + 1]?.focus();
    else if (key === 'ArrowUp') lines[at - 1]?.focus();
    else if (key === 'Home') lines[0]?.focus();
    else if (key === 'End') lines.at(-1)?.focus();
    else if (key === 'Enter' || key === ' ') target.click();
    else if (key === 'ArrowRight' && !isOpen) target.click();
    else if (key === 'ArrowLeft' && isOpen) target.click();
    else return;
    event.preventDefault();
  }

  #saveState(): void {
    vscode.setState({ top: this.#list.scrollTop, closed: [...this.#closed] });
  }
}
