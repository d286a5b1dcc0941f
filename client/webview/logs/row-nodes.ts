/** The elements of the rows of a log around the visible ones. */
import { element } from '../elements.ts';

export class RowNodes {
  readonly #list: HTMLElement;
  readonly #create: (place: number) => HTMLElement | undefined;
  readonly #nodes = new Map<number, HTMLElement>();

  /** `create` returns the element of a row; undefined if the row is not known yet. */
  constructor(list: HTMLElement, create: (place: number) => HTMLElement | undefined) {
    this.#list = list;
    this.#create = create;
  }

  /** By place, without those that are kept for rows that are not known yet. */
  get all(): ReadonlyMap<number, HTMLElement> {
    return this.#nodes;
  }

  /** The place of the first element; -1 if there is none. */
  get first(): number {
    return placeOf(this.#list.firstElementChild);
  }

  get last(): number {
    return placeOf(this.#list.lastElementChild);
  }

  at(place: number): HTMLElement | undefined {
    return this.#list.children[place - this.first] as HTMLElement | undefined;
  }

  /** The element of a row that has changed is created again. */
  forget(place: number): void {
    this.#nodes.get(place)?.remove();
    this.#nodes.delete(place);
  }

  clear(): void {
    for (const node of this.#nodes.values()) node.remove();
    this.#nodes.clear();
  }

  /** Shows the rows from a place up to another one. `leavesOut`: places of rows that are not known yet are left out. */
  draw(from: number, to: number, leavesOut: boolean): void {
    for (const place of this.#nodes.keys()) if (place < from || place >= to) this.forget(place);
    let before: Element | null = this.#list.firstElementChild;
    for (let place = from; place < to; place++) {
      const node = this.#nodeFor(place, leavesOut);
      if (node === undefined) continue;
      if (node === before) before = before.nextElementSibling;
      else this.#list.insertBefore(node, before);
    }
    while (before !== null) {
      const next: Element | null = before.nextElementSibling;
      before.remove();
      before = next;
    }
  }

  #nodeFor(place: number, leavesOut: boolean): HTMLElement | undefined {
    const known = this.#nodes.get(place) ?? this.#create(place);
    if (known !== undefined) {
      this.#nodes.set(place, known);
      return known;
    }
    if (leavesOut) return undefined;
    const empty = element('div', { className: 'l' });
    empty.dataset.place = String(place);
    return empty;
  }
}

function placeOf(node: Element | null): number {
  return node instanceof HTMLElement ? Number(node.dataset.place) : -1;
}
