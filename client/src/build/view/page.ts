/** The messages between the page of a build and the extension. Used by both. */
import type { PageDescription } from '../../ui/page.ts';
import { isBoolean, isOneOf, isText, messageCheck } from '../../ui/page-message.ts';

export type RowState = 'running' | 'done' | 'cached' | 'failed' | 'canceled' | 'waiting';

/** One step, or an instruction that has not become a step yet. */
export interface Row {
  readonly id: string;
  readonly state: RowState;
  /** The state as a word, for the icon. */
  readonly stateLabel: string;
  /** From 1; absent for steps that belong to no instruction. */
  readonly line?: number;
  /** The keyword of the instruction. */
  readonly keyword?: string;
  readonly text: string;
  /** Shown before the time: bytes, an exit code. */
  readonly what: string;
  /** Empty while it runs. */
  readonly time: string;
  /** Milliseconds since the build began; present while it runs. */
  readonly runningSince?: number;
  /** The slowest step. */
  readonly slow: boolean;
  readonly open: boolean;
}

export interface Group {
  readonly id: string;
  readonly title: string;
  /** Shown at the right end, unless a step runs: the time, or `cached`. */
  readonly total: string;
  /** Milliseconds of the steps that have ended; present while a step of the group runs. */
  readonly ended?: number;
  readonly rows: readonly string[];
}

/** A fact in the head of the page. */
export interface Fact {
  readonly text: string;
  readonly style?: 'strong' | 'code';
  /** The text is the time since the build began. */
  readonly clock?: true;
}

export interface Figure {
  readonly label: string;
  readonly value: string;
  readonly detail: string;
  readonly trend?: 'better' | 'worse';
}

export type ActionName =
  | 'cancel'
  | 'again'
  | 'options'
  | 'run'
  | 'layers'
  | 'push'
  | 'more'
  | 'go'
  | 'output'
  | 'shell'
  | 'copy';

export interface Action {
  readonly name: ActionName;
  readonly label: string;
  readonly primary?: true;
}

export interface Head {
  readonly state: 'running' | 'done' | 'failed' | 'canceled';
  readonly stateLabel: string;
  readonly title: string;
  readonly facts: readonly Fact[];
  readonly actions: readonly Action[];
  /** Steps that have ended, and all; present while the build runs. */
  readonly progress?: { readonly done: number; readonly all: number; readonly label: string };
  /** Shown when the build has ended. */
  readonly figures: readonly Figure[];
  /** Why the build failed, if no step did; and what a cancelled build left. */
  readonly message?: string;
  readonly warnings: readonly string[];
}

/** Part of a line of the Dockerfile. */
export interface SourceWord {
  readonly text: string;
  readonly mark?: 'wrong' | 'keyword';
}

/** Shown in the step that failed. */
export interface FailureBox {
  readonly row: string;
  readonly sentence: string;
  readonly source: readonly { readonly line: number; readonly words: readonly SourceWord[] }[];
  readonly actions: readonly Action[];
  /** The number of the line of the output that says why. */
  readonly decisive?: number;
}

export interface Layer {
  readonly name: string;
  /** Shown instead of the bar: `done`, `waiting`. */
  readonly status: string;
  /** From 0 to 1; absent if there is no bar. */
  readonly fraction?: number;
  readonly size: string;
}

export interface PageTexts {
  readonly title: string;
  /** `{0}` is the number of lines. */
  readonly omitted: string;
  readonly noOutput: string;
  readonly seconds: string;
  readonly minutes: string;
  readonly steps: string;
  readonly warnings: string;
  readonly more: string;
}

export type ToBuild =
  | { readonly kind: 'show'; readonly texts: PageTexts }
  | {
      readonly kind: 'head';
      readonly head: Head;
      /** Milliseconds since the build began. */
      readonly now: number;
    }
  | {
      readonly kind: 'rows';
      readonly groups: readonly Group[];
      /** Those that have changed; all after `show`. */
      readonly rows: readonly Row[];
      readonly now: number;
      /** For screen readers: what has ended. */
      readonly announcement?: string;
    }
  | { readonly kind: 'failure'; readonly failure: FailureBox }
  | { readonly kind: 'layers'; readonly row: string; readonly layers: readonly Layer[] }
  | {
      readonly kind: 'log';
      readonly row: string;
      /** Replaces what the page has. */
      readonly restart: boolean;
      /** Complete lines from number `first` on; a gap before it is left out. */
      readonly parts: readonly { readonly first: number; readonly lines: readonly string[] }[];
      readonly unfinished: string;
    }
  /** Opens a step and moves to it. */
  | { readonly kind: 'reveal'; readonly row: string };

export type FromBuild =
  | { readonly kind: 'ready' }
  | { readonly kind: 'open'; readonly row: string; readonly open: boolean }
  | { readonly kind: 'act'; readonly name: ActionName };

const actionNames: readonly string[] = [
  'cancel',
  'again',
  'options',
  'run',
  'layers',
  'push',
  'more',
  'go',
  'output',
  'shell',
  'copy',
] satisfies readonly ActionName[];

/** Validates a message from the page, which is untrusted. */
export const isFromBuild = messageCheck<FromBuild>({
  ready: {},
  open: { row: isText, open: isBoolean },
  act: { name: isOneOf(...actionNames) },
});

export const buildPage: PageDescription<FromBuild> = { name: 'build-view', accepts: isFromBuild };
