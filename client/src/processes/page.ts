/** The messages between the page of processes and the extension. Used by both. */
import type { PageDescription } from '../ui/page.ts';
import { isBoolean, messageCheck } from '../ui/page-message.ts';

export interface ProcessesTexts {
  /** The label of the table. */
  readonly table: string;
  readonly pause: string;
  readonly resume: string;
  /** Tooltip of the sort buttons; `{0}` is the column. */
  readonly sortBy: string;
}

/** Messages to the page. */
export type ToProcesses =
  | { readonly kind: 'show'; readonly title: string; readonly texts: ProcessesTexts }
  | {
      readonly kind: 'rows';
      /** The titles of the columns, as `ps` on the engine's machine writes them. */
      readonly titles: readonly string[];
      readonly rows: readonly (readonly string[])[];
      readonly facts: string;
      readonly paused: boolean;
    }
  /** An empty message removes the one before. */
  | { readonly kind: 'error'; readonly message: string };

/** Messages from the page. */
export type FromProcesses =
  | { readonly kind: 'ready' }
  | { readonly kind: 'pause'; readonly paused: boolean }
  /** Whether the page is visible. */
  | { readonly kind: 'visibility'; readonly visible: boolean };

/** Validates a message from the page, which is untrusted. */
export const isFromProcesses = messageCheck<FromProcesses>({
  ready: {},
  pause: { paused: isBoolean },
  visibility: { visible: isBoolean },
});

export const processesPage: PageDescription<FromProcesses> = {
  name: 'processes',
  accepts: isFromProcesses,
};
