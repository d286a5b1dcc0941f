import type { Instruction, Kind } from '../syntax/tree.ts';
import { kindBits } from './reads.ts';

/** Instructions by kind. Two hundred rules request the same few sets of kinds, so each set is collected once. */
export class Kinds {
  readonly #all: readonly Instruction[];
  readonly #byKind = new Map<Kind, Instruction[]>();
  readonly #bySet = new Map<number, readonly Instruction[]>();

  constructor(all: readonly Instruction[]) {
    this.#all = all;
    for (let i = 0; i < all.length; i++) {
      const instruction = all[i] as Instruction;
      const list = this.#byKind.get(instruction.kind);
      if (list) list.push(instruction);
      else this.#byKind.set(instruction.kind, [instruction]);
    }
  }
  keys(): Iterable<Kind> {
    return this.#byKind.keys();
  }
  /** The instructions of these kinds in order; all of them if no kind is given. */
  of(wanted: readonly Kind[]): readonly Instruction[] {
    const first = wanted[0];
    if (first === undefined) return this.#all;
    if (wanted.length === 1) return this.#byKind.get(first) ?? none;
    const set = kindBits(wanted);
    const before = this.#bySet.get(set);
    if (before) return before;
    const found = this.#all.filter(({ kind }) => wanted.includes(kind));
    this.#bySet.set(set, found);
    return found;
  }
}

const none: readonly Instruction[] = [];
