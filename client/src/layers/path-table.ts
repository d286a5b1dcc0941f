/**
 * The paths of an image, each stored once: a path is the number of its parent and a name, so that a million paths need some
 * megabytes. Names come from untrusted archives and are any text, or bytes as `nameOfBytes` gives them.
 */
import { displayName } from '../copy/names.ts';

/** The number of `/`. A parent always has a smaller number than its children. */
export const root = 0;

const firstCapacity = 1024;

export class PathTable {
  readonly #names: string[] = [''];
  readonly #nameIds = new Map<string, number>([['', 0]]);
  #parents = new Int32Array(firstCapacity);
  #nameOf = new Int32Array(firstCapacity);
  /** Open addressing; 0 is free, as the root is not a child. */
  #slots = new Int32Array(firstCapacity * 2);
  #count = 1;
  #characters = 0;

  /** How many paths there are, with the root. */
  get count(): number {
    return this.#count;
  }

  /** The length of all distinct names. */
  get characters(): number {
    return this.#characters;
  }

  parent(node: number): number {
    return this.#parents[node] ?? root;
  }

  name(node: number): string {
    return this.#names[this.#nameOf[node] ?? 0] ?? '';
  }

  /** The child with this name, which is created if it does not exist. */
  child(parent: number, name: string): number {
    const nameId = this.#nameIds.get(name) ?? this.#addName(name);
    const slot = this.#slotOf(parent, nameId);
    const found = this.#slots[slot] ?? 0;
    if (found !== 0) return found;
    if (this.#count >= this.#parents.length) this.#grow();
    const node = this.#count++;
    this.#parents[node] = parent;
    this.#nameOf[node] = nameId;
    this.#slots[this.#slotOf(parent, nameId)] = node;
    return node;
  }

  /** The child with this name; undefined if there is none. */
  find(parent: number, name: string): number | undefined {
    const nameId = this.#nameIds.get(name);
    if (nameId === undefined) return undefined;
    const found = this.#slots[this.#slotOf(parent, nameId)] ?? 0;
    return found === 0 ? undefined : found;
  }

  /** The absolute path for display: bytes that are not text, and control characters, are escaped. */
  display(node: number): string {
    const names: string[] = [];
    for (let one = node; one !== root; one = this.parent(one))
      names.push(displayName(this.name(one)));
    return `/${names.reverse().join('/')}`;
  }

  #addName(name: string): number {
    // Copied, because a part of a long text would keep all of it in memory.
    const own = Buffer.from(name).toString();
    const id = this.#names.push(own) - 1;
    this.#nameIds.set(own, id);
    this.#characters += own.length;
    return id;
  }

  #slotOf(parent: number, nameId: number): number {
    const mask = this.#slots.length - 1;
    let slot = (Math.imul(parent, 0x9e3779b1) ^ Math.imul(nameId, 0x85ebca6b)) >>> 0;
    slot = (slot ^ (slot >>> 15)) & mask;
    for (;;) {
      const node = this.#slots[slot] ?? 0;
      if (node === 0) return slot;
      if (this.#parents[node] === parent && this.#nameOf[node] === nameId) return slot;
      slot = (slot + 1) & mask;
    }
  }

  #grow(): void {
    this.#parents = grown(this.#parents, this.#parents.length * 2);
    this.#nameOf = grown(this.#nameOf, this.#nameOf.length * 2);
    this.#slots = new Int32Array(this.#parents.length * 2);
    for (let node = 1; node < this.#count; node++) {
      this.#slots[this.#slotOf(this.parent(node), this.#nameOf[node] ?? 0)] = node;
    }
  }
}

/** The path that a person wrote, absolute or not; undefined if the table does not have it. */
export function nodeOfPath(paths: PathTable, text: string): number | undefined {
  let node: number | undefined = root;
  for (const name of text.split('/')) {
    if (name === '' || name === '.') continue;
    node = paths.find(node, name);
    if (node === undefined) return undefined;
  }
  return node === root ? undefined : node;
}

interface Growable<T> {
  readonly length: number;
  set(from: T): void;
}

/** The same numbers in an array of this length. */
export function grown<T extends Growable<T>>(numbers: T, length: number): T {
  const Type = numbers.constructor as new (length: number) => T;
  const larger = new Type(length);
  larger.set(numbers);
  return larger;
}

/** The children of all paths, linked once when the table is complete. */
export interface Children {
  readonly first: Int32Array;
  readonly next: Int32Array;
}

export function childrenOf(paths: PathTable): Children {
  const first = new Int32Array(paths.count);
  const next = new Int32Array(paths.count);
  for (let node = paths.count - 1; node > root; node--) {
    const parent = paths.parent(node);
    next[node] = first[parent] ?? 0;
    first[parent] = node;
  }
  return { first, next };
}
