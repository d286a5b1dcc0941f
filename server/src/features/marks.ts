/** Places with types, as numbers: objects for the hundreds of thousands in a long file would take longer than finding them. */
import type { Span } from '../text/span.ts';
import { keepCode } from '../text/kept-code.ts';

/** In the order of the numbers that stand for them. */
export const tokenTypes = [
  'keyword',
  'flag',
  'stage',
  'variable',
  'key',
  'string',
  'number',
  'comment',
  'directive',
  'operator',
  'command',
] as const;

export type TokenType = (typeof tokenTypes)[number];

/** Modifiers, which can be added: defines a name; is part of a script. */
export const isDefinition = 1;
export const isInScript = 2;

/** Instead of the number of a type: a gap in the surrounding mark. */
export const gap = -1;

const numberOf: ReadonlyMap<TokenType, number> = new Map(tokenTypes.map((type, i) => [type, i]));

/** A list of places; each has a start, an end, the number of a type, and modifiers. */
export class Marks {
  #data = new Int32Array(16 * width);
  /** The number of places. */
  count = 0;

  /** Adds a place with a type, except for the marks inside it; without a type, a gap in the surrounding mark. */
  add({ start, end }: Span, type: TokenType | undefined, modifiers = 0): void {
    this.addPart(start, end, type, modifiers);
  }
  addPart(start: number, end: number, type: TokenType | undefined, modifiers = 0): void {
    const number = type === undefined ? gap : (numberOf.get(type) ?? gap);
    this.addNumbers(start, end, number, modifiers);
  }
  addNumbers(start: number, end: number, type: number, modifiers: number): void {
    const at = this.count++ * width;
    if (at === this.#data.length) {
      const longer = new Int32Array(2 * at);
      longer.set(this.#data);
      this.#data = longer;
    }
    const data = this.#data;
    data[at] = start;
    data[at + 1] = end;
    data[at + 2] = type;
    data[at + 3] = modifiers;
  }
  clear(): void {
    this.count = 0;
  }
  start(i: number): number {
    return this.#data[i * width] ?? 0;
  }
  end(i: number): number {
    return this.#data[i * width + 1] ?? 0;
  }
  /** The number of the type, or `gap`. */
  type(i: number): number {
    return this.#data[i * width + 2] ?? gap;
  }
  modifiers(i: number): number {
    return this.#data[i * width + 3] ?? 0;
  }
  /** Sorts by the start, outer ones first; of two at the same place, the order stays. Returns the same list. */
  sort(): this {
    for (let i = 1; i < this.count; i++) {
      if (this.#compare(i - 1, i) <= 0) continue;
      if (this.count <= few) this.#insert(i);
      else {
        this.#sortAll();
        break;
      }
    }
    return this;
  }
  #compare(a: number, b: number): number {
    return this.start(a) - this.start(b) || this.end(b) - this.end(a);
  }
  /** Moves a mark up to its place among those before it, which are sorted. */
  #insert(from: number): void {
    const data = this.#data;
    let to = from - 1;
    while (to > 0 && this.#compare(to - 1, from) > 0) to--;
    for (let part = 0; part < width; part++) {
      let at = from * width + part;
      const moved = data[at] ?? 0;
      for (; at >= (to + 1) * width; at -= width) data[at] = data[at - width] ?? 0;
      data[at] = moved;
    }
  }
  #sortAll(): void {
    const order = Array.from({ length: this.count }, (_, i) => i);
    order.sort((a, b) => this.#compare(a, b));
    const sorted = new Int32Array(this.#data.length);
    for (const [to, from] of order.entries())
      sorted.set(this.#data.subarray(from * width, (from + 1) * width), to * width);
    this.#data = sorted;
  }
}

/** The numbers of each place. */
const width = 4;

/** Up to this number of marks, moving those that are not in order is faster than sorting all of them. */
const few = 64;

keepCode(new Marks());
