/** What the stages of one build are built from, with the arguments of that build. */
import { parseImage } from '../images/image.ts';
import type { Document } from '../model/document.ts';
import type { Model, Stage } from '../model/model.ts';
import { expandWithValues, type Lookup, type Value } from '../model/values.ts';
import type { Word } from '../syntax/tree.ts';

/** The options of a build that change what its steps are. */
export interface BuildOptions {
  /** The name or the number of a stage; absent: the last one. */
  readonly target?: string | undefined;
  readonly buildArgs?: Readonly<Record<string, string>> | undefined;
}

export interface StageBase {
  /** The stage of this file that it is built from. */
  readonly stage: Stage | undefined;
  /** The complete name of the image that it is built from; undefined for scratch and if it is not known. */
  readonly image: string | undefined;
  readonly isScratch: boolean;
}

/** The base of each stage, in the order of the stages. */
export function stageBases({ model }: Document, options: BuildOptions): readonly StageBase[] {
  const lookup = globalLookup(model, options.buildArgs ?? {});
  return model.stages.map((stage): StageBase => {
    const name = stage.from.image && expandedText(model, stage.from.image, lookup);
    const base = name === undefined ? undefined : stageBefore(model, name, stage.index);
    const isScratch = base === undefined && name === 'scratch';
    return {
      stage: base,
      image: base || isScratch || name === undefined ? undefined : imageName(name),
      isScratch,
    };
  });
}

/** The stage that is built: the last one, unless another one is named; undefined if there is no such stage. */
export function targetStage({ model }: Document, { target }: BuildOptions): Stage | undefined {
  if (target === undefined || target === '') return model.target;
  return model.stageNamed(target);
}

/** The name of an image with its registry and tag, as BuildKit writes it. */
export function imageName(name: string): string | undefined {
  const image = parseImage(name);
  if (image === undefined) return undefined;
  const { registry = 'docker.io', repository, tag, digest } = image;
  const path =
    registry === 'docker.io' && !repository.includes('/') ? `library/${repository}` : repository;
  return `${registry}/${path}${tag === undefined && digest !== undefined ? `@${digest}` : `:${tag ?? 'latest'}`}`;
}

/** FROM refers to stages by name, not by number; of several with the same name, the last one counts. */
function stageBefore({ stages }: Model, name: string, before: number): Stage | undefined {
  const key = name.toLowerCase();
  return stages.findLast((one) => one.index < before && one.name?.toLowerCase() === key);
}

/** A word of FROM with the values of the arguments before the first FROM. */
export function expandedText({ tree }: Model, word: Word, lookup: Lookup): string | undefined {
  if (word.variables.length === 0) return word.text;
  const expansion = expandWithValues(word, tree.escape, lookup);
  return expansion === undefined || expansion.trouble ? undefined : expansion.text;
}

/** The values of the arguments before the first FROM in this build. */
export function globalLookup(
  { tree, stages }: Model,
  buildArgs: Readonly<Record<string, string>>,
): Lookup {
  const values = new Map<string, Value>();
  const lookup: Lookup = (name) =>
    values.get(name) ??
    (/^(?:TARGET|BUILD)(?:PLATFORM|OS|ARCH|VARIANT)$/.test(name) ? 'unknown' : 'unset');
  const end = stages[0]?.from.span.start ?? Infinity;
  for (const instruction of tree.instructions) {
    if (instruction.span.start >= end) break;
    if (instruction.kind !== 'ARG') continue;
    for (const { key, value } of instruction.pairs) {
      const name = key.text;
      const given = Object.hasOwn(buildArgs, name) ? buildArgs[name] : undefined;
      const expansion = value && expandWithValues(value, tree.escape, lookup);
      if (given !== undefined) values.set(name, { value: given });
      else if (value)
        values.set(name, expansion && !expansion.trouble ? { value: expansion.text } : 'unknown');
    }
  }
  return lookup;
}
