/** The uses of variables in one script, each place once. */
import { appended } from '../text/exact-array.ts';
import type { Node } from '../text/span.ts';

/** From this number of uses on, their places are also in a set. */
const many = 16;

export class Uses<Use extends Node> {
  list: readonly Use[] = none;
  #starts: Set<number> | undefined;

  /**
   * Whether a name at this place has been added: a script in double quotes is read by both shells, and the places of the
   * outer one come first.
   */
  isAt(start: number): boolean {
    const { list } = this;
    if (list.length >= many)
      return (this.#starts ??= new Set(list.map(({ span }) => span.start))).has(start);
    for (let i = 0; i < list.length; i++) if (list[i]?.span.start === start) return true;
    return false;
  }

  add(use: Use): void {
    this.list = appended(this.list, use);
    this.#starts?.add(use.span.start);
  }
}

const none: readonly never[] = [];
