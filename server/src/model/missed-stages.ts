/** Names in `COPY --from` that look like a stage that does not exist. */
import { closestMatch } from '../text/closest-match.ts';
import type { Model, Reference } from './model.ts';

/** Names that are common for stages but not for images. */
const stageLike = /^(?:base|build(?:er)?|builds?|deps|dependencies|dev(?:elopment)?|prod(?:uction)?|runtime|final|release|compile|install|stage|assets|frontend|backend|tests?)(?:[-_.\d].*)?$|[-_](?:build(?:er)?|stage|deps|base)$/i; // prettier-ignore

/**
 * The missing stage that a name refers to, with the most similar stage; undefined if the name is a stage, an image or
 * not known.
 */
export function missedStage(
  model: Model,
  { name, instruction, to }: Reference,
): { readonly meant: string | undefined } | undefined {
  if (instruction.kind === 'ADD' || to?.kind === 'stage') return undefined;
  if (/[$:/@.]/.test(name) || /^\d+$/.test(name) || model.stageNamed(name)) return undefined;
  const here = model.stageOf(instruction)?.index ?? 0;
  const names = model.stages.slice(0, here).flatMap((stage) => stage.name ?? []);
  const meant = closestMatch(name, names);
  return meant === undefined && !stageLike.test(name) ? undefined : { meant };
}
