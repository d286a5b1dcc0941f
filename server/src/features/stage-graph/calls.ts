/** The call hierarchy of stages: a stage calls the stages it uses. */
import type { Document } from '../../model/document.ts';
import type { Stage } from '../../model/model.ts';
import type { Span } from '../../text/span.ts';
import { edgesOf, isStage } from './graph.ts';

export interface Calls {
  readonly stage: Stage;
  /** The places of the references. */
  readonly places: readonly Span[];
}

/** The stages that a stage uses. */
export function usedStages(document: Document, { index }: Stage): readonly Calls[] {
  return groupByStage(
    edgesOf(document).flatMap(({ user, used, place }) =>
      user.index === index && isStage(used) ? [{ stage: used, place }] : [],
    ),
  );
}

/** The stages that use a stage. */
export function usingStages(document: Document, { index }: Stage): readonly Calls[] {
  return groupByStage(
    edgesOf(document).flatMap(({ user, used, place }) =>
      isStage(used) && used.index === index ? [{ stage: user, place }] : [],
    ),
  );
}

function groupByStage(
  all: readonly { readonly stage: Stage; readonly place: Span }[],
): readonly Calls[] {
  const places = new Map<Stage, Span[]>();
  for (const { stage, place } of all) places.set(stage, [...(places.get(stage) ?? []), place]);
  return [...places].map(([stage, list]) => ({ stage, places: list }));
}
