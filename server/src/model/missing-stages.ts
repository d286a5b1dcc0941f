/** Names in `COPY --from` that look like a stage that does not exist. */
import { closestMatch } from '../text/closest-match.ts';
import type { Model, Reference } from './model.ts';

/** Names that are common for stages but not for images. */
const stageLike = /^(?:base|build(?:er)?|builds?|deps|dependencies|dev(?:elopment)?|prod(?:uction)?|runtime|final|release|compile|install|stage|assets|frontend|backend|tests?)(?:[-_.\d].*)?$|[-_](?:build(?:er)?|stage|deps|base)$/i; // prettier-ignore

/**
 * The missing stage that a name refers to, with the most similar stage; undefined if the name is a stage, an image or
 * not known.
 */
export function findMissingStage(
  model: Model,
  { name, instruction, to }: Reference,
): { readonly suggestion: string | undefined } | undefined {
  if (instruction.kind === 'ADD' || to?.kind === 'stage') return undefined;
  if (/[$:/@.]/.test(name) || /^\d+$/.test(name) || model.stageNamed(name)) return undefined;
  const index = model.stageOf(instruction)?.index ?? 0;
  const names = model.stages.slice(0, index).flatMap((stage) => stage.name ?? []);
  const suggestion = closestMatch(name, names);
  return suggestion === undefined && !stageLike.test(name) ? undefined : { suggestion };
}
