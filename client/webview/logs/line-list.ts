/**
 * The rows of a log, of which only those around the visible ones exist as elements. Rows have different heights, and there can be
 * more of them than pixels in the largest element of a browser: the list remembers the row at the top, and has its own scroll bar.
 */
import {
  mostRows,
  type FromLogs,
  type LogChoices,
  type LogRow,
  type LogState,
  type LogTexts,
  type SourceChip,
} from '../../src/logs/page.ts';
import { element } from '../elements.ts';
import { rowNode } from './row-view.ts';
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
/** Rows that are remembered. */
const mostKept = 2000;

export class LineList {
  readonly node = element('div', { className: 'lines' });
  readonly #texts: LogTexts;
  readonly #events: LineListEvents;
  readonly #view = element('div', { className: 'view', tabIndex: 0 });
  readonly #bar: ScrollBar;
  readonly #rows = new Map<number, LogRow>();
  readonly #nodes = new Map<number, HTMLElement>();
  #sources: readonly SourceChip[] = [];
  #first = 0;
  #end = 0;
  #follows = true;
  /** The row at the top, and how many of its pixels are above the top, as a negative number. */
  #anchor = { place: 0, offset: 0 };
  #active: number | undefined;
  /** The other end of the selection. */
  #selectedFrom: number | undefined;
  #current: number | undefined;
  /** Moves here as soon as the rows are known. */
  #target: number | undefined;
  #requested = '';
  #frame = 0;

  constructor(texts: LogTexts, events: LineListEvents) {
    this.#texts = texts;
    this.#events = events;
    this.#bar = new ScrollBar((fraction) => this.#goToFraction(fraction));
    this.#view.setAttribute('role', 'grid');
    this.#view.setAttribute('aria-label', texts.title);
    this.node.append(this.#view, this.#bar.node);
    this.node.addEventListener('wheel', (event) => this.#onWheel(event), { passive: false });
    this.#view.addEventListener('keydown', (event) => this.#onKey(event));
    this.#view.addEventListener('mousedown', (event) => this.#onMouseDown(event));
    this.#view.addEventListener('copy', (event) => this.#onCopy(event));
    new ResizeObserver(() => this.#schedule()).observe(this.node);
  }

  /** `place`: the row at the top when the page was hidden; follows without it. */
  start(place: number | undefined): void {
    if (place !== undefined) {
      this.#anchor = { place, offset: 0 };
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
    if (names(sources) !== names(this.#sources)) this.#redraw();
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
      this.#rows.set(row.place, row);
      this.#nodes.get(row.place)?.remove();
      this.#nodes.delete(row.place);
    }
    for (const place of this.#rows.keys()) {
      if (this.#rows.size <= mostKept) break;
      if (!this.#nodes.has(place)) this.#rows.delete(place);
    }
    this.#schedule();
  }

  /** Other lines are shown. */
  restart(): void {
    this.#rows.clear();
    this.#redraw();
    this.#requested = '';
    this.#active = undefined;
    this.#selectedFrom = undefined;
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
    const lines = Math.floor(this.node.clientHeight / rowHeight);
    this.#setFollows(false);
    this.#active = place;
    this.#selectedFrom = undefined;
    this.#current = isMatch ? place : undefined;
    this.#redraw();
    const isVisible = place > this.#anchor.place && place < this.#anchor.place + lines - 2;
    if (!isVisible) this.#anchor = { place: Math.max(this.#first, place - Math.floor(lines / 2)), offset: 0 }; // prettier-ignore
    this.#target = place;
    this.#schedule();
  }

  /** The place from which the next error or match is searched. */
  jumpStart(back: boolean): number {
    if (this.#active !== undefined) return this.#active;
    if (this.#follows) return this.#end;
    const lines = Math.floor(this.node.clientHeight / rowHeight);
    return back ? this.#anchor.place + lines : this.#anchor.place - 1;
  }

  #redraw(): void {
    for (const node of this.#nodes.values()) node.remove();
    this.#nodes.clear();
  }

  #setFollows(follows: boolean): void {
    if (follows) {
      this.#active = undefined;
      this.#current = undefined;
    }
    if (this.#follows === follows) return;
    this.#follows = follows;
    this.#requested = '';
    this.#events.onFollow(follows);
    this.#events.onMove(follows ? undefined : this.#anchor.place);
  }

  #schedule(): void {
    if (this.#frame !== 0) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      this.#draw();
    });
  }

  get #visibleRows(): number {
    return Math.ceil(this.node.clientHeight / rowHeight) + 1;
  }

  #draw(): void {
    const height = this.node.clientHeight;
    if (height === 0) return;
    const count = this.#visibleRows;
    if (this.#follows)
      this.#anchor = { place: Math.max(this.#first, this.#end - count), offset: 0 };
    else this.#anchor.place = Math.max(this.#first, Math.min(this.#anchor.place, this.#end - 1));
    const from = Math.max(this.#first, this.#anchor.place - (this.#follows ? 0 : margin));
    const to = Math.min(this.#end, this.#anchor.place + count + margin);
    this.#request(from, to);
    this.#drawRows(from, to);
    this.#position(height);
    this.#mark();
    const size = Math.max(1, this.#end - this.#first);
    this.#bar.setThumb((this.#anchor.place - this.#first) / size, count / size, this.#follows);
  }

  /** Asks for rows that are not known. While the list follows, new ones come by themselves. */
  #request(from: number, to: number): void {
    if (this.#follows) {
      const count = Math.min(mostRows, this.#visibleRows);
      this.#post(`end ${count}`, { kind: 'window', first: 0, count, end: true });
      return;
    }
    for (let place = from; place < to; place++) {
      if (this.#rows.has(place)) continue;
      const count = Math.min(mostRows, to - from);
      this.#post(`${from} ${to}`, { kind: 'window', first: from, count, end: false });
      return;
    }
  }

  #post(key: string, message: FromLogs): void {
    if (this.#requested === key) return;
    this.#requested = key;
    this.#events.post(message);
  }

  #drawRows(from: number, to: number): void {
    for (const [place, node] of this.#nodes) {
      if (place >= from && place < to) continue;
      node.remove();
      this.#nodes.delete(place);
    }
    let before: Element | null = this.#view.firstElementChild;
    for (let place = from; place < to; place++) {
      let node = this.#nodes.get(place);
      const row = this.#rows.get(place);
      if (node === undefined && row !== undefined) {
        node = this.#create(row);
        this.#nodes.set(place, node);
      }
      // While it follows, rows that have not come are not shown; otherwise the place is kept for them.
      if (node === undefined && !this.#follows) {
        node = element('div', { className: 'l' });
        node.dataset.place = String(place);
      }
      if (node === undefined) continue;
      if (node === before) before = before.nextElementSibling;
      else this.#view.insertBefore(node, before);
    }
    while (before !== null) {
      const next: Element | null = before.nextElementSibling;
      before.remove();
      before = next;
    }
  }

  #create(row: LogRow): HTMLElement {
    return rowNode(row, {
      texts: this.#texts,
      post: this.#events.post,
      nameOf: (source) => this.#sources[source]?.name ?? '',
      isCurrent: row.place === this.#current,
    });
  }

  /** Moves the rows so that the row at the top is where it belongs. */
  #position(height: number): void {
    const all = this.#view.offsetHeight;
    let top = 0;
    if (this.#follows) top = Math.min(0, height - all);
    else {
      const anchor = this.#nodeAt(this.#anchor.place);
      top = this.#anchor.offset - (anchor?.offsetTop ?? 0);
      if (this.#target !== undefined) top = this.#revealTarget(top, height);
      // The last row is never above the bottom, nor the first one below the top.
      const last = Number((this.#view.lastElementChild as HTMLElement | null)?.dataset.place ?? -1);
      if (last === this.#end - 1 && top + all < height) top = Math.min(0, height - all);
      const first = Number((this.#view.firstElementChild as HTMLElement | null)?.dataset.place ?? -1); // prettier-ignore
      if (first === this.#first && top > 0) top = 0;
    }
    this.#view.style.transform = `translateY(${top}px)`;
    if (!this.#follows) this.#anchorAt(top);
  }

  #revealTarget(top: number, height: number): number {
    const place = this.#target ?? 0;
    const node = this.#nodeAt(place);
    if (node === undefined || !this.#rows.has(place)) return top;
    this.#target = undefined;
    const begin = node.offsetTop + top;
    if (begin < 0) return -node.offsetTop;
    const end = begin + node.offsetHeight;
    return end > height ? top - Math.min(end - height, begin) : top;
  }

  #nodeAt(place: number): HTMLElement | undefined {
    const index = place - Number((this.#view.firstElementChild as HTMLElement | null)?.dataset.place ?? 0); // prettier-ignore
    return this.#view.children[index] as HTMLElement | undefined;
  }

  /** Remembers which row is at the top when the rows are moved by `top`. */
  #anchorAt(top: number): void {
    for (const child of this.#view.children) {
      const row = child as HTMLElement;
      if (row.offsetTop + row.offsetHeight + top <= 0) continue;
      this.#anchor = { place: Number(row.dataset.place), offset: row.offsetTop + top };
      this.#events.onMove(this.#anchor.place);
      return;
    }
  }

  #scrollBy(pixels: number): void {
    if (pixels < 0 && this.#follows) {
      const top = Math.min(0, this.node.clientHeight - this.#view.offsetHeight);
      if (top === 0 && this.#first >= this.#end - this.#view.childElementCount) return;
      this.#setFollows(false);
      this.#anchorAt(top);
    }
    if (this.#follows) return;
    this.#anchor = { ...this.#anchor, offset: this.#anchor.offset - pixels };
    this.#draw();
    if (pixels > 0 && this.#isAtEnd()) this.#setFollows(true);
  }

  #isAtEnd(): boolean {
    const last = this.#view.lastElementChild as HTMLElement | null;
    if (Number(last?.dataset.place ?? -1) !== this.#end - 1) return false;
    const bottom = this.#view.getBoundingClientRect().bottom;
    return bottom <= this.node.getBoundingClientRect().bottom + 1;
  }

  #goToFraction(fraction: number): void {
    if (fraction >= 1) {
      this.follow();
      return;
    }
    this.#setFollows(false);
    const place = this.#first + Math.floor(fraction * (this.#end - this.#first));
    this.#anchor = { place, offset: 0 };
    this.#schedule();
  }

  #onWheel(event: WheelEvent): void {
    if (event.ctrlKey || event.deltaY === 0) return;
    const unit = event.deltaMode === 1 ? rowHeight : event.deltaMode === 2 ? this.node.clientHeight : 1; // prettier-ignore
    this.#scrollBy(event.deltaY * unit);
    event.preventDefault();
  }

  #onKey(event: KeyboardEvent): void {
    const page = Math.max(1, this.#visibleRows - 3);
    const active = this.#active ?? (this.#follows ? this.#end : this.#anchor.place - 1);
    const steps: Readonly<Record<string, number>> = { ArrowDown: active + 1, ArrowUp: active - 1, PageDown: active + page, PageUp: active - page, Home: this.#first, End: this.#end - 1 }; // prettier-ignore
    const target = steps[event.key];
    if (target !== undefined && !event.ctrlKey && !event.metaKey) {
      if (event.key === 'End' && !event.shiftKey) this.follow();
      else this.#activate(target, event.shiftKey);
    } else if ((event.ctrlKey || event.metaKey) && event.key === 'a') {
      this.#selectedFrom = this.#first;
      this.#active = this.#end - 1;
      this.#mark();
    } else if (!this.#openByKey(event)) return;
    event.preventDefault();
  }

  /** Right, Left, Enter and Space show and hide details. */
  #openByKey({ key, ctrlKey, metaKey }: KeyboardEvent): boolean {
    const row = this.#active === undefined ? undefined : this.#rows.get(this.#active);
    if (ctrlKey || metaKey || row?.kind !== 'line' || !row.canOpen) return false;
    const isOpen = row.details !== undefined;
    if (!['ArrowRight', 'ArrowLeft', 'Enter', ' '].includes(key)) return false;
    if ((key === 'ArrowRight' && isOpen) || (key === 'ArrowLeft' && !isOpen)) return true;
    this.#events.post({ kind: 'open', line: row.line, open: !isOpen });
    return true;
  }

  #activate(place: number, extends_: boolean): void {
    this.#setFollows(false);
    if (!extends_) this.#selectedFrom = undefined;
    else this.#selectedFrom ??= this.#active;
    this.#active = Math.max(this.#first, Math.min(place, this.#end - 1));
    const lines = Math.floor(this.node.clientHeight / rowHeight);
    const { place: top } = this.#anchor;
    if (this.#active < top) this.#anchor = { place: this.#active, offset: 0 };
    else if (this.#active > top + lines) this.#anchor = { place: this.#active - lines + 1, offset: 0 }; // prettier-ignore
    this.#target = this.#active;
    this.#schedule();
  }

  #onMouseDown(event: MouseEvent): void {
    const row = (event.target as HTMLElement).closest<HTMLElement>('[data-place]');
    if (row === null || (event.target as HTMLElement).closest('button, a') !== null) return;
    const place = Number(row.dataset.place);
    if (event.shiftKey) {
      this.#selectedFrom ??= this.#active ?? place;
      event.preventDefault();
    } else this.#selectedFrom = undefined;
    this.#active = place;
    this.#view.focus({ preventScroll: true });
    this.#mark();
  }

  /** Copies the selected rows, unless a part of the text is selected. */
  #onCopy(event: ClipboardEvent): void {
    const selection = document.getSelection();
    if ((selection !== null && !selection.isCollapsed) || this.#active === undefined) return;
    const other = this.#selectedFrom ?? this.#active;
    const first = Math.min(other, this.#active);
    this.#events.post({ kind: 'copy', first, last: Math.max(other, this.#active) });
    event.preventDefault();
  }

  #mark(): void {
    const active = this.#active;
    const other = this.#selectedFrom ?? active;
    for (const [place, node] of this.#nodes) {
      const isSelected =
        active !== undefined && other !== undefined && place >= Math.min(active, other) && place <= Math.max(active, other); // prettier-ignore
      node.classList.toggle('sel', isSelected);
      node.setAttribute('aria-selected', String(isSelected));
    }
    const node = active === undefined ? undefined : this.#nodes.get(active);
    if (node === undefined) this.#view.removeAttribute('aria-activedescendant');
    else this.#view.setAttribute('aria-activedescendant', node.id);
  }
}
