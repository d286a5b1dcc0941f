/** The call hierarchy of stages, and the data of the stage graph. */
import {
  SymbolKind,
  type CallHierarchyIncomingCall,
  type CallHierarchyIncomingCallsParams,
  type CallHierarchyItem,
  type CallHierarchyOutgoingCall,
  type CallHierarchyOutgoingCallsParams,
  type CallHierarchyPrepareParams,
  type Range,
} from './protocol.ts';
import { stageGraph, type StageGraph, type StageGraphParams } from '../../../contract/protocol.ts';
import type { Document } from '../model/document.ts';
import { usingStages, usedStages } from '../features/stage-graph/calls.ts';
import { nameOf, spanOf, stageAt } from '../features/stage-graph/graph.ts';
import { mermaid } from '../features/stage-graph/mermaid.ts';
import { picture } from '../features/stage-graph/picture.ts';
import type { Stage } from '../model/model.ts';
import type { Span } from '../text/span.ts';
import { toOffset, toRange } from './convert.ts';
import { at, type Feature } from './feature.ts';
import { guarded } from './guard.ts';
import type { Session } from './session.ts';

export const stages: Feature = {
  capability: { callHierarchyProvider: true },
  attach: (connection, session) => {
    const { log, client } = session;
    const { callHierarchy } = connection.languages;
    const ranges = (document: Document, places: readonly Span[]): Range[] =>
      places.map((place) => toRange(document, place, client.encoding));
    callHierarchy.onPrepare(
      guarded<CallHierarchyPrepareParams, CallHierarchyItem[] | null>(
        log,
        'textDocument/prepareCallHierarchy',
        null,
        (params) => {
          const found = at(session, params, (document, offset) => {
            const stage = stageAt(document, offset);
            return stage && [toItem(document, stage, session)];
          });
          return found ?? null;
        },
      ),
    );
    callHierarchy.onIncomingCalls(
      guarded<CallHierarchyIncomingCallsParams, CallHierarchyIncomingCall[]>(
        log,
        'callHierarchy/incomingCalls',
        [],
        ({ item }) =>
          ofItem(session, item, (document, stage) =>
            usingStages(document, stage).map((call) => ({
              from: toItem(document, call.stage, session),
              fromRanges: ranges(document, call.places),
            })),
          ),
      ),
    );
    callHierarchy.onOutgoingCalls(
      guarded<CallHierarchyOutgoingCallsParams, CallHierarchyOutgoingCall[]>(
        log,
        'callHierarchy/outgoingCalls',
        [],
        ({ item }) =>
          ofItem(session, item, (document, stage) =>
            usedStages(document, stage).map((call) => ({
              to: toItem(document, call.stage, session),
              fromRanges: ranges(document, call.places),
            })),
          ),
      ),
    );
    connection.onRequest(
      stageGraph,
      guarded<StageGraphParams, StageGraph | null>(log, stageGraph, null, ({ uri }) => {
        const document = session.document(uri);
        return document && document.model.stages.length > 0 ? toGraph(document) : null;
      }),
    );
  },
};

function toGraph(document: Document): StageGraph {
  const { stages: drawn, images } = picture(document);
  const lineOf = (offset: number) => document.lines.positionAt(offset).line;
  return {
    stages: drawn.map(({ stage, name, base, target, takes }) => ({
      name,
      base,
      target,
      needed: stage.reachable,
      line: lineOf(stage.from.span.start),
      takes: takes.map(({ offset, ...take }) => ({ ...take, line: lineOf(offset) })),
    })),
    images,
    mermaid: mermaid(document),
  };
}

function toItem(
  document: Document,
  stage: Stage,
  { client: { encoding } }: Session,
): CallHierarchyItem {
  const { from, image } = stage;
  return {
    name: nameOf(stage),
    kind: SymbolKind.Class,
    uri: document.uri,
    range: toRange(document, spanOf(stage), encoding),
    selectionRange: toRange(document, (from.name ?? from.keyword).span, encoding),
    ...(image !== undefined && { detail: image }),
  };
}

/** Finds the stage of an item by position, or by name if the text has changed since. */
function ofItem<R>(
  session: Session,
  { uri, name, selectionRange }: CallHierarchyItem,
  answer: (document: Document, stage: Stage) => R[],
): R[] {
  const document = session.document(uri);
  if (!document) return [];
  const offset = toOffset(document, selectionRange.start, session.client.encoding);
  const all = document.model.stages;
  const here = all.findLast(({ from }) => from.span.start <= offset);
  const stage = here && nameOf(here) === name ? here : all.find((one) => nameOf(one) === name);
  return stage ? answer(document, stage) : [];
}
