/** The stages of a file, what they are built from, and who uses them. */
import type { Dockerfile, From, Instruction } from '../syntax/tree.ts';
import { image } from '../images/image.ts';
import type { Reference, Stage } from './model.ts';
import { stageReferences, type StageReference } from './references.ts';
import { declare, globalScope, lookupAt, type Scope } from './scope.ts';
import { resolved } from './values.ts';

export interface Stages {
  readonly list: readonly Stage[];
  /** Variables declared before the first FROM. */
  readonly globals: Scope;
  /** The stage of each instruction, triggers of ONBUILD included; those before the first FROM have none. */
  readonly stageOf: ReadonlyMap<Instruction, Stage>;
  /** All instructions in order, triggers of ONBUILD behind their wrapper. */
  readonly all: readonly Instruction[];
  /** Where COPY and RUN name something that may be a stage. */
  readonly references: readonly StageReference[];
  readonly named: (name: string, before?: number) => Stage | undefined;
}

type Draft = Omit<Stage, 'instructions' | 'usedBy' | 'reachable'> & {
  reachable: boolean;
  readonly instructions: Instruction[];
  readonly usedBy: Stage['usedBy'][number][];
};

/** One pass over the instructions. A base is always an earlier stage, so nothing here can go in circles. */
export function stagesOf(tree: Dockerfile): Stages {
  const list: Draft[] = [];
  const globals = globalScope();
  const stageOf = new Map<Instruction, Stage>();
  const all: Instruction[] = [];
  const references: StageReference[] = [];
  const byName = new Map<string, number[]>();
  for (const instruction of tree.instructions) {
    const trigger = instruction.kind === 'ONBUILD' ? instruction.trigger : undefined;
    all.push(instruction);
    if (trigger) all.push(trigger);
    if (instruction.kind === 'FROM') open(tree, instruction, { list, globals, byName });
    const stage = list[list.length - 1];
    if (stage === undefined) {
      declare(globals, instruction, tree.escape);
      continue;
    }
    if (instruction.kind !== 'FROM') stage.instructions.push(instruction);
    stageOf.set(instruction, stage);
    if (trigger) stageOf.set(trigger, stage);
    if ((trigger ?? instruction).flags.length > 0)
      references.push(...stageReferences(trigger ?? instruction, tree.text));
  }
  const named = (name: string, before = list.length): Draft | undefined =>
    stageNamed({ list, byName }, name, before);
  for (const { name, instruction } of references) {
    // BuildKit refuses what is not defined yet, the stage itself included.
    const used = named(name, stageOf.get(instruction)?.index);
    if (used && used.usedBy.at(-1) !== instruction) used.usedBy.push(instruction);
  }
  markReachable(list, stageOf);
  return { list, globals, stageOf, all, references, named };
}

/** Whoever uses a stage stands below it, so one pass upwards does. */
function markReachable(list: readonly Draft[], stageOf: ReadonlyMap<Instruction, Stage>): void {
  const isNeeded = (user: Instruction): boolean => stageOf.get(user)?.reachable === true;
  for (let index = list.length - 1; index >= 0; index--) {
    const stage = list[index];
    if (stage) stage.reachable = index === list.length - 1 || stage.usedBy.some(isNeeded);
  }
}

/** What each name in `--from` and `from=` means where it stands. */
export function referencesOf({ references, named, stageOf }: Stages): readonly Reference[] {
  return references.map(({ instruction, name, span }) => {
    const stage = named(name, stageOf.get(instruction)?.index);
    const to = stage ?? (/[$]|^[+-]?\d+$/.test(name) ? undefined : image(name));
    return { instruction, name, span, to };
  });
}

interface Found {
  readonly list: Draft[];
  readonly byName: Map<string, number[]>;
}

function open(
  tree: Dockerfile,
  from: From,
  { list, globals, byName }: Found & { globals: Scope },
): void {
  const index = list.length;
  const lookup = lookupAt(globals, from.span.start);
  const word = from.image;
  const text = word && resolved(word, tree.escape, lookup);
  // FROM knows stages by name only, and only those above it.
  const parent = text === undefined ? undefined : lastBefore(byName.get(text.toLowerCase()), index);
  const base = parent === undefined ? undefined : list[parent];
  const name = from.name?.text;
  list.push({
    kind: 'stage',
    index,
    from,
    name,
    base: base ?? (text === undefined || text === 'scratch' ? undefined : image(text)),
    image: text,
    instructions: [],
    usedBy: [],
    reachable: false,
  });
  base?.usedBy.push(from);
  if (name === undefined) return;
  const key = name.toLowerCase();
  const same = byName.get(key);
  if (same) same.push(index);
  else byName.set(key, [index]);
}

/** BuildKit compares names in lower case; of several of the same name the last one counts. */
function stageNamed({ list, byName }: Found, name: string, before: number): Draft | undefined {
  if (/^\d+$/.test(name)) {
    const index = Number(name);
    return index < before ? list[index] : undefined;
  }
  const index = lastBefore(byName.get(name.toLowerCase()), before);
  return index === undefined ? undefined : list[index];
}

function lastBefore(indexes: readonly number[] | undefined, before: number): number | undefined {
  return indexes?.findLast((index) => index < before);
}
