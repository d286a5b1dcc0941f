/**
 * The steps of a build and the instructions that they run. A builder names a step by its stage and its number there, and
 * prints its text with variables expanded (BuildKit frontend/dockerfile/dockerfile2llb/convert.go, prefixCommand).
 */
import type { Document } from '../model/document.ts';
import type { Stage } from '../model/model.ts';
import type { Instruction } from '../syntax/tree.ts';
import { ObjectCache } from '../text/object-cache.ts';
import {
  imageName,
  stageBases,
  targetStage,
  type BuildOptions,
  type StageBase,
} from './stage-bases.ts';
import { isTextOf } from './step-text.ts';

export interface BuildStep {
  readonly instruction: Instruction;
  readonly stage: Stage;
  /** `build`, or `stage-1` for a stage without a name. */
  readonly stageName: string;
  /** From 1, in its stage. */
  readonly number: number;
  /** The number of steps in the stage. */
  readonly total: number;
  /** From 0. */
  readonly line: number;
}

/** The steps that a build has, in the order of the file; empty if its target does not exist. */
export function buildSteps(document: Document, options: BuildOptions = {}): readonly BuildStep[] {
  const bases = stageBases(document, options);
  const needed = neededStages(document, options, bases);
  return document.model.stages
    .filter((stage) => needed.has(stage))
    .flatMap((stage) => {
      const hasBase =
        bases[stage.index]?.stage === undefined && bases[stage.index]?.isScratch === false;
      const counted = countedInstructions(stage);
      const instructions = hasBase ? [stage.from, ...counted] : counted;
      return instructions.map((instruction, i): BuildStep => ({
        instruction,
        stage,
        stageName: nameOf(stage),
        number: i + 1,
        total: instructions.length,
        line: document.lines.positionAt(instruction.span.start).line,
      }));
    });
}

/**
 * The instruction that a step runs, by the name that the builder gives it. Undefined for steps of the builder itself, for
 * triggers of a base image, and if it is not certain. Steps of several stages that are equal have one name, and any of
 * their instructions is the result.
 */
export function instructionOfStep(
  document: Document,
  name: string,
  options: BuildOptions = {},
): Instruction | undefined {
  const parts = /^\[([^\]]*?)\s*(\d+)\/(\d+)\] (.*)$/s.exec(name.trim());
  if (parts === null) return sourceInstruction(document, name.trim(), options);
  const [, prefix = '', number, total, printed = ''] = parts;
  const place = { number: Number(number), total: Number(total), printed };
  const inStages = stagesNamed(document, prefix).flatMap(
    (stage) => inStage(document, stage, place) ?? [],
  );
  const classic = prefix === '' ? inWholeFile(document, place) : undefined;
  return only([...inStages, ...(classic && !inStages.includes(classic) ? [classic] : [])]);
}

interface StepPlace {
  readonly number: number;
  readonly total: number;
  readonly printed: string;
}

/** BuildKit counts these; FROM only if it names an image. */
const countedKinds: ReadonlySet<string> = new Set(['RUN', 'COPY', 'ADD', 'WORKDIR']);

function countedInstructions({ instructions }: Stage): readonly Instruction[] {
  return instructions.filter(({ kind }) => countedKinds.has(kind));
}

function nameOf({ name, index }: Stage): string {
  return name ?? `stage-${String(index)}`;
}

/** `linux/arm64 build` and `linux/amd64->arm64 build` name a stage with its platform; the only stage has no name. */
function stagesNamed({ model }: Document, prefix: string): readonly Stage[] {
  const name = prefix.split(' ').at(-1)?.toLowerCase() ?? '';
  const isPlatform = name.includes('/');
  if (name === '' || isPlatform) return model.stages.length === 1 ? model.stages : [];
  return model.stages.filter((stage) => nameOf(stage).toLowerCase() === name);
}

function inStage(document: Document, stage: Stage, place: StepPlace): Instruction | undefined {
  const { tree } = document;
  const { number, total, printed } = place;
  if (/^FROM\s/i.test(printed))
    return number === 1 && isOwnBase(document, stage, printed) ? stage.from : undefined;
  if (/^ONBUILD\s/i.test(printed))
    return triggerOf(document, stage, printed.replace(/^ONBUILD\s+/i, ''));
  const counted = countedInstructions(stage);
  // From the end, as triggers of the base image come before the instructions.
  const expected = counted[counted.length - 1 - (total - number)];
  if (expected && isTextOf(printed, expected, tree)) return expected;
  // Old builders do not include triggers in the total.
  const equal = counted.filter((instruction) => isTextOf(printed, instruction, tree));
  return equal.length > 0 ? only(equal) : triggerOf(document, stage, printed);
}

/** The name of an image has its registry and a digest there; the values of arguments are not compared. */
function isOwnBase({ tree }: Document, { from }: Stage, printed: string): boolean {
  const { image } = from;
  if (image === undefined) return false;
  if (image.variables.length > 0) return true;
  const name =
    printed
      .replace(/^FROM\s+/i, '')
      .replace(/^--platform=\S+\s+/, '')
      .split(/\s/)[0] ?? '';
  const own = imageName(image.text);
  return (
    isTextOf(printed, from, tree) ||
    own === undefined ||
    name.replace(/(?<=:[^/]*)@.*$/, '') === own ||
    name === image.text
  );
}

/** A trigger in a stage of this file that another stage is built from. */
function triggerOf({ tree }: Document, { base }: Stage, printed: string): Instruction | undefined {
  if (base?.kind !== 'stage') return undefined;
  const triggers = base.instructions.flatMap(
    (one) => (one.kind === 'ONBUILD' && one.trigger) || [],
  );
  return only(triggers.filter((trigger) => isTextOf(printed, trigger, tree)));
}

/** The classic builder numbers all instructions of the file, up to the end of the target. */
function inWholeFile(
  { model, tree }: Document,
  { number, total, printed }: StepPlace,
): Instruction | undefined {
  const { instructions } = tree;
  const isTotal =
    instructions.length === total ||
    model.stages.some(({ from }) => instructions.indexOf(from) === total);
  const instruction = isTotal ? instructions[number - 1] : undefined;
  return instruction && isTextOf(printed, instruction, tree) ? instruction : undefined;
}

/** What reads an image or a file from outside: `FROM docker.io/library/tools:1`, `https://example.org/a.tgz`. */
function sourceInstruction(
  document: Document,
  name: string,
  options: BuildOptions,
): Instruction | undefined {
  const image = /^(?:\[[^\]]+\] )?FROM (\S+)/.exec(name)?.[1]?.replace(/@sha256:.*$/, '');
  if (image !== undefined && !name.startsWith('[internal]'))
    return imageUser(document, image, options);
  if (!/^(?:https?|git|ssh):\/\/|^git@/.test(name)) return undefined;
  return only(
    document.model
      .each('ADD')
      .filter(({ sources }) =>
        sources.some(({ text, variables }) => variables.length === 0 && text === name),
      ),
  );
}

/** The instruction that uses an image, by its complete name; the first one if there are several. */
export function imageUser(
  document: Document,
  image: string,
  options: BuildOptions,
): Instruction | undefined {
  const bases = stageBases(document, options);
  const stage = document.model.stages.find(({ index }) => bases[index]?.image === image);
  if (stage) return stage.from;
  return document.model
    .references()
    .find(({ to, name }) => to?.kind === 'image' && imageName(name) === image)?.instruction;
}

const neededCache = new ObjectCache<Document, Map<string, ReadonlySet<Stage>>>();

/** The stages that the target requires, including itself. */
function neededStages(
  document: Document,
  options: BuildOptions,
  bases: readonly StageBase[],
): ReadonlySet<Stage> {
  const known = neededCache.get(document) ?? new Map<string, ReadonlySet<Stage>>();
  neededCache.set(document, known);
  const key = JSON.stringify([options.target, options.buildArgs]);
  const before = known.get(key);
  if (before) return before;
  const needed = new Set<Stage>();
  const target = targetStage(document, options);
  if (target) needed.add(target);
  const { model } = document;
  // A stage is used only by later ones.
  for (const stage of [...model.stages].reverse()) {
    if (!needed.has(stage)) continue;
    const base = bases[stage.index]?.stage;
    if (base) needed.add(base);
    for (const { instruction, to } of model.references())
      if (to?.kind === 'stage' && model.stageOf(instruction) === stage) needed.add(to);
  }
  known.set(key, needed);
  return needed;
}

function only<T>(found: readonly T[]): T | undefined {
  return found.length === 1 ? found[0] : undefined;
}
