/** From a tree to all that is known of it. Everything is made when first asked for, and kept. */
import type { Script } from '../shell/script.ts';
import { instructionAt } from '../syntax/at.ts';
import type { Dockerfile, Instruction, Kind, Of } from '../syntax/tree.ts';
import { fingerprint, mayHave } from '../text/fingerprint.ts';
import { Kinds } from './kinds.ts';
import type { Model, Stage, Symbol } from './model.ts';
import { bindingAt, lookupAt, type Scope } from './scope.ts';
import { commandIndex, scriptOf } from './scripts.ts';
import { referencesOf, stagesOf, type Stages } from './stages.ts';
import { shellAt, stateAt, statesOf } from './state.ts';
import { symbolsOf, usesIn } from './symbols.ts';
import { expansion } from './values.ts';

/**
 * A class because V8 keeps an object literal with getters, and all that it reaches, until the next full collection
 * of garbage: with one for each keystroke that was half the time of reading a file.
 */
class Lazy {
  readonly #stages: () => Stages;
  readonly #symbols: () => readonly Symbol[];

  constructor(stages: () => Stages, symbols: () => readonly Symbol[]) {
    this.#stages = stages;
    this.#symbols = symbols;
  }
  get stages(): readonly Stage[] {
    return this.#stages().list;
  }
  get target(): Stage | undefined {
    return this.#stages().list.at(-1);
  }
  get symbols(): readonly Symbol[] {
    return this.#symbols();
  }
}

/** The meaning of a tree; total, whatever the tree holds. */
export function understand(tree: Dockerfile): Model {
  const stages = once(() => stagesOf(tree));
  const states = once(() => statesOf(tree, stages()));
  const kinds = once(() => new Kinds(stages().all));
  const scripts = new Map<Instruction, Script | undefined>();
  const script = (instruction: Instruction): Script | undefined => {
    if (scripts.has(instruction)) return scripts.get(instruction);
    const made = scriptOf(tree, instruction, shellAt(states(), instruction));
    scripts.set(instruction, made);
    return made;
  };
  const runs = once(() =>
    commandIndex(kinds().of(['RUN']) as readonly Of<'RUN'>[], script, (run) =>
      stages().stageOf.get(run),
    ),
  );
  const marks = once(() => fingerprint(tree.text));
  const references = once(() => referencesOf(stages()));
  const symbols = once(() => symbolsOf({ tree, stages: stages(), states: states(), script }));
  const uses = once(() => usesIn(symbols()));
  const answers: Omit<Model, keyof Lazy> = {
    tree,
    each: <K extends Kind>(...wanted: readonly K[]) => kinds().of(wanted) as readonly Of<K>[],
    kinds: () => kinds().keys(),
    commands: (...names) => runs().of(names),
    commandNames: () => runs().names(),
    commandsIn: (run, ...names) => runs().in(run, names),
    mayHave: (words) => mayHave(marks(), words),
    isAscii: () => marks().isAscii,
    script,
    stageOf: (instruction) => stages().stageOf.get(instruction),
    stateAt: (instruction) => stateAt(stages(), states(), instruction),
    resolve: ({ name, span }) => {
      const scope = scopeAt(span.start);
      return scope && bindingAt(scope, name, span.start);
    },
    valueOf: ({ name, span }) => {
      const scope = scopeAt(span.start);
      return scope ? lookupAt(scope, span.start)(name) : 'unknown';
    },
    expand: (word) => {
      const scope = scopeAt(word.span.start);
      return scope && expansion(word, tree.escape, lookupAt(scope, word.span.start));
    },
    symbolAt: (offset) => uses().at(offset),
    stageNamed: (name, before) => stages().named(name, before),
    references: () => references(),
    instructionAt: (offset) => instructionAt(tree, offset),
  };
  return Object.assign(new Lazy(stages, symbols), answers);

  /** FROM sees what is declared before the first one, and nothing else. */
  function scopeAt(offset: number): Scope | undefined {
    const instruction = instructionAt(tree, offset);
    const stage = instruction && stages().stageOf.get(instruction);
    return stage && instruction.kind !== 'FROM' ? states().scopes[stage.index] : stages().globals;
  }
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
