/** Computes everything that is known about a tree, on first use. */
import type { CommandOccurrence, Script } from '../shell/script.ts';
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
import type { Binding, CommandAt, Model, Reference, Stage, State, Symbol } from './model.ts';
import {
  anyInstruction,
  commands,
  kindBits,
  type Reads,
  shells,
  stageNames,
  stageUses,
  states,
  variables,
  wholeText,
} from './reads.ts';
import { bindingAt, lookupAt } from './scope.ts';
import type { Scope } from './scope-entries.ts';
import { CommandIndex, commandsNamed, scriptOf } from './scripts.ts';
import { referencesOf, scopeOutside, stagesOf, type Stages } from './stages.ts';
import { scopesOf } from './stage-scopes.ts';
import { sh, usesOnlySh } from './stage-shells.ts';
import { shellAt, stateAt, statesOf, type States } from './state.ts';
import { symbolsOf } from './symbols.ts';
import { indexUses } from './use-index.ts';
import { expandWithValues, type Value } from './values.ts';

/** The model of a tree without a document. */
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
 * closures. Its fields have no `#`, as those of all classes that are created for each file or stage: V8 would define them with
 * one more function, and check each call of a method.
 */
export class LazyModel implements Model {
  readonly reads: Reads = { bits: 0 };
  readonly source: Dockerfile;
  readonly layout: Stages;
  private scopes: readonly Scope[] | undefined = undefined;
  private states: States | undefined = undefined;
  /** Whether all shells are `sh`; undefined until a shell is asked for. */
  private onlySh: boolean | undefined = undefined;
  private runs: CommandIndex | undefined = undefined;
  private print: Fingerprint | undefined = undefined;
  private named: readonly Reference[] | undefined = undefined;
  private known: readonly Symbol[] | undefined = undefined;
  private uses: ReturnType<typeof indexUses> | undefined = undefined;
  /** The last instruction whose script is not kept, and this script. */
  private last: LastScript | undefined = undefined;

  constructor(tree: Dockerfile) {
    this.source = tree;
    // At once, since nearly every question needs them.
    this.layout = stagesOf(tree, this.reads);
  }
  private scopesOf(): readonly Scope[] {
    return (this.scopes ??= scopesOf(this.source, this.layout));
  }
  private statesOf(): States {
    return (this.states ??= statesOf(this.source, this.layout, this.scopesOf()));
  }
  private shellFrom(offset: number): State['shell'] {
    this.onlySh ??= usesOnlySh(this.source, this.layout);
    return this.onlySh ? sh : shellAt(this.statesOf(), offset);
  }
  private index(): CommandIndex {
    return (this.runs ??= new CommandIndex(this.layout.ofKinds(runs) as readonly Run[], this));
  }
  /** FROM uses only what is declared before the first FROM. */
  private scopeOf(instruction: Instruction): Scope {
    const stage = instruction.kind === 'FROM' ? undefined : this.layout.stageOf(instruction);
    const scope = stage && this.scopesOf()[stage.index];
    return scope ?? scopeOutside(this.layout, instruction);
  }
  private scopeAt(offset: number, instruction = instructionAt(this.source, offset)): Scope {
    return instruction ? this.scopeOf(instruction) : this.layout.globals;
  }

  get tree(): Dockerfile {
    this.reads.bits |= anyInstruction | wholeText;
    return this.source;
  }
  get stages(): readonly Stage[] {
    this.reads.bits |= stageNames;
    return this.layout.list;
  }
  get target(): Stage | undefined {
    return this.stages.at(-1);
  }
  get symbols(): readonly Symbol[] {
    this.reads.bits |= anyInstruction | wholeText;
    return (this.known ??= symbolsOf({
      tree: this.source,
      stages: this.layout,
      scopes: this.scopesOf(),
      shellAt: (offset) => this.shellFrom(offset),
      script: (instruction) => this.scriptOnce(instruction),
    }));
  }
  each<K extends Kind>(...wanted: readonly K[]): readonly InstructionOf<K>[] {
    const set = wanted.length === 0 ? anyInstruction : kindBits(wanted);
    this.reads.bits |= set;
    return this.layout.ofKinds(set) as readonly InstructionOf<K>[];
  }
  commands(...names: readonly (string | RegExp)[]): readonly CommandAt[] {
    this.reads.bits |= commands;
    return this.index().of(names);
  }
  commandsIn(run: Run, ...names: readonly (string | RegExp)[]): readonly CommandAt[] {
    this.reads.bits |= commands;
    return this.index().in(run, names);
  }
  commandsOf(run: Run, ...names: readonly (string | RegExp)[]): readonly CommandOccurrence[] {
    return commandsNamed(run, this.scriptOnce(run), names);
  }
  mayContain(words: WordHashes, start?: number, end?: number): boolean {
    this.print ??= fingerprint(this.source.text);
    return mayContain(this.print, words, start, end);
  }
  isAscii(): boolean {
    this.print ??= fingerprint(this.source.text);
    return this.print.isAscii;
  }
  script(instruction: Instruction, isKept = true): Script | undefined {
    this.reads.bits |= shells;
    const { start } = instruction.span;
    if (start >= this.layout.end) return undefined;
    return scriptOf(this.source, instruction, this.shellFrom(start).dialect, isKept);
  }
  scriptOnce(instruction: Instruction): Script | undefined {
    if (!nthInstruction(this.source, manyInstructions - 1)) return this.script(instruction);
    this.reads.bits |= shells;
    if (this.last?.instruction !== instruction)
      this.last = { instruction, script: this.script(instruction, false) };
    return this.last.script;
  }
  shellAt(instruction: Node): State['shell'] | undefined {
    this.reads.bits |= shells;
    const { start } = instruction.span;
    return start < this.layout.end ? this.shellFrom(start) : undefined;
  }
  stageOf(instruction: Instruction): Stage | undefined {
    this.reads.bits |= stageNames;
    return this.layout.stageOf(instruction);
  }
  stateAt(instruction: Instruction): State {
    this.reads.bits |= states;
    return stateAt(this.statesOf(), instruction, this.scopeOf(instruction));
  }
  resolve({ name, span }: Variable, instruction?: Instruction): Binding | undefined {
    this.reads.bits |= variables;
    return bindingAt(this.scopeAt(span.start, instruction), name, span.start);
  }
  valueOf({ name, span }: Variable): Value {
    this.reads.bits |= variables;
    return lookupAt(this.scopeAt(span.start), span.start)(name);
  }
  expand(word: Word): Expansion | undefined {
    this.reads.bits |= variables;
    const { start } = word.span;
    return expandWithValues(word, this.source.escape, lookupAt(this.scopeAt(start), start));
  }
  symbolAt(offset: number): Symbol | undefined {
    return (this.uses ??= indexUses(this.symbols)).at(offset);
  }
  stageNamed(name: string, before?: number): Stage | undefined {
    this.reads.bits |= stageNames;
    return this.layout.stageNamed(name, before);
  }
  references(): readonly Reference[] {
    this.reads.bits |= stageUses;
    return (this.named ??= referencesOf(this.layout));
  }
  instructionAt(offset: number): Instruction | undefined {
    this.reads.bits |= anyInstruction;
    return instructionAt(this.source, offset);
  }
}

const runs = kindBits(['RUN']);

interface LastScript {
  readonly instruction: Instruction;
  readonly script: Script | undefined;
}
