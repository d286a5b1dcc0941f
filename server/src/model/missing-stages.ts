/** Names in `COPY --from` that look like a stage that does not exist. */
import { SimilarNames } from '../text/closest-match.ts';
import type { Model, Reference, Stage } from './model.ts';
import { ModelCache } from './reads.ts';

/** Names that are common for stages but not for images. */
const stageLike = /^(?:base|build(?:er)?|builds?|deps|dependencies|dev(?:elopment)?|prod(?:uction)?|runtime|final|release|compile|install|stage|assets|frontend|backend|tests?)(?:[-_.\d].*)?$|[-_](?:build(?:er)?|stage|deps|base)$/i; // prettier-ignore

interface MissingStage {
  /** The name of the most similar stage. */
  readonly suggestion: string | undefined;
}

const missing = new ModelCache<Model, ReadonlyMap<Reference, MissingStage>>();

/** The names that refer to missing stages; those that are a stage, an image or not known are not among them. */
export function missingStages(model: Model): ReadonlyMap<Reference, MissingStage> {
  return missing.of(model, findMissing);
}

function findMissing(model: Model): ReadonlyMap<Reference, MissingStage> {
  const found = new Map<Reference, MissingStage>();
  const similar = new SimilarNames();
  for (const reference of model.references()) {
    const { name, instruction, to } = reference;
    if (instruction.kind === 'ADD' || to?.kind === 'stage') continue;
    if (/[$:/@.]/.test(name) || /^\d+$/.test(name) || model.stageNamed(name)) continue;
    const index = model.stageOf(instruction)?.index ?? 0;
    const suggestion = similar.closestTo(name, () => namesOf(model.stages.slice(0, index)));
    if (suggestion !== undefined || stageLike.test(name)) found.set(reference, { suggestion });
  }
  return found;
}

function namesOf(stages: readonly Stage[]): readonly string[] {
  return stages.flatMap(({ name }) => name ?? []);
}
