/** The stages of a file, what they are built from and what uses them. */
import { firstInstructions } from '../syntax/long-file.ts';
import type { Dockerfile, From, Instruction } from '../syntax/tree.ts';
import { parseImage } from '../images/image.ts';
import { cacheEntries, type CacheEntry } from '../text/object-cache.ts';
import type { Reference, Stage } from './model.ts';
import { coveredEnd, mostInstructions } from './coverage.ts';
import { anyInstruction, stageUses, type Reads } from './reads.ts';
import { appended } from '../text/exact-array.ts';
import { stageReferences, type StageReference } from './references.ts';
import { declare, globalScope, lookupAt, scopeBeforeStages, type Scope } from './scope.ts';
import { resolveWord } from './values.ts';

export interface Stages {
  readonly list: readonly Stage[];
  /** Variables declared before the first FROM. */
  readonly globals: Scope;
  /** What ENV declares before the first FROM. */
  readonly beforeStages: Scope;
  /** The stage of each instruction, including triggers of ONBUILD; instructions before the first FROM have none. */
  readonly stageOf: (instruction: Instruction) => Stage | undefined;
  /** All instructions in order; triggers of ONBUILD come after their ONBUILD. */
  readonly all: readonly Instruction[];
  /** Names in COPY and RUN that may be stages. */
  readonly references: readonly PlacedReference[];
  /** Where the part of the text begins that the model does not cover. */
  readonly end: number;
  readonly stageNamed: (name: string, before?: number) => Stage | undefined;
}

/** A name in a stage, and the stage that it refers to. */
interface PlacedReference extends StageReference {
  readonly stage: StageNode;
  readonly used: StageNode | undefined;
}

/** Adds to the reads of its model what is asked of it besides its image and its name. */
class StageNode implements Stage {
  readonly kind = 'stage';
  readonly index: number;
  readonly from: From;
  readonly name: string | undefined;
  readonly base: Stage['base'];
  readonly image: string | undefined;
  ownInstructions: readonly Instruction[] = none;
  uses: Stage['usedBy'] = none;
  isReachable = false;
  /** Defined from the start, so that setting it does not change the shape. */
  [cacheEntries]: CacheEntry | undefined = undefined;
  readonly #reads: Reads;

  constructor(
    reads: Reads,
    { index, from, base, image }: Pick<Stage, 'index' | 'from' | 'base' | 'image'>,
  ) {
    this.#reads = reads;
    this.index = index;
    this.from = from;
    this.name = from.name?.text;
    this.base = base;
    this.image = image;
  }
  get instructions(): readonly Instruction[] {
    this.#reads.bits |= anyInstruction;
    return this.ownInstructions;
  }
  addUse(user: Stage['usedBy'][number]): void {
    this.uses = appended(this.uses, user);
  }
  get usedBy(): Stage['usedBy'] {
    this.#reads.bits |= stageUses;
    return this.uses;
  }
  get reachable(): boolean {
    this.#reads.bits |= stageUses;
    return this.isReachable;
  }
}

/** Collects the stages in one pass. A base is always an earlier stage, so there are no cycles. */
export function stagesOf(tree: Dockerfile, reads: Reads): Stages {
  const list: StageNode[] = [];
  const end = coveredEnd(tree);
  const globals = globalScope(end);
  const beforeStages = scopeBeforeStages(globals);
  const all: Instruction[] = [];
  const references: PlacedReference[] = [];
  const byName = new Map<string, readonly number[]>();
  const stageNamed = (name: string, before = list.length): StageNode | undefined =>
    findStage({ list, byName }, name, before);
  const instructions = firstInstructions(tree, mostInstructions);
  /** The index after the FROM of the last stage. */
  let first = 0;
  let index = 0;
  const endStage = (): void => {
    const last = list[list.length - 1];
    if (last) last.ownInstructions = instructions.slice(first, index);
  };
  for (const instruction of instructions) {
    if (instruction.span.start >= end) break;
    const trigger = instruction.kind === 'ONBUILD' ? instruction.trigger : undefined;
    all.push(instruction);
    if (trigger) all.push(trigger);
    if (instruction.kind === 'FROM') {
      endStage();
      addStage(tree, instruction, { list, globals, byName, reads });
      first = index + 1;
    }
    index++;
    const stage = list[list.length - 1];
    if (stage === undefined) {
      declare(instruction.kind === 'ARG' ? globals : beforeStages, instruction, tree.escape);
      continue;
    }
    if ((trigger ?? instruction).flags.length > 0)
      for (const one of stageReferences(trigger ?? instruction, tree.text)) {
        const { name, span } = one;
        // BuildKit refuses stages that are not defined yet, including the stage itself.
        const used = stageNamed(name, stage.index);
        references.push({ instruction: one.instruction, name, span, stage, used });
      }
  }
  endStage();
  for (const { used, instruction } of references)
    if (used && used.uses.at(-1) !== instruction) used.addUse(instruction);
  markReachable(list, references);
  const stageOf = ({ span }: Instruction): StageNode | undefined =>
    span.start < end ? lastStarted(list, span.start) : undefined;
  return { list, globals, beforeStages, stageOf, all, references, end, stageNamed };
}

/** The last stage whose FROM is at an offset or before it. A map of all instructions would take longer. */
function lastStarted(list: readonly StageNode[], offset: number): StageNode | undefined {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((list[middle]?.from.span.start ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return list[low - 1];
}

/** The scope of an instruction that belongs to no stage; FROM reads what is declared before the first one. */
export function scopeOutside({ globals, beforeStages }: Stages, { kind }: Instruction): Scope {
  return kind === 'FROM' || kind === 'ARG' ? globals : beforeStages;
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
  return references.map(({ instruction, name, span, used }) => {
    const to = used ?? (/[$]|^[+-]?\d+$/.test(name) ? undefined : parseImage(name));
    return { instruction, name, span, to };
  });
}

interface StageIndex {
  readonly list: StageNode[];
  readonly byName: Map<string, readonly number[]>;
}

function addStage(
  tree: Dockerfile,
  from: From,
  { list, globals, byName, reads }: StageIndex & { readonly globals: Scope; readonly reads: Reads },
): void {
  const index = list.length;
  const lookup = lookupAt(globals, from.span.start);
  const word = from.image;
  const text = word && resolveWord(word, tree.escape, lookup);
  // FROM refers to stages by name only, and only to earlier ones.
  const parent = text === undefined ? undefined : lastBefore(byName.get(text.toLowerCase()), index);
  const base = parent === undefined ? undefined : list[parent];
  const isImage = text !== undefined && text !== 'scratch' && base === undefined;
  const stage = new StageNode(reads, {
    index,
    from,
    base: isImage ? parseImage(text) : base,
    image: text,
  });
  const { name } = stage;
  list.push(stage);
  base?.addUse(from);
  if (name === undefined) return;
  const key = name.toLowerCase();
  byName.set(key, appended(byName.get(key), index));
}

/** BuildKit compares names in lowercase; of several stages with the same name, the last one counts. */
function findStage(
  { list, byName }: StageIndex,
  name: string,
  before: number,
): StageNode | undefined {
  if (/^\d+$/.test(name)) {
    const index = Number(name);
    return index < before ? list[index] : undefined;
  }
  const index = lastBefore(byName.get(name.toLowerCase()), before);
  return index === undefined ? undefined : list[index];
}

/** The indexes are sorted. */
function lastBefore(indexes: readonly number[] = none, before: number): number | undefined {
  let low = 0;
  let high = indexes.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((indexes[middle] ?? 0) < before) low = middle + 1;
    else high = middle;
  }
  return indexes[low - 1];
}

const none: readonly never[] = [];
