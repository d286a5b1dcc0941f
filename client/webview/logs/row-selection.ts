/** The rows that are selected in a log: the active one, and those up to the other end of the selection. */
import type { FromLogs } from '../../src/logs/page.ts';

export class RowSelection {
  active: number | undefined;
  /** The other end. */
  #from: number | undefined;

  clear(): void {
    this.active = undefined;
    this.#from = undefined;
  }

  /** `extends_`: the rows between this place and the active row are selected. */
  set(place: number, extends_: boolean): void {
    if (!extends_) this.#from = undefined;
    else this.#from ??= this.active ?? place;
    this.active = place;
  }

  setAll(first: number, last: number): void {
    this.#from = first;
    this.active = last;
  }

  /** Selects a row, and with Shift those up to it; returns false for other places, and for links and buttons. */
  onMouseDown(event: MouseEvent): boolean {
    const target = event.target as HTMLElement;
    const row = target.closest<HTMLElement>('[data-place]');
    if (row === null || target.closest('button, a') !== null) return false;
    if (event.shiftKey) event.preventDefault();
    this.set(Number(row.dataset.place), event.shiftKey);
    return true;
  }

  /** Marks the rows that are selected, and names the active one. */
  mark(list: HTMLElement, nodes: ReadonlyMap<number, HTMLElement>): void {
    const [first, last] = this.#range;
    for (const [place, node] of nodes) {
      const isSelected = place >= first && place <= last;
      node.classList.toggle('sel', isSelected);
      node.setAttribute('aria-selected', String(isSelected));
    }
    const node = this.active === undefined ? undefined : nodes.get(this.active);
    if (node === undefined) list.removeAttribute('aria-activedescendant');
    else list.setAttribute('aria-activedescendant', node.id);
  }

  /** Copies the selected rows, unless a part of the text is selected. */
  onCopy(event: ClipboardEvent, post: (message: FromLogs) => void): void {
    const selection = document.getSelection();
    if ((selection !== null && !selection.isCollapsed) || this.active === undefined) return;
    const [first, last] = this.#range;
    post({ kind: 'copy', first, last });
    event.preventDefault();
  }

  get #range(): readonly [number, number] {
    const { active } = this;
    if (active === undefined) return [Infinity, -Infinity];
    const other = this.#from ?? active;
    return [Math.min(active, other), Math.max(active, other)];
  }
}
