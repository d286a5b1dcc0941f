/** The variables of ARG and ENV in each stage, with their values. */
import { platformArguments, predefinedArguments, proxyArguments } from '../reference/variables.ts';
import type { Assign, Dockerfile, Instruction, InstructionOf, Pair, Word } from '../syntax/tree.ts';
import { Declarations } from './declarations.ts';
import type { Binding, State } from './model.ts';
import { resolveWord, type Lookup, type Value } from './values.ts';

/** Variables that describe the platforms of a build. */
export const platform: ReadonlySet<string> = new Set(platformArguments.map(({ name }) => name));
const proxies: ReadonlySet<string> = new Set(proxyArguments.map(({ name }) => name));
/** Variables that a build defines without the file. */
export const predefined: ReadonlySet<string> = new Set(predefinedArguments.map(({ name }) => name));

/** The PATH that BuildKit sets if an image has none (util/system/path.go). */
const defaultPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

interface Entry {
  /** The offset from which it applies. */
  readonly offset: number;
  readonly binding: Binding;
  readonly value: Value;
  /** Whether it is an ARG without a value that uses the one before the first FROM. */
  readonly usesGlobal: boolean;
}

/** The variables of one stage, or those before the first FROM. */
export interface Scope {
  entries: Declarations<Entry>;
  /** The scope of the stage that it is built from, if that has any variables. */
  readonly inherited: Scope | undefined;
  readonly globals: Scope | undefined;
  /** The value of names that are not declared: variables of a base image are not known. */
  readonly undeclared: Value;
  /** How many scopes are inherited. */
  readonly depth: number;
  /** Declarations from there on are not read. */
  readonly end: number;
}

/** Scopes below this number of others are not searched; see `deepest` of lineage.ts. */
const deepest = 200;

/** Of scopes that declare nothing, as most stages do. */
const noEntries: Scope['entries'] = new Declarations();

/** Always of the same shape. */
function scopeOf(
  end: number,
  globals: Scope | undefined,
  undeclared: Value,
  inherited: Scope | undefined,
  depth: number,
): Scope {
  return { entries: noEntries, inherited, globals, undeclared, depth, end };
}

export function globalScope(end: number): Scope {
  return scopeOf(end, undefined, 'unset', undefined, 0);
}

/**
 * The scope of ENV and other instructions before the first FROM, which BuildKit refuses: FROM does not see what they
 * declare, while a person who is still writing the file does.
 */
export function scopeBeforeStages(globals: Scope): Scope {
  return scopeOf(globals.end, undefined, 'unset', globals, 0);
}

export function stageScope(globals: Scope, base: Scope | undefined, isPlain: boolean): Scope {
  if (base === undefined)
    return scopeOf(globals.end, globals, isPlain ? 'unset' : 'unknown', undefined, 0);
  const above = base.entries.isEmpty ? base.inherited : base;
  const depth = above === undefined ? 0 : above.depth + 1;
  if (depth > deepest) return scopeOf(globals.end, globals, 'unknown', undefined, 0);
  return scopeOf(globals.end, globals, base.undeclared, above, depth);
}

/** Adds what an ARG or ENV declares; `offset` is where it begins to apply, if that is not its own place. */
export function declare(
  scope: Scope,
  instruction: Instruction,
  escape: Dockerfile['escape'],
  offset?: number,
): void {
  const { end } = scope;
  if (instruction.kind === 'ARG') {
    // The earlier pairs of an ARG are visible to the later ones, those of an ENV are not.
    for (const pair of instruction.pairs)
      if (pair.span.start < end)
        declareArg(scope, instruction, pair, escape, offset ?? pair.span.end);
  } else if (instruction.kind === 'ENV') {
    const from = offset ?? instruction.span.end;
    const { pairs, span } = instruction;
    // One pair, as most ENV have, needs no list of values.
    const values =
      pairs.length === 1
        ? undefined
        : pairs.map((pair) => valueOf(pair, scope, span.start, escape));
    for (let i = 0; i < pairs.length; i++) {
      const pair = pairs[i] as Pair;
      if (pair.span.start >= end) break;
      const value = values?.[i] ?? valueOf(pair, scope, span.start, escape);
      add(scope, instruction, pair.key.text, value, from, false);
    }
  }
}

function declareArg(
  scope: Scope,
  arg: Assign,
  pair: Pair,
  escape: Dockerfile['escape'],
  offset: number,
): void {
  const name = pair.key.text;
  if (pair.value !== undefined) {
    add(scope, arg, name, valueOf(pair, scope, pair.span.start, escape), offset, false);
    return;
  }
  const global = scope.globals && lastEntry(scope.globals.entries.get(name));
  const value = global?.value ?? (platform.has(name) ? 'unknown' : 'unset');
  // Without a value, it does not change an earlier declaration.
  if (value === 'unset' && findEntry(scope, name, offset) !== undefined) return;
  add(scope, arg, name, value, offset, global !== undefined);
}

function valueOf(
  { value }: Pair,
  scope: Scope,
  offset: number,
  escape: Dockerfile['escape'],
): Value {
  if (value === undefined) return 'unset';
  const expanded = valueAt(scope, value, offset, escape);
  return expanded === undefined ? 'unknown' : { value: expanded };
}

/** The value of a word at an offset of the document; undefined if a variable in it is not known. */
export function valueAt(
  scope: Scope,
  word: Word,
  offset: number,
  escape: Dockerfile['escape'],
): string | undefined {
  // Without a lookup: most words have no variables.
  if (word.variables.length === 0) return word.text;
  return resolveWord(word, escape, lookupAt(scope, offset));
}

function add(
  scope: Scope,
  assign: Assign,
  name: string,
  value: Value,
  offset: number,
  usesGlobal: boolean,
): void {
  const from = assign as InstructionOf<'ARG'> | InstructionOf<'ENV'>;
  const binding: Binding =
    typeof value === 'object' ? { name, from, value: value.value } : { name, from };
  if (scope.entries === noEntries) scope.entries = new Declarations();
  scope.entries.add(name, { offset, binding, value, usesGlobal });
}

function lastEntry(list: readonly Entry[] | undefined): Entry | undefined {
  return list?.[list.length - 1];
}

/** The entry that a child stage inherits: an ENV is in the image config and so takes precedence over an ARG. */
function inheritedEntry(list: readonly Entry[]): Entry | undefined {
  for (let i = list.length - 1; i >= 0; i--) {
    const from = list[i]?.binding.from;
    if (typeof from === 'object' && from.kind === 'ENV') return list[i];
  }
  return lastEntry(list);
}

function findEntry(scope: Scope, name: string, offset: number): Entry | undefined {
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
    if (inherited) return inheritedEntry(inherited);
  }
  return undefined;
}

/** The binding of a name at an offset of the document. */
export function bindingAt(scope: Scope, name: string, offset: number): Binding | undefined {
  const found = findEntry(scope, name, offset);
  if (found) return found.binding;
  // Platform arguments are global; a stage has only those that it declares.
  if (scope.globals === undefined ? platform.has(name) : proxies.has(name))
    return { name, from: 'predefined' };
  if (scope.globals === undefined || name !== 'PATH') return undefined;
  return { name, from: 'base', ...(scope.undeclared === 'unset' && { value: defaultPath }) };
}

export function lookupAt(scope: Scope, offset: number): Lookup {
  return (name) => {
    const found = findEntry(scope, name, offset);
    if (found) return found.value;
    const binding = bindingAt(scope, name, offset);
    // Proxy variables are set for the commands of RUN; Docker itself does not expand them.
    if (binding === undefined || (scope.globals && proxies.has(name))) return scope.undeclared;
    return binding.value === undefined ? 'unknown' : { value: binding.value };
  };
}

/** All variables that are declared at an offset, as a lazy map: reading a single name does not collect the others. */
export function variablesAt(scope: Scope, offset: number): State['variables'] {
  return new VariablesView(scope, offset);
}

/** A class, because one is created for every state that is read. */
class VariablesView implements Pick<
  ReadonlyMap<string, Binding>,
  'get' | 'has' | 'keys' | 'values'
> {
  readonly #scope: Scope;
  readonly #offset: number;
  #bindings: ReadonlyMap<string, Binding> | undefined;

  constructor(scope: Scope, offset: number) {
    this.#scope = scope;
    this.#offset = offset;
  }
  get #all(): ReadonlyMap<string, Binding> {
    return (this.#bindings ??= collectBindings(this.#scope, this.#offset));
  }
  get(name: string): Binding | undefined {
    return findEntry(this.#scope, name, this.#offset)?.binding;
  }
  has(name: string): boolean {
    return findEntry(this.#scope, name, this.#offset) !== undefined;
  }
  keys(): MapIterator<string> {
    return this.#all.keys();
  }
  values(): MapIterator<Binding> {
    return this.#all.values();
  }
}

function collectBindings(scope: Scope, offset: number): Map<string, Binding> {
  const result = new Map<string, Binding>();
  for (let at: Scope | undefined = scope; at !== undefined; at = at.inherited)
    at.entries.eachName((name) => {
      const binding = result.has(name) ? undefined : findEntry(scope, name, offset)?.binding;
      if (binding) result.set(name, binding);
    });
  return result;
}

/** The scope that declares a name: that of a stage or of one that it is built from. */
export function declaringScope(scope: Scope, name: string): Scope | undefined {
  for (let at: Scope | undefined = scope; at !== undefined; at = at.inherited)
    if (at.entries.has(name)) return at;
  return undefined;
}

/** Whether a scope is another one, or that of a stage that is built from it. */
export function isOrInherits(scope: Scope, other: Scope): boolean {
  let at: Scope | undefined = scope;
  while (at !== undefined && at !== other) at = at.inherited;
  return at === other;
}

/** Whether the declaration of a name in a stage uses the global one. */
export function usesGlobalArg(scope: Scope, name: string): boolean {
  return scope.entries.get(name)?.some(({ usesGlobal }) => usesGlobal) === true;
}
