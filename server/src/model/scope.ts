/** Which variables hold where: ARG and ENV of the stages, with their values. */
import { platformArguments, predefinedArguments, proxyArguments } from '../reference/variables.ts';
import type { Assign, Dockerfile, Instruction, Of, Pair } from '../syntax/tree.ts';
import type { Binding } from './model.ts';
import { resolved, type Lookup, type Value } from './values.ts';

const platform: ReadonlySet<string> = new Set(platformArguments.map(({ name }) => name));
const proxies: ReadonlySet<string> = new Set(proxyArguments.map(({ name }) => name));
/** Names that a build knows without the file. */
export const predefined: ReadonlySet<string> = new Set(predefinedArguments.map(({ name }) => name));

/** What BuildKit sets where an image has none (util/system/path.go). */
const defaultPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

interface Entry {
  /** From where on it holds. */
  readonly offset: number;
  readonly binding: Binding;
  readonly value: Value;
  /** A bare ARG that takes up the one before the first FROM. */
  readonly taken: boolean;
}

/** The variables of one stage, or those before the first FROM. */
export interface Scope {
  readonly entries: Map<string, Entry[]>;
  /** Where the others come from: the scope of the stage that it is built from, if that one has any. */
  readonly inherited: Scope | undefined;
  readonly globals: Scope | undefined;
  /** What a name has that nobody declares: one from the base image is not known. */
  readonly undeclared: Value;
  /** How many scopes are inherited. */
  readonly depth: number;
}

/** Scopes below this number of others are not searched; see `deepest` of lineage.ts. */
const deepest = 200;

export function globalScope(): Scope {
  return {
    entries: new Map(),
    inherited: undefined,
    globals: undefined,
    undeclared: 'unset',
    depth: 0,
  };
}

export function stageScope(globals: Scope, base: Scope | undefined, bare: boolean): Scope {
  const above = base && base.entries.size === 0 ? base.inherited : base;
  const depth = above === undefined ? 0 : above.depth + 1;
  const isCut = depth > deepest;
  const undeclared = isCut ? 'unknown' : base ? base.undeclared : bare ? 'unset' : 'unknown';
  const inherited = isCut ? undefined : above;
  return { entries: new Map(), inherited, globals, undeclared, depth: isCut ? 0 : depth };
}

/** Notes what an ARG or ENV declares; `offset` says from where on when it is not its own place. */
export function declare(
  scope: Scope,
  instruction: Instruction,
  escape: Dockerfile['escape'],
  offset?: number,
): void {
  if (instruction.kind === 'ARG') {
    // Each pair of an ARG sees those before it, those of an ENV do not.
    for (const pair of instruction.pairs)
      declareArg(scope, instruction as Of<'ARG'>, pair, {
        escape,
        offset: offset ?? pair.span.end,
      });
  } else if (instruction.kind === 'ENV') {
    const from = offset ?? instruction.span.end;
    const lookup = lookupAt(scope, instruction.span.start);
    const made = instruction.pairs.map((pair): [string, Value] => [
      pair.key.text,
      valueOf(pair, escape, lookup),
    ]);
    for (const [name, value] of made) add(scope, instruction as Of<'ENV'>, { name, value, from });
  }
}

interface Where {
  readonly escape: Dockerfile['escape'];
  readonly offset: number;
}

function declareArg(scope: Scope, arg: Of<'ARG'>, pair: Pair, { escape, offset }: Where): void {
  const name = pair.key.text;
  if (pair.value !== undefined) {
    const value = valueOf(pair, escape, lookupAt(scope, pair.span.start));
    add(scope, arg, { name, value, from: offset });
    return;
  }
  const known = scope.globals && last(scope.globals.entries.get(name));
  const value = known?.value ?? (platform.has(name) ? 'unknown' : 'unset');
  // Without a value it changes nothing that is there already.
  if (value === 'unset' && find(scope, name, offset) !== undefined) return;
  add(scope, arg, { name, value, from: offset, taken: known !== undefined });
}

function valueOf({ value }: Pair, escape: Dockerfile['escape'], lookup: Lookup): Value {
  if (value === undefined) return 'unset';
  const expanded = resolved(value, escape, lookup);
  return expanded === undefined ? 'unknown' : { value: expanded };
}

interface Declared {
  readonly name: string;
  readonly value: Value;
  readonly from: number;
  readonly taken?: boolean;
}

function add(
  { entries }: Scope,
  from: Assign & { readonly kind: 'ARG' | 'ENV' },
  { name, value, from: offset, taken = false }: Declared,
): void {
  const binding: Binding = {
    name,
    from: from,
    ...(typeof value === 'object' && { value: value.value }),
  };
  const list = entries.get(name);
  if (list) list.push({ offset, binding, value, taken });
  else entries.set(name, [{ offset, binding, value, taken }]);
}

function last(list: readonly Entry[] | undefined): Entry | undefined {
  return list?.[list.length - 1];
}

/** What a child stage gets: an ENV is in the image's configuration and so comes before an ARG. */
function final(list: readonly Entry[]): Entry | undefined {
  for (let i = list.length - 1; i >= 0; i--) {
    const from = list[i]?.binding.from;
    if (typeof from === 'object' && from.kind === 'ENV') return list[i];
  }
  return last(list);
}

function find(scope: Scope, name: string, offset: number): Entry | undefined {
  const list = scope.entries.get(name);
  if (list) {
    let low = 0;
    let high = list.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((list[middle]?.offset ?? 0) <= offset) low = middle + 1;
      else high = middle;
    }
    if (low > 0) return list[low - 1];
  }
  for (let base = scope.inherited; base !== undefined; base = base.inherited) {
    const inherited = base.entries.get(name);
    if (inherited) return final(inherited);
  }
  return undefined;
}

/** What a name stands for at a place of the document. */
export function bindingAt(scope: Scope, name: string, offset: number): Binding | undefined {
  const found = find(scope, name, offset);
  if (found) return found.binding;
  // Platform arguments are global; a stage sees them only when it declares them.
  if (scope.globals === undefined ? platform.has(name) : proxies.has(name))
    return { name, from: 'predefined' };
  if (scope.globals === undefined || name !== 'PATH') return undefined;
  return { name, from: 'base', ...(scope.undeclared === 'unset' && { value: defaultPath }) };
}

export function lookupAt(scope: Scope, offset: number): Lookup {
  return (name) => {
    const found = find(scope, name, offset);
    if (found) return found.value;
    const binding = bindingAt(scope, name, offset);
    // A proxy is for the commands of RUN; Docker itself puts none in.
    if (binding === undefined || (scope.globals && proxies.has(name))) return scope.undeclared;
    return binding.value === undefined ? 'unknown' : { value: binding.value };
  };
}

/** A view of all that is declared at a place; a single name costs nothing but itself. */
export function variablesAt(scope: Scope, offset: number): ReadonlyMap<string, Binding> {
  return new View(scope, offset);
}

/** A class because one is made for each instruction that anybody asks for. */
class View implements ReadonlyMap<string, Binding> {
  readonly #scope: Scope;
  readonly #offset: number;
  #made: ReadonlyMap<string, Binding> | undefined;

  constructor(scope: Scope, offset: number) {
    this.#scope = scope;
    this.#offset = offset;
  }
  get #all(): ReadonlyMap<string, Binding> {
    return (this.#made ??= collected(this.#scope, this.#offset));
  }
  get(name: string): Binding | undefined {
    return find(this.#scope, name, this.#offset)?.binding;
  }
  has(name: string): boolean {
    return find(this.#scope, name, this.#offset) !== undefined;
  }
  get size(): number {
    return this.#all.size;
  }
  forEach(callback: (binding: Binding, name: string, map: this) => void): void {
    for (const [name, binding] of this.#all) callback(binding, name, this);
  }
  entries(): MapIterator<[string, Binding]> {
    return this.#all.entries();
  }
  keys(): MapIterator<string> {
    return this.#all.keys();
  }
  values(): MapIterator<Binding> {
    return this.#all.values();
  }
  [Symbol.iterator](): MapIterator<[string, Binding]> {
    return this.#all.entries();
  }
}

function collected(scope: Scope, offset: number): Map<string, Binding> {
  const result = new Map<string, Binding>();
  for (let at: Scope | undefined = scope; at !== undefined; at = at.inherited)
    for (const name of at.entries.keys()) {
      const binding = result.has(name) ? undefined : find(scope, name, offset)?.binding;
      if (binding) result.set(name, binding);
    }
  return result;
}

/** The scope that declares a name, going up from a stage to those it is built from. */
export function declaring(scope: Scope, name: string): Scope | undefined {
  for (let at: Scope | undefined = scope; at !== undefined; at = at.inherited)
    if (at.entries.has(name)) return at;
  return undefined;
}

/** Whether a stage's own declaration of a name takes up the global one. */
export function takesGlobal(scope: Scope, name: string): boolean {
  return scope.entries.get(name)?.some(({ taken }) => taken) === true;
}
