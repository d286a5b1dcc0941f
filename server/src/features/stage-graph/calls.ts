/** The stages as a hierarchy: a stage calls those that it takes from. */
import type { Document } from '../../model/document.ts';
import type { Stage } from '../../model/model.ts';
import type { Span } from '../../text/span.ts';
import { edgesOf, isStage } from './graph.ts';

export interface Calls {
  readonly stage: Stage;
  /** Where it is named. */
  readonly places: readonly Span[];
}

/** The stages that one takes from. */
export function taking(document: Document, { index }: Stage): readonly Calls[] {
  return grouped(
    edgesOf(document).flatMap(({ user, used, place }) =>
      user.index === index && isStage(used) ? [{ stage: used, place }] : [],
    ),
  );
}

/** The stages that take from one. */
export function takenBy(document: Document, { index }: Stage): readonly Calls[] {
  return grouped(
    edgesOf(document).flatMap(({ user, used, place }) =>
      isStage(used) && used.index === index ? [{ stage: user, place }] : [],
    ),
  );
}

function grouped(
  all: readonly { readonly stage: Stage; readonly place: Span }[],
): readonly Calls[] {
  const places = new Map<Stage, Span[]>();
  for (const { stage, place } of all) places.set(stage, [...(places.get(stage) ?? []), place]);
  return [...places].map(([stage, list]) => ({ stage, places: list }));
}
