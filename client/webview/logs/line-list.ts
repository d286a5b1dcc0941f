/**
 * The rows of a log, of which only those around the visible ones exist as elements. Rows have different heights, and there can be
 * more of them than pixels in the largest element of a browser: the list remembers the row at the top, and has its own scroll bar.
 */
import {
  type FromLogs,
  type LogChoices,
  type LogRow,
  type LogState,
  type LogTexts,
  type SourceChip,
} from '../../src/logs/page.ts';
import { element } from '../elements.ts';
import { KnownRows } from './known-rows.ts';
import { isShortcut, openByKey, placeForKey } from './list-keys.ts';
import { RowNodes } from './row-nodes.ts';
import { RowRequests } from './row-requests.ts';
import { RowSelection } from './row-selection.ts';
import { rowNode } from './row-view.ts';
import { ScrollAnchor, topToShow } from './scroll-anchor.ts';
import { ScrollBar } from './scroll-bar.ts';

export interface LineListEvents {
  readonly post: (message: FromLogs) => void;
  readonly onFollow: (follows: boolean) => void;
  /** The place at the top; undefined if the list follows. */
  readonly onMove: (place: number | undefined) => void;
}

/** Pixels, as in the style sheet. */
const rowHeight = 20;
/** Rows above and below the visible ones, so that fast scrolling shows no gaps. */
const margin = 30;

export class LineList {
  readonly node = element('div', { className: 'lines' });
  readonly #texts: LogTexts;
  readonly #events: LineListEvents;
  readonly #view = element('div', { className: 'view', tabIndex: 0 });
  readonly #bar: ScrollBar;
  readonly #rows = new KnownRows();
  readonly #nodes: RowNodes;
  #sources: readonly SourceChip[] = [];
  #first = 0;
  #end = 0;
  #follows = true;
  readonly #anchor = new ScrollAnchor();
  readonly #selection = new RowSelection();
  #current: number | undefined;
  /** Moves here as soon as the rows are known. */
  #target: number | undefined;
  readonly #requests: RowRequests;
  #frame = 0;

  constructor(texts: LogTexts, events: LineListEvents) {
    this.#texts = texts;
    this.#events = events;
    this.#bar = new ScrollBar((fraction) => this.#goToFraction(fraction));
    this.#requests = new RowRequests(events.post);
    this.#nodes = new RowNodes(this.#view, (place) => this.#create(place));
    this.#view.setAttribute('role', 'grid');
    this.#view.setAttribute('aria-label', texts.title);
    this.node.append(this.#view, this.#bar.node);
    this.node.addEventListener('wheel', (event) => this.#onWheel(event), { passive: false });
    this.#view.addEventListener('keydown', (event) => this.#onKey(event));
    this.#view.addEventListener('mousedown', (event) => this.#onMouseDown(event));
    this.#view.addEventListener('copy', (event) => this.#selection.onCopy(event, events.post));
    new ResizeObserver(() => this.#schedule()).observe(this.node);
  }

  /** `place`: the row at the top when the page was hidden; follows without it. */
  start(place: number | undefined): void {
    if (place !== undefined) {
      this.#anchor.set(place);
      this.#setFollows(false);
    }
    this.#schedule();
  }

  setStyle({ wraps, timestamps }: LogChoices): void {
    this.node.classList.toggle('wraps', wraps);
    this.node.classList.toggle('untimed', !timestamps);
    this.#schedule();
  }

  setRange({ first, end, sources }: LogState): void {
    this.node.classList.toggle('single', sources.length < 2);
    const names = (all: readonly SourceChip[]): string => all.map(({ name }) => name).join('\n');
    if (names(sources) !== names(this.#sources)) this.#nodes.clear();
    this.#sources = sources;
    this.#first = first;
    this.#end = end;
    this.#view.setAttribute('aria-rowcount', String(end));
    this.#schedule();
  }

  setMarks(errors: readonly number[], matches: readonly number[]): void {
    this.#bar.setMarks(errors, matches);
  }

  addRows(rows: readonly LogRow[]): void {
    for (const row of rows) {
      // Details that were opened are scrolled into view.
      if (this.#rows.add(row)) this.#target = row.place;
      this.#nodes.forget(row.place);
    }
    this.#rows.trim((place) => this.#nodes.all.has(place));
    this.#schedule();
  }

  /** Other lines are shown. */
  restart(): void {
    this.#rows.clear();
    this.#nodes.clear();
    this.#requests.forget();
    this.#selection.clear();
    this.#schedule();
  }

  follow(): void {
    this.#setFollows(true);
    this.#schedule();
  }

  pause(): void {
    this.#setFollows(false);
    this.#schedule();
  }

  /** Moves to a row. */
  go(place: number, isMatch: boolean): void {
    this.#setFollows(false);
    this.#selection.set(place, false);
    this.#current = isMatch ? place : undefined;
    this.#nodes.clear();
    this.#anchor.center(place, this.#wholeRows, this.#first);
    this.#target = place;
    this.#schedule();
  }

  /** The place from which the next error or match is searched. */
  jumpStart(back: boolean): number {
    if (this.#selection.active !== undefined) return this.#selection.active;
    if (this.#follows) return this.#end;
    return back ? this.#anchor.place + this.#wholeRows : this.#anchor.place - 1;
  }

  #setFollows(follows: boolean): void {
    if (follows) {
      this.#selection.clear();
      this.#current = undefined;
    }
    if (this.#follows === follows) return;
    this.#follows = follows;
    this.#requests.forget();
    this.#events.onFollow(follows);
    this.#events.onMove(follows ? undefined : this.#anchor.place);
  }

  #create(place: number): HTMLElement | undefined {
    const row = this.#rows.get(place);
    const nameOf = (source: number): string => this.#sources[source]?.name ?? '';
    const { post } = this.#events;
    return row && rowNode(row, { texts: this.#texts, post, nameOf, isCurrent: place === this.#current }); // prettier-ignore
  }

  #schedule(): void {
    if (this.#frame !== 0) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      this.#draw();
    });
  }

  /** Rows of one line that are visible as a whole. */
  get #wholeRows(): number {
    return Math.floor(this.node.clientHeight / rowHeight);
  }

  get #visibleRows(): number {
    return Math.ceil(this.node.clientHeight / rowHeight) + 1;
  }

  #draw(): void {
    const height = this.node.clientHeight;
    if (height === 0) return;
    const count = this.#visibleRows;
    if (this.#follows) this.#anchor.set(Math.max(this.#first, this.#end - count));
    else this.#anchor.keepWithin(this.#first, this.#end);
    const from = Math.max(this.#first, this.#anchor.place - (this.#follows ? 0 : margin));
    const to = Math.min(this.#end, this.#anchor.place + count + margin);
    if (this.#follows) this.#requests.end(count);
    else this.#requests.places(from, to, (place) => this.#rows.has(place));
    this.#nodes.draw(from, to, this.#follows);
    this.#position(height);
    this.#selection.mark(this.#view, this.#nodes.all);
    const size = Math.max(1, this.#end - this.#first);
    this.#bar.setThumb((this.#anchor.place - this.#first) / size, count / size, this.#follows);
  }

  /** Moves the rows so that the row at the top is where it belongs. */
  #position(height: number): void {
    const all = this.#view.offsetHeight;
    let top = 0;
    if (this.#follows) top = Math.min(0, height - all);
    else {
      const anchor = this.#nodes.at(this.#anchor.place);
      top = this.#anchor.offset - (anchor?.offsetTop ?? 0);
      if (this.#target !== undefined) top = this.#revealTarget(top, height);
      // The last row is never above the bottom, nor the first one below the top.
      const last = this.#nodes.last;
      if (last === this.#end - 1 && top + all < height) top = Math.min(0, height - all);
      if (this.#nodes.first === this.#first && top > 0) top = 0;
    }
    this.#view.style.transform = `translateY(${top}px)`;
    if (!this.#follows) this.#anchorAt(top);
  }

  #revealTarget(top: number, height: number): number {
    const place = this.#target ?? 0;
    const node = this.#nodes.at(place);
    if (node === undefined || !this.#rows.has(place)) return top;
    this.#target = undefined;
    return topToShow(node, top, height);
  }

  /** Remembers which row is at the top when the rows are moved by `top`. */
  #anchorAt(top: number): void {
    if (this.#anchor.take(this.#view.children, top)) this.#events.onMove(this.#anchor.place);
  }

  #scrollBy(pixels: number): void {
    if (pixels < 0 && this.#follows) {
      const top = Math.min(0, this.node.clientHeight - this.#view.offsetHeight);
      if (top === 0 && this.#first >= this.#end - this.#view.childElementCount) return;
      this.#setFollows(false);
      this.#anchorAt(top);
    }
    if (this.#follows) return;
    this.#anchor.offset -= pixels;
    this.#draw();
    if (pixels > 0 && this.#isAtEnd()) this.#setFollows(true);
  }

  #isAtEnd(): boolean {
    if (this.#nodes.last !== this.#end - 1) return false;
    const bottom = this.#view.getBoundingClientRect().bottom;
    return bottom <= this.node.getBoundingClientRect().bottom + 1;
  }

  #goToFraction(fraction: number): void {
    this.#setFollows(fraction >= 1);
    this.#anchor.set(this.#first + Math.floor(fraction * (this.#end - this.#first)));
    this.#schedule();
  }

  #onWheel(event: WheelEvent): void {
    if (event.ctrlKey || event.deltaY === 0) return;
    // Pixels, lines or pages.
    const units = [1, rowHeight, this.node.clientHeight];
    this.#scrollBy(event.deltaY * (units[event.deltaMode] ?? 1));
    event.preventDefault();
  }

  #onKey(event: KeyboardEvent): void {
    const { active } = this.#selection;
    const isCommand = isShortcut(event);
    const target = placeForKey(event, {
      active: active ?? (this.#follows ? this.#end : this.#anchor.place - 1),
      page: Math.max(1, this.#visibleRows - 3),
      first: this.#first,
      last: this.#end - 1,
    });
    if (event.key === 'End' && !event.shiftKey) this.follow();
    else if (target !== undefined) this.#activate(target, event.shiftKey);
    else if (isCommand && event.key === 'a') {
      this.#selection.setAll(this.#first, this.#end - 1);
      this.#selection.mark(this.#view, this.#nodes.all);
    } else {
      const row = active === undefined ? undefined : this.#rows.get(active);
      if (isCommand || !openByKey(event.key, row, this.#events.post)) return;
    }
    event.preventDefault();
  }

  #activate(place: number, extends_: boolean): void {
    this.#setFollows(false);
    const active = Math.max(this.#first, Math.min(place, this.#end - 1));
    this.#selection.set(active, extends_);
    this.#anchor.include(active, this.#wholeRows);
    this.#target = active;
    this.#schedule();
  }

  #onMouseDown(event: MouseEvent): void {
    if (!this.#selection.onMouseDown(event)) return;
    this.#view.focus({ preventScroll: true });
    this.#selection.mark(this.#view, this.#nodes.all);
  }
}
