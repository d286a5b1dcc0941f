import type { Instruction } from '../syntax/tree.ts';
import { anyInstruction, kindBit } from './reads.ts';

/** Instructions by kind. Two hundred rules request the same few sets of kinds, so each set is collected once. */
export class Kinds {
  /** The kinds of all instructions, as a set of bits. */
  readonly present: number;
  readonly #all: readonly Instruction[];
  /** The kind of each instruction, as a bit. */
  readonly #bits: readonly number[];
  readonly #bySet = new Map<number, readonly Instruction[]>();

  constructor(all: readonly Instruction[]) {
    this.#all = all;
    const bits: number[] = [];
    let present = 0;
    for (let i = 0; i < all.length; i++) {
      const bit = kindBit((all[i] as Instruction).kind);
      bits.push(bit);
      present |= bit;
    }
    this.#bits = bits;
    this.present = present;
  }
  /** The instructions of a set of kinds in order. */
  of(set: number): readonly Instruction[] {
    if (set === anyInstruction) return this.#all;
    if ((set & this.present) === 0) return none;
    const before = this.#bySet.get(set);
    if (before) return before;
    const found: Instruction[] = [];
    for (let i = 0; i < this.#bits.length; i++)
      if (((this.#bits[i] ?? 0) & set) !== 0) found.push(this.#all[i] as Instruction);
    this.#bySet.set(set, found);
    return found;
  }
}

const none: readonly Instruction[] = [];
