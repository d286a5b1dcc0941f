/** The messages between the stage graph page and the extension. Used by both. */
import type { PageDescription } from '../ui/page.ts';
import { isIndex, messageCheck } from '../ui/page-message.ts';
import type { GraphStage, StageGraph } from '../../../contract/protocol.ts';

export type { GraphStage, StageGraph };

export interface GraphTexts {
  readonly title: string;
  readonly copy: string;
  /** Label of the same button after copying. */
  readonly copied: string;
  readonly zoomOut: string;
  readonly zoomIn: string;
  readonly fit: string;
  /** Label of the stage that is built by default. */
  readonly target: string;
  /** Label of a stage that the target does not need. */
  readonly unneeded: string;
  readonly image: string;
  /** How a stage uses another one; `{0}` is the name of the other stage. */
  readonly from: string;
  readonly copies: string;
  readonly mounts: string;
  /** Shown if there are no stages. */
  readonly empty: string;
}

/** Messages to the page. */
export type ToGraph =
  | {
      readonly kind: 'show';
      readonly texts: GraphTexts;
      readonly graph: Omit<StageGraph, 'mermaid'>;
    }
  | { readonly kind: 'copied' };

/** Messages from the page. */
export type FromGraph =
  | { readonly kind: 'ready' }
  /** Requests to show a line, counted from 0. */
  | { readonly kind: 'go'; readonly line: number }
  | { readonly kind: 'copy' };

/** Validates a message from the page, which is untrusted. */
export const isFromGraph = messageCheck<FromGraph>({ ready: {}, copy: {}, go: { line: isIndex } });

export const graphPage: PageDescription<FromGraph> = {
  name: 'graph',
  accepts: isFromGraph,
  beside: true,
};
