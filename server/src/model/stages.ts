/** The stages of a file, what they are built from and what uses them. */
import { firstInstructions } from '../syntax/long-file.ts';
import type { Dockerfile, From, Instruction } from '../syntax/tree.ts';
import { parseImage } from '../images/image.ts';
import { cacheEntries, type CacheEntry } from '../text/object-cache.ts';
import type { Reference, Stage } from './model.ts';
import { coveredEnd, mostInstructions } from './coverage.ts';
import { anyInstruction, kindBit, stageUses, type Reads } from './reads.ts';
import { appended } from '../text/exact-array.ts';
import { firstNotLess } from '../text/sorted.ts';
import { stageReferences, type StageReference } from './references.ts';
import { declare, valueAt } from './scope.ts';
import { Scope } from './scope-entries.ts';

/** A name in a stage, and the stage that it refers to. */
interface PlacedReference extends StageReference {
  readonly stage: StageNode;
  readonly used: StageNode | undefined;
}

/** Adds to the reads of its model what is asked of it besides its image and its name. */
export class StageNode implements Stage {
  readonly kind = 'stage';
  readonly index: number;
  readonly from: From;
  readonly name: string | undefined;
  readonly base: Stage['base'];
  readonly image: string | undefined;
  ownInstructions: readonly Instruction[] = none;
  /** Known after `findUses`. */
  uses: Stage['usedBy'] = none;
  isReachable = false;
  /** Defined from the start, so that setting it does not change the shape. */
  [cacheEntries]: CacheEntry | undefined = undefined;
  private readonly owner: Stages;

  constructor(stages: Stages, from: From, base: Stage['base'], image: string | undefined) {
    this.owner = stages;
    this.index = stages.list.length;
    this.from = from;
    this.name = from.name?.text;
    this.base = base;
    this.image = image;
  }
  get instructions(): readonly Instruction[] {
    this.owner.reads.bits |= anyInstruction;
    return this.ownInstructions;
  }
  addUse(user: Stage['usedBy'][number]): void {
    this.uses = appended(this.uses, user);
  }
  get usedBy(): Stage['usedBy'] {
    this.owner.reads.bits |= stageUses;
    this.owner.findUses();
    return this.uses;
  }
  get reachable(): boolean {
    this.owner.reads.bits |= stageUses;
    this.owner.findUses();
    return this.isReachable;
  }
}

/** A class, because an object with functions would need a closure for each of them in every file. */
export class Stages {
  readonly reads: Reads;
  readonly list: StageNode[] = [];
  /** All instructions in order; triggers of ONBUILD come after their ONBUILD. */
  all: readonly Instruction[] = none;
  /** The kind of each of them, as a bit. */
  readonly kinds: number[] = [];
  /** All of these bits. */
  allKinds = 0;
  /** Names in COPY and RUN that may be stages. */
  readonly references: PlacedReference[] = [];
  /** Whether one of them is not an earlier stage. */
  refersElsewhere = false;
  /** Where the part of the text begins that the model does not cover. */
  readonly end: number;
  /** The indexes of the stages with a name in lowercase; undefined if no stage has a name. */
  private byName: Map<string, readonly number[]> | undefined = undefined;
  /** The instructions of sets of kinds: two hundred rules request the same few sets. */
  private readonly bySet = new Map<number, readonly Instruction[]>();
  /** Most files declare nothing before the first FROM. */
  private global: Scope | undefined = undefined;
  private outside: Scope | undefined = undefined;
  private hasUses = false;

  constructor(end: number, reads: Reads) {
    this.reads = reads;
    this.end = end;
  }
  /** Variables declared before the first FROM. */
  get globals(): Scope {
    return (this.global ??= new Scope(this.end, undefined, 'unset'));
  }
  /**
   * The scope of ENV and other instructions before the first FROM, which BuildKit refuses: FROM does not see what they declare,
   * while a person who is still writing the file does.
   */
  get beforeStages(): Scope {
    return (this.outside ??= new Scope(this.end, undefined, 'unset', this.globals));
  }
  /** Adds the stage that a FROM begins. */
  add(from: From, escape: Dockerfile['escape']): StageNode {
    const { list } = this;
    const { image } = from;
    const text =
      image === undefined || image.variables.length === 0
        ? image?.text
        : valueAt(this.globals, image, from.span.start, escape);
    // FROM refers to stages by name only, and only to earlier ones.
    const base =
      text === undefined || this.byName === undefined
        ? undefined
        : this.lastNamed(text, list.length);
    const isImage = text !== undefined && text !== 'scratch' && base === undefined;
    const stage = new StageNode(this, from, isImage ? parseImage(text) : base, text);
    list.push(stage);
    if (stage.name !== undefined) {
      const key = stage.name.toLowerCase();
      const byName = (this.byName ??= new Map<string, readonly number[]>());
      byName.set(key, appended(byName.get(key), stage.index));
    }
    return stage;
  }
  /** The instructions of a set of kinds in order. */
  ofKinds(set: number): readonly Instruction[] {
    const { kinds, all } = this;
    if (set === anyInstruction) return all;
    if ((set & this.allKinds) === 0) return none;
    const before = this.bySet.get(set);
    if (before) return before;
    const found: Instruction[] = [];
    for (let i = 0; i < kinds.length; i++)
      if (((kinds[i] ?? 0) & set) !== 0) found.push(all[i] as Instruction);
    this.bySet.set(set, found);
    return found;
  }
  /**
   * The stage of an instruction or a trigger of ONBUILD; instructions before the first FROM have none. It is the last stage whose
   * FROM is there or before it: a map of all instructions would take longer.
   */
  stageOf({ span: { start } }: Instruction): StageNode | undefined {
    const { list } = this;
    if (start >= this.end) return undefined;
    let low = 0;
    let high = list.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((list[middle]?.from.span.start ?? 0) <= start) low = middle + 1;
      else high = middle;
    }
    return list[low - 1];
  }
  /** The stage that COPY calls by a name or a number. */
  stageNamed(name: string, before = this.list.length): StageNode | undefined {
    if (!/^\d+$/.test(name)) return this.lastNamed(name, before);
    const index = Number(name);
    return index < before ? this.list[index] : undefined;
  }
  /** BuildKit compares names in lowercase; of several stages with the same name, the last one counts. */
  lastNamed(name: string, before: number): StageNode | undefined {
    if (this.byName === undefined) return undefined;
    const indexes = this.byName.get(name.toLowerCase()) ?? none;
    const index = indexes[firstNotLess(indexes, before) - 1];
    return index === undefined ? undefined : this.list[index];
  }
  /** Finds what uses each stage, and which ones the target requires, when that is first asked for. */
  findUses(): void {
    if (this.hasUses) return;
    this.hasUses = true;
    for (const { from, base } of this.list) if (base instanceof StageNode) base.addUse(from);
    for (const { used, instruction } of this.references)
      if (used && used.uses.at(-1) !== instruction) used.addUse(instruction);
    markReachable(this.list, this.references);
  }
}

/** Collects the stages in one pass. A base is always an earlier stage, so there are no cycles. */
export function stagesOf(tree: Dockerfile, reads: Reads): Stages {
  const stages = new Stages(coveredEnd(tree), reads);
  const { end, kinds, references } = stages;
  const instructions = firstInstructions(tree, mostInstructions);
  /** The instructions with the triggers among them, if there are any. */
  let all: Instruction[] | undefined;
  let allKinds = 0;
  let stage: StageNode | undefined;
  /** The index after the FROM of the stage. */
  let first = 0;
  let index = 0;
  for (; index < instructions.length; index++) {
    const instruction = instructions[index] as Instruction;
    if (instruction.span.start >= end) break;
    const trigger = instruction.kind === 'ONBUILD' ? instruction.trigger : undefined;
    all?.push(instruction);
    const bit = kindBit(instruction.kind);
    kinds.push(bit);
    allKinds |= bit;
    if (trigger) {
      (all ??= instructions.slice(0, index + 1)).push(trigger);
      const other = kindBit(trigger.kind);
      kinds.push(other);
      allKinds |= other;
    }
    if (instruction.kind === 'FROM') {
      if (stage) stage.ownInstructions = instructions.slice(first, index);
      stage = stages.add(instruction, tree.escape);
      first = index + 1;
    }
    if (stage === undefined) {
      declare(scopeOutside(stages, instruction), instruction, tree.escape);
      continue;
    }
    if ((trigger ?? instruction).flags.length > 0)
      for (const one of stageReferences(trigger ?? instruction, tree.text)) {
        const { name, span } = one;
        // BuildKit refuses stages that are not defined yet, including the stage itself.
        const used = stages.stageNamed(name, stage.index);
        references.push({ instruction: one.instruction, name, span, stage, used });
        stages.refersElsewhere ||= used === undefined;
      }
  }
  if (stage) stage.ownInstructions = instructions.slice(first, index);
  stages.allKinds = allKinds;
  stages.all = all ?? (index < instructions.length ? instructions.slice(0, index) : instructions);
  return stages;
}

/** The stage that a stage is built from; unlike `parentStage`, with what only the model itself reads of it. */
export function parentNode({ base }: StageNode): StageNode | undefined {
  return base instanceof StageNode ? base : undefined;
}

/** The scope of an instruction that belongs to no stage; FROM reads what is declared before the first one. */
export function scopeOutside(stages: Stages, { kind }: Instruction): Scope {
  return kind === 'FROM' || kind === 'ARG' ? stages.globals : stages.beforeStages;
}

/** A stage is used only by later stages, so one pass from the last to the first suffices. */
function markReachable(list: readonly StageNode[], references: readonly PlacedReference[]): void {
  let at = references.length - 1;
  for (let index = list.length - 1; index >= 0; index--) {
    const stage = list[index] as StageNode;
    stage.isReachable ||= index === list.length - 1;
    for (; references[at]?.stage === stage; at--) mark(stage, references[at]?.used);
    mark(stage, stage.base);
  }
}

/** Marks what a stage uses, if the stage is reachable. */
function mark({ isReachable }: StageNode, used: StageNode['base']): void {
  if (isReachable && used instanceof StageNode) used.isReachable = true;
}

/** What each name in `--from` and `from=` refers to at its place. */
export function referencesOf({ references }: Stages): readonly Reference[] {
  if (references.length === 0) return none;
  return references.map(({ instruction, name, span, used }) => {
    const to = used ?? (/[$]|^[+-]?\d+$/.test(name) ? undefined : parseImage(name));
    return { instruction, name, span, to };
  });
}

const none: readonly never[] = [];
