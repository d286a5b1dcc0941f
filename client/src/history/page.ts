/** The messages between the page of a container's history and the extension. Used by both. */
import type { PageDescription } from '../ui/page.ts';
import { isBoolean, messageCheck } from '../ui/page-message.ts';

export interface HistoryTexts {
  /** The labels of the tables. */
  readonly events: string;
  readonly checks: string;
  readonly time: string;
  readonly event: string;
  readonly detail: string;
  readonly result: string;
  readonly output: string;
  readonly logs: string;
  /** Below the events: how far back they go. */
  readonly limit: string;
  readonly none: string;
}

export interface HistoryRow {
  /** As it is shown, and exactly. */
  readonly age: string;
  readonly time: string;
  readonly level: 'error' | 'warning' | 'good' | 'plain';
  readonly text: string;
  readonly detail: string;
}

/** Messages to the page. */
export type ToHistory =
  | { readonly kind: 'show'; readonly title: string; readonly texts: HistoryTexts }
  | {
      readonly kind: 'rows';
      readonly facts: readonly string[];
      readonly summary?: { readonly text: string; readonly level: HistoryRow['level'] };
      readonly events: readonly HistoryRow[];
      readonly checks: readonly HistoryRow[];
    }
  /** An empty message removes the one before. */
  | { readonly kind: 'error'; readonly message: string };

/** Messages from the page. */
export type FromHistory =
  | { readonly kind: 'ready' }
  | { readonly kind: 'logs' }
  /** Whether the page is visible. */
  | { readonly kind: 'visibility'; readonly visible: boolean };

/** Validates a message from the page, which is untrusted. */
export const isFromHistory = messageCheck<FromHistory>({
  ready: {},
  logs: {},
  visibility: { visible: isBoolean },
});

export const historyPage: PageDescription<FromHistory> = {
  name: 'history',
  accepts: isFromHistory,
};
