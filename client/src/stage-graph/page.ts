/** The page of the stage graph, as data: what it and the extension tell each other. Known to both sides. */
import type { PageDescription } from '../ui/page.ts';
import type { GraphStage, StageGraph } from '../../../contract/protocol.ts';

export type { GraphStage, StageGraph };

export interface GraphTexts {
  readonly title: string;
  readonly copy: string;
  /** On the same button, when it is done. */
  readonly copied: string;
  readonly smaller: string;
  readonly larger: string;
  readonly fit: string;
  /** On the stage that is built where none is named. */
  readonly target: string;
  /** On one that the target does not need. */
  readonly unneeded: string;
  readonly image: string;
  /** How a stage takes from another; `{0}` is the other. */
  readonly from: string;
  readonly copies: string;
  readonly mounts: string;
  /** Where there is no stage. */
  readonly empty: string;
}

/** What the page is told. */
export type ToGraph =
  | {
      readonly kind: 'show';
      readonly texts: GraphTexts;
      readonly graph: Omit<StageGraph, 'mermaid'>;
    }
  | { readonly kind: 'copied' };

/** What the page tells. */
export type FromGraph =
  | { readonly kind: 'ready' }
  /** A line, from 0, is to be shown. */
  | { readonly kind: 'go'; readonly line: number }
  | { readonly kind: 'copy' };

/** What a page shows is data from a page: it is looked at before it is used. */
export function isFromGraph(message: unknown): message is FromGraph {
  if (typeof message !== 'object' || message === null || !('kind' in message)) return false;
  const told = message as Readonly<Record<string, unknown>>;
  if (told.kind === 'ready' || told.kind === 'copy') return true;
  return told.kind === 'go' && Number.isSafeInteger(told.line) && Number(told.line) >= 0;
}

export const graphPage: PageDescription<FromGraph> = {
  name: 'graph',
  accepts: isFromGraph,
  beside: true,
};
