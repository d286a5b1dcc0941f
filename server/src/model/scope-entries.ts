/** The variables of a stage by name and place. */
import { appended } from '../text/exact-array.ts';
import { firstThat } from '../text/sorted.ts';
import type { Binding } from './model.ts';
import type { Value } from './values.ts';

/** A declaration of a variable. */
export interface Entry {
  /** The offset from which it applies. */
  readonly offset: number;
  readonly binding: Binding;
  readonly value: Value;
  /** Whether it is an ARG without a value that uses the one before the first FROM. */
  readonly usesGlobal: boolean;
}

/** From this number of declarations on, they are found by name. Below it, comparing all takes less time than a map. */
const many = 16;

/** The variables of one stage, or those before the first FROM. */
export class Scope {
  /** The scope of the stage that it is built from, if that has any variables. */
  readonly inherited: Scope | undefined;
  readonly globals: Scope | undefined;
  /** The value of names that are not declared: variables of a base image are not known. */
  readonly undeclared: Value;
  /** How many scopes are inherited. */
  readonly depth: number;
  /** Declarations from there on are not read. */
  readonly end: number;
  /** In order, each after the one before. */
  private entries: readonly Entry[] = none;
  /** The same by name, where there are many. */
  private byName: Map<string, readonly Entry[]> | undefined = undefined;

  constructor(
    end: number,
    globals: Scope | undefined,
    undeclared: Value,
    inherited?: Scope,
    depth = 0,
  ) {
    this.end = end;
    this.globals = globals;
    this.undeclared = undeclared;
    this.inherited = inherited;
    this.depth = depth;
  }
  get isEmpty(): boolean {
    return this.entries.length === 0;
  }
  add(entry: Entry): void {
    this.entries = appended(this.entries, entry);
    if (this.entries.length >= many) this.index(entry);
  }
  /** The declaration of a name that applies at an offset, without those that are inherited. */
  entryAt(name: string, offset: number): Entry | undefined {
    if (this.byName !== undefined) return lastUpTo(this.byName.get(name) ?? none, offset);
    const { entries } = this;
    for (let i = entries.length - 1; i >= 0; i--) {
      const one = entries[i] as Entry;
      if (one.binding.name === name && one.offset <= offset) return one;
    }
    return undefined;
  }
  /**
   * The declarations that apply at an offset, without those that are inherited. Of several of one name, the last one comes last;
   * those before it may be left out.
   */
  appliedAt(offset: number): readonly Entry[] {
    const { entries, byName } = this;
    const count = firstThat(entries, (one) => one.offset > offset);
    if (byName === undefined || byName.size * many > count) return entries.slice(0, count);
    return [...byName.values()].flatMap((all) => lastUpTo(all, offset) ?? []);
  }
  /** The declaration that a child stage inherits: an ENV is in the image config and so takes precedence over an ARG. */
  inheritable(name: string): Entry | undefined {
    let last: Entry | undefined;
    for (const one of this.byName === undefined ? this.entries : this.of(name))
      if (one.binding.name === name && (isEnv(one) || !isEnv(last))) last = one;
    return last;
  }
  has(name: string): boolean {
    return this.entryAt(name, Infinity) !== undefined;
  }
  /** All declarations of a name in order. */
  of(name: string): readonly Entry[] {
    if (this.byName !== undefined) return this.byName.get(name) ?? none;
    return this.entries.filter(({ binding }) => binding.name === name);
  }
  /** All names, in the order of their first declarations. */
  names(): Iterable<string> {
    return this.byName?.keys() ?? new Set(this.entries.map(({ binding }) => binding.name));
  }
  private index(entry: Entry): void {
    const isFirst = this.byName === undefined;
    const byName = (this.byName ??= new Map<string, readonly Entry[]>());
    for (const one of isFirst ? this.entries : [entry])
      byName.set(one.binding.name, appended(byName.get(one.binding.name), one));
  }
}

function isEnv(entry: Entry | undefined): boolean {
  const from = entry?.binding.from;
  return typeof from === 'object' && from.kind === 'ENV';
}

/** The last declaration that applies at an offset. */
function lastUpTo(entries: readonly Entry[], offset: number): Entry | undefined {
  return entries[firstThat(entries, (one) => one.offset > offset) - 1];
}

const none: readonly never[] = [];
