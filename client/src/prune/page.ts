/** The messages between the prune page and the extension. Used by both. */
import type { PageDescription } from '../ui/page.ts';
import {
  isBoolean,
  isListOf,
  isNumber,
  isOneOf,
  isText,
  isTextUpTo,
  messageCheck,
} from '../ui/page-message.ts';

export interface PruneTexts {
  /** The label of the table. */
  readonly table: string;
  readonly search: string;
  readonly age: string;
  /** The ages that can be chosen; the value is a Go duration, or empty for any age. */
  readonly ages: readonly { readonly value: string; readonly label: string }[];
  readonly filter: string;
  readonly filterHint: string;
  readonly columns: Readonly<Record<PruneColumn, string>>;
  readonly reason: string;
  readonly selectAll: string;
  /** `{0}` is the group or the row. */
  readonly select: string;
  /** `{0}` is the group. */
  readonly collapse: string;
  readonly expand: string;
  /** Tooltip of the sort buttons; `{0}` is the column. */
  readonly sortBy: string;
  readonly measure: string;
  readonly copy: string;
  readonly cancel: string;
  readonly retry: string;
}

export type PruneColumn = 'name' | 'age' | 'frees';

export interface PruneRow {
  readonly key: string;
  readonly name: string;
  /** Shown when the pointer is on the name. */
  readonly title: string;
  readonly reason: string;
  readonly age: string;
  readonly ageTitle: string;
  /** Empty if the object has no size. */
  readonly frees: string;
  readonly freesTitle: string;
}

export interface PruneGroup {
  readonly id: string;
  readonly title: string;
  readonly rows: readonly PruneRow[];
  /** A warning below the rows, with a button. */
  readonly note?: { readonly text: string; readonly action: string };
}

/** What is chosen in a group. */
export interface ChosenGroup {
  readonly id: string;
  /** `3 of 4`. */
  readonly count: string;
  readonly frees: string;
  readonly check: 'all' | 'some' | 'none';
}

export interface ResultLine {
  readonly level: 'good' | 'error' | 'info';
  readonly text: string;
}

/** Messages to the page. */
export type ToPrune =
  | {
      readonly kind: 'show';
      readonly title: string;
      readonly texts: PruneTexts;
      readonly search: string;
      readonly age: string;
      readonly words: string;
    }
  | {
      readonly kind: 'rows';
      /** Which measurement it is; actions on another one are ignored. */
      readonly measurement: number;
      readonly facts: readonly string[];
      readonly groups: readonly PruneGroup[];
      readonly sort: { readonly by: PruneColumn; readonly down: boolean };
      /** The groups that a command named, once after it was called; the others are collapsed. */
      readonly named?: readonly string[];
      /** Why the filter is not valid; empty if it is. */
      readonly filterError: string;
      /** Said instead of a table; empty if there are rows. */
      readonly empty: string;
    }
  | {
      readonly kind: 'chosen';
      readonly groups: readonly ChosenGroup[];
      readonly keys: readonly string[];
      /** Rows that cannot be chosen, and why. */
      readonly disabled: readonly { readonly key: string; readonly why: string }[];
      /** `Frees 4.58 GB`. */
      readonly frees: string;
      readonly detail: string;
      readonly button: string;
      readonly canPrune: boolean;
    }
  /** While the sizes are read. */
  | { readonly kind: 'measuring'; readonly text: string }
  /** While objects are removed; `fraction` is from 0 to 1. */
  | { readonly kind: 'progress'; readonly text: string; readonly fraction: number }
  | { readonly kind: 'result'; readonly lines: readonly ResultLine[] }
  /** An empty message removes the one before. */
  | { readonly kind: 'error'; readonly message: string };

/** Messages from the page. */
export type FromPrune =
  | { readonly kind: 'ready' | 'measure' | 'cancel' | 'copy' | 'export' }
  | { readonly kind: 'prune'; readonly measurement: number }
  | {
      readonly kind: 'select';
      readonly measurement: number;
      readonly keys: readonly string[];
      readonly on: boolean;
    }
  | {
      readonly kind: 'filter';
      readonly search: string;
      readonly age: string;
      readonly words: string;
    }
  | { readonly kind: 'sort'; readonly by: PruneColumn }
  /** Whether the page is visible. */
  | { readonly kind: 'visibility'; readonly visible: boolean };

/** Longer texts are not typed by a person. */
const isTyped = isTextUpTo(10_000);

/** Validates a message from the page, which is untrusted. */
export const isFromPrune = messageCheck<FromPrune>({
  ready: {},
  measure: {},
  cancel: {},
  copy: {},
  export: {},
  prune: { measurement: isNumber },
  select: { measurement: isNumber, keys: isListOf(isText), on: isBoolean },
  filter: { search: isTyped, age: isTyped, words: isTyped },
  sort: { by: isOneOf('name', 'age', 'frees') },
  visibility: { visible: isBoolean },
});

export const prunePage: PageDescription<FromPrune> = { name: 'prune', accepts: isFromPrune };
