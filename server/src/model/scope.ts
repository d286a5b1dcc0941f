/** The variables of ARG and ENV in each stage, with their values. */
import { platformArguments, predefinedArguments, proxyArguments } from '../reference/variables.ts';
import type { Assign, Dockerfile, Instruction, InstructionOf, Pair, Word } from '../syntax/tree.ts';
import type { Binding } from './model.ts';
import { Scope, type Entry } from './scope-entries.ts';
import { resolveWord, type Lookup, type Value } from './values.ts';

/** Variables that describe the platforms of a build. */
export const platform: ReadonlySet<string> = new Set(platformArguments.map(({ name }) => name));
const proxies: ReadonlySet<string> = new Set(proxyArguments.map(({ name }) => name));
/** Variables that a build defines without the file. */
export const predefined: ReadonlySet<string> = new Set(predefinedArguments.map(({ name }) => name));

/** The PATH that BuildKit sets if an image has none (util/system/path.go). */
const defaultPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** Scopes below this number of others are not searched; see `deepest` of lineage.ts. */
const deepest = 200;

/** The scope of a stage that is built from another one, or from an image; whether that is known to set only PATH. */
export function stageScope(globals: Scope, base: Scope | undefined, isPlain: boolean): Scope {
  const { end } = globals;
  if (base === undefined) return new Scope(end, globals, isPlain ? 'unset' : 'unknown');
  const above = base.isEmpty ? base.inherited : base;
  const depth = above === undefined ? 0 : above.depth + 1;
  if (depth > deepest) return new Scope(end, globals, 'unknown');
  return new Scope(end, globals, base.undeclared, above, depth);
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
    const values = pairs.map((pair) => valueOf(pair, scope, span.start, escape));
    for (let i = 0; i < pairs.length; i++) {
      const pair = pairs[i] as Pair;
      if (pair.span.start >= end) break;
      add(scope, instruction, pair.key.text, values[i] ?? 'unset', from, false);
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
  const global = scope.globals?.entryAt(name, Infinity);
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
  const known = typeof value === 'object' ? value.value : undefined;
  scope.add({ offset, binding: { name, from, value: known }, value, usesGlobal });
}

function findEntry(scope: Scope, name: string, offset: number): Entry | undefined {
  let found = scope.entryAt(name, offset);
  for (let base = scope.inherited; base !== undefined && found === undefined; base = base.inherited)
    found = base.inheritable(name);
  return found;
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

/**
 * All variables that are declared at an offset, as a lazy map: reading a single name does not collect the others. A class, because
 * one is created for every state that is read.
 */
export class VariablesView implements Pick<
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
  // Of several declarations of a name, the last one remains.
  for (const { binding } of scope.appliedAt(offset)) result.set(binding.name, binding);
  for (let at = scope.inherited; at !== undefined; at = at.inherited)
    for (const name of at.names()) {
      const binding = result.has(name) ? undefined : at.inheritable(name)?.binding;
      if (binding) result.set(name, binding);
    }
  return result;
}

/** The scope that declares a name: that of a stage or of one that it is built from. */
export function declaringScope(scope: Scope, name: string): Scope | undefined {
  for (let at: Scope | undefined = scope; at !== undefined; at = at.inherited)
    if (at.has(name)) return at;
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
  return scope.of(name).some(({ usesGlobal }) => usesGlobal);
}
