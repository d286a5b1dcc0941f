/** Names in `COPY --from` that are meant for a stage and name none. */
import { nearest } from '../text/nearest.ts';
import type { Model, Reference } from './model.ts';

/** What stages are called and images are not. */
const stageLike = /^(?:base|build(?:er)?|builds?|deps|dependencies|dev(?:elopment)?|prod(?:uction)?|runtime|final|release|compile|install|stage|assets|frontend|backend|tests?)(?:[-_.\d].*)?$|[-_](?:build(?:er)?|stage|deps|base)$/i; // prettier-ignore

/** A stage that is not there, and the one that may be meant; undefined for what is one, an image or not knowable. */
export function missedStage(
  model: Model,
  { name, instruction, to }: Reference,
): { readonly meant: string | undefined } | undefined {
  if (instruction.kind === 'ADD' || to?.kind === 'stage') return undefined;
  if (/[$:/@.]/.test(name) || /^\d+$/.test(name) || model.stageNamed(name)) return undefined;
  const here = model.stageOf(instruction)?.index ?? 0;
  const names = model.stages.slice(0, here).flatMap((stage) => stage.name ?? []);
  const meant = nearest(name, names);
  return meant === undefined && !stageLike.test(name) ? undefined : { meant };
}
