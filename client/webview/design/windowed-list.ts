/**
 * A list of rows of equal height of which only the visible ones exist as elements, so that a million rows scroll smoothly. It is
 * used by keyboard as one control: the focus stays on the list, and the active row is announced.
 */
import { element } from '../elements.ts';

export interface WindowedListOptions {
  /** Pixels, also of the rows in the style sheet. */
  readonly rowHeight: number;
  readonly role: 'tree' | 'listbox';
  readonly label: string;
  /** At most this many rows are visible without scrolling. */
  readonly mostVisible: number;
  /** Creates the element of a row; the list sets its place, its id and whether it is active. */
  readonly render: (index: number) => HTMLElement;
  /** Keys other than those that move between rows; returns whether the key was used. */
  readonly onKey: (key: string, index: number) => boolean;
  readonly onActivate: (index: number) => void;
  /** The user scrolled, or another row became active. */
  readonly onMove?: () => void;
}

/** Rows above and below the visible ones, so that fast scrolling shows no gaps. */
const margin = 10;
/** Browsers limit the height of elements; Firefox to about 17 million pixels, Chromium to 33. */
const mostPixels = 15_000_000;

let lists = 0;

export class WindowedList {
  readonly node: HTMLElement;
  readonly #options: WindowedListOptions;
  readonly #space = element('div', { className: 'windowed-space' });
  readonly #id = `list-${lists++}`;
  #count = 0;
  #active = -1;
  /** The rows that exist as elements. */
  #shown = new Map<number, HTMLElement>();

  constructor(options: WindowedListOptions) {
    this.#options = options;
    this.node = element('div', { className: 'windowed', tabIndex: 0 }, this.#space);
    this.node.setAttribute('role', options.role);
    this.node.setAttribute('aria-label', options.label);
    this.node.addEventListener('scroll', () => {
      this.#draw(false);
      options.onMove?.();
    });
    this.node.addEventListener('keydown', (event) => this.#onKey(event));
    this.node.addEventListener('focus', () => {
      if (this.#active < 0 && this.#count > 0) this.activate(0);
    });
    new ResizeObserver(() => this.#draw(false)).observe(this.node);
  }

  get count(): number {
    return this.#count;
  }

  /** The index of the active row; -1 if there is none. */
  get active(): number {
    return this.#active;
  }

  get scrollTop(): number {
    return this.node.scrollTop;
  }

  set scrollTop(pixels: number) {
    this.node.scrollTop = pixels;
    this.#draw(false);
  }

  /** Draws the rows again after they have changed. */
  update(count: number, label = this.#options.label): void {
    const { rowHeight, mostVisible } = this.#options;
    this.#count = Math.min(count, Math.floor(mostPixels / rowHeight));
    this.#active = Math.min(this.#active, this.#count - 1);
    this.node.setAttribute('aria-label', label);
    this.node.style.height = `${Math.min(this.#count, mostVisible) * rowHeight}px`;
    this.#space.style.height = `${this.#count * rowHeight}px`;
    this.#draw(true);
  }

  /** Makes a row the active one and scrolls to it; -1 for none. */
  activate(index: number): void {
    const before = this.#active;
    this.#active = Math.max(-1, Math.min(index, this.#count - 1));
    this.#mark(before);
    if (this.#active >= 0) this.#reveal(this.#active);
    this.#mark(this.#active);
    this.#options.onMove?.();
  }

  #reveal(index: number): void {
    const { rowHeight } = this.#options;
    const top = index * rowHeight;
    const { scrollTop, clientHeight } = this.node;
    if (top < scrollTop) this.node.scrollTop = top;
    else if (top + rowHeight > scrollTop + clientHeight) {
      this.node.scrollTop = top + rowHeight - clientHeight;
    }
    this.#draw(false);
  }

  #draw(everything: boolean): void {
    const { rowHeight } = this.#options;
    const first = Math.max(0, Math.floor(this.node.scrollTop / rowHeight) - margin);
    const height = this.node.clientHeight;
    const end = Math.min(
      this.#count,
      Math.ceil((this.node.scrollTop + height) / rowHeight) + margin,
    );
    for (const [index, row] of this.#shown) {
      if (!everything && index >= first && index < end) continue;
      row.remove();
      this.#shown.delete(index);
    }
    for (let index = first; index < end; index++) {
      if (!this.#shown.has(index)) this.#space.append(this.#create(index));
    }
    this.#mark(this.#active);
  }

  #create(index: number): HTMLElement {
    const row = this.#options.render(index);
    row.id = `${this.#id}-${index}`;
    row.classList.add('windowed-row');
    row.style.top = `${index * this.#options.rowHeight}px`;
    row.addEventListener('click', () => {
      this.node.focus({ preventScroll: true });
      this.activate(index);
      this.#options.onActivate(index);
    });
    this.#shown.set(index, row);
    return row;
  }

  #mark(index: number): void {
    const row = this.#shown.get(index);
    const isActive = index === this.#active;
    row?.classList.toggle('sel', isActive);
    row?.setAttribute('aria-selected', String(isActive));
    if (isActive && row !== undefined) this.node.setAttribute('aria-activedescendant', row.id);
    else if (this.#active < 0) this.node.removeAttribute('aria-activedescendant');
  }

  #onKey(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const page = Math.max(1, Math.floor(this.node.clientHeight / this.#options.rowHeight) - 1);
    const target = {
      ArrowDown: this.#active + 1,
      ArrowUp: Math.max(0, this.#active - 1),
      PageDown: this.#active + page,
      PageUp: Math.max(0, this.#active - page),
      Home: 0,
      End: this.#count - 1,
    }[event.key];
    if (target !== undefined) this.activate(Math.min(target, this.#count - 1));
    else if (!this.#options.onKey(event.key, this.#active)) return;
    event.preventDefault();
  }
}
