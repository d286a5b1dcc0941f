/** Computes everything that is known about a tree, on first use. */
import type { CommandOccurrence, Dialect, Script } from '../shell/script.ts';
import { nthInstruction } from '../syntax/long-file.ts';
import { instructionAt } from '../syntax/nodes-at.ts';
import type { Expansion } from '../syntax/expand.ts';
import type {
  Dockerfile,
  Instruction,
  Kind,
  InstructionOf,
  Run,
  Variable,
  Word,
} from '../syntax/tree.ts';
import type { Node } from '../text/span.ts';
import { fingerprint, mayContain, type Fingerprint, type WordHashes } from '../text/fingerprint.ts';
import { Kinds } from './kinds.ts';
import type { Binding, CommandAt, Model, Reference, Stage, State, Symbol } from './model.ts';
import {
  anyInstruction,
  commands,
  kindBits,
  Reads,
  shells,
  stageNames,
  stageUses,
  states,
  variables,
  wholeText,
} from './reads.ts';
import { bindingAt, lookupAt, type Scope } from './scope.ts';
import { CommandIndex, commandsNamed, scriptOf } from './scripts.ts';
import { referencesOf, scopeOutside, stagesOf, type Stages } from './stages.ts';
import { shellAt, stateAt, statesOf, type States } from './state.ts';
import { symbolsOf } from './symbols.ts';
import { indexUses } from './use-index.ts';
import { expandWithValues, type Value } from './values.ts';

/** The model of any tree. */
export function createModel(tree: Dockerfile): Model {
  return new LazyModel(tree);
}

/**
 * From this number of instructions on, scripts that are read once are not kept: collecting the garbage around so many
 * objects takes longer than reading a script again.
 */
const manyInstructions = 2000;

/**
 * A class, because V8 keeps an object literal with getters, and everything that it references, until the next full
 * garbage collection; and because rules call its methods some hundred times per file, which would be slow with
 * closures.
 */
class LazyModel implements Model {
  readonly reads = new Reads();
  readonly #tree: Dockerfile;
  #stages: Stages | undefined;
  #states: States | undefined;
  #kinds: Kinds | undefined;
  #runs: CommandIndex | undefined;
  #fingerprint: Fingerprint | undefined;
  #references: readonly Reference[] | undefined;
  #symbols: readonly Symbol[] | undefined;
  #uses: ReturnType<typeof indexUses> | undefined;
  readonly #scripts = new Map<Instruction, Script | undefined>();
  /** The last instruction whose script is not kept, and this script. */
  #last: Instruction | undefined;
  #lastScript: Script | undefined;

  constructor(tree: Dockerfile) {
    this.#tree = tree;
  }
  // What is computed once reads more of the file than the answer to one question depends on, so these reads do not count.
  #stagesOf(): Stages {
    if (this.#stages === undefined) {
      const { bits } = this.reads;
      this.#stages = stagesOf(this.#tree, this.reads);
      this.reads.bits = bits;
    }
    return this.#stages;
  }
  #statesOf(): States {
    if (this.#states === undefined) {
      const stages = this.#stagesOf();
      const { bits } = this.reads;
      this.#states = statesOf(this.#tree, stages);
      this.reads.bits = bits;
    }
    return this.#states;
  }
  #kindsOf(): Kinds {
    return (this.#kinds ??= new Kinds(this.#stagesOf().all));
  }
  #runsOf(): CommandIndex {
    return (this.#runs ??= new CommandIndex(
      this.#kindsOf().of(runs) as readonly Run[],
      (run) => this.#scriptOf(run),
      this.#stagesOf(),
    ));
  }
  #fingerprintOf(): Fingerprint {
    return (this.#fingerprint ??= fingerprint(this.#tree.text));
  }
  /** FROM uses only what is declared before the first FROM. */
  #scopeAt(
    offset: number,
    instruction: Instruction | undefined = instructionAt(this.#tree, offset),
  ): Scope | undefined {
    const stage = instruction && this.#stagesOf().stageOf(instruction);
    if (stage && instruction.kind !== 'FROM') return this.#statesOf().scopes[stage.index];
    return instruction ? scopeOutside(this.#stagesOf(), instruction) : this.#stagesOf().globals;
  }
  /** Undefined where the shell is not known. */
  #shellAt(instruction: Node): State['shell'] | undefined {
    return instruction.span.start < this.#stagesOf().end
      ? shellAt(this.#statesOf(), instruction)
      : undefined;
  }
  #scriptOf(instruction: Instruction): Script | undefined {
    const before = this.#scripts.get(instruction);
    if (before !== undefined || this.#scripts.has(instruction)) return before;
    const shell = this.#shellAt(instruction);
    const script = shell && scriptOf(this.#tree, instruction, shell, true);
    this.#scripts.set(instruction, script);
    return script;
  }

  get tree(): Dockerfile {
    this.reads.bits |= anyInstruction | wholeText;
    return this.#tree;
  }
  get source(): Dockerfile {
    return this.#tree;
  }
  get stages(): readonly Stage[] {
    this.reads.bits |= stageNames;
    return this.#stagesOf().list;
  }
  get target(): Stage | undefined {
    return this.stages.at(-1);
  }
  get symbols(): readonly Symbol[] {
    this.reads.bits |= anyInstruction | wholeText;
    return (this.#symbols ??= symbolsOf({
      tree: this.#tree,
      stages: this.#stagesOf(),
      states: this.#statesOf(),
      script: (instruction) => this.scriptOnce(instruction),
    }));
  }
  each<K extends Kind>(...wanted: readonly K[]): readonly InstructionOf<K>[] {
    this.reads.bits |= wanted.length === 0 ? anyInstruction : kindBits(wanted);
    return this.#kindsOf().of(wanted) as readonly InstructionOf<K>[];
  }
  kinds(): Iterable<Kind> {
    this.reads.bits |= anyInstruction;
    return this.#kindsOf().keys();
  }
  commands(...names: readonly (string | RegExp)[]): readonly CommandAt[] {
    this.reads.bits |= commands;
    return this.#runsOf().of(names);
  }
  commandNames(): Iterable<string> {
    this.reads.bits |= commands;
    return this.#runsOf().names();
  }
  commandsIn(run: Run, ...names: readonly (string | RegExp)[]): readonly CommandAt[] {
    this.reads.bits |= commands;
    return this.#runsOf().in(run, names);
  }
  commandsOf(run: Run, ...names: readonly (string | RegExp)[]): readonly CommandOccurrence[] {
    return commandsNamed(run, this.scriptOnce(run), names);
  }
  mayContain(words: WordHashes, start?: number, end?: number): boolean {
    return mayContain(this.#fingerprintOf(), words, start, end);
  }
  isAscii(): boolean {
    this.reads.bits |= anyInstruction | wholeText;
    return this.#fingerprintOf().isAscii;
  }
  script(instruction: Instruction): Script | undefined {
    this.reads.bits |= shells;
    return this.#scriptOf(instruction);
  }
  scriptOnce(instruction: Instruction): Script | undefined {
    this.reads.bits |= shells;
    if (!nthInstruction(this.#tree, manyInstructions - 1)) return this.#scriptOf(instruction);
    if (this.#last !== instruction) {
      this.#last = instruction;
      const shell = this.#shellAt(instruction);
      this.#lastScript = shell && scriptOf(this.#tree, instruction, shell, false);
    }
    return this.#lastScript;
  }
  dialectAt(instruction: Node): Dialect | undefined {
    this.reads.bits |= shells;
    return this.#shellAt(instruction)?.dialect;
  }
  stageOf(instruction: Instruction): Stage | undefined {
    this.reads.bits |= stageNames;
    return this.#stagesOf().stageOf(instruction);
  }
  stateAt(instruction: Instruction): State {
    this.reads.bits |= states;
    return stateAt(this.#stagesOf(), this.#statesOf(), instruction);
  }
  resolve({ name, span }: Variable, instruction?: Instruction): Binding | undefined {
    this.reads.bits |= variables;
    const scope = this.#scopeAt(span.start, instruction);
    return scope && bindingAt(scope, name, span.start);
  }
  valueOf({ name, span }: Variable): Value {
    this.reads.bits |= variables;
    const scope = this.#scopeAt(span.start);
    return scope ? lookupAt(scope, span.start)(name) : 'unknown';
  }
  expand(word: Word): Expansion | undefined {
    this.reads.bits |= variables;
    const scope = this.#scopeAt(word.span.start);
    return scope && expandWithValues(word, this.#tree.escape, lookupAt(scope, word.span.start));
  }
  symbolAt(offset: number): Symbol | undefined {
    return (this.#uses ??= indexUses(this.symbols)).at(offset);
  }
  stageNamed(name: string, before?: number): Stage | undefined {
    this.reads.bits |= stageNames;
    return this.#stagesOf().stageNamed(name, before);
  }
  references(): readonly Reference[] {
    this.reads.bits |= stageUses;
    return (this.#references ??= referencesOf(this.#stagesOf()));
  }
  get refersElsewhere(): boolean {
    this.reads.bits |= stageUses;
    return this.#stagesOf().refersElsewhere;
  }
  instructionAt(offset: number): Instruction | undefined {
    this.reads.bits |= anyInstruction;
    return instructionAt(this.#tree, offset);
  }
}

const runs: readonly Kind[] = ['RUN'];
