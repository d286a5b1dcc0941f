/** The page of what containers take, as data: what it and the extension tell each other. Known to both sides. */
import type { PageDescription } from '../ui/page.ts';

/** What is drawn as a line over time, in the order of a point. */
export const metrics = ['cpu', 'memory', 'received', 'sent', 'read', 'written'] as const;
export type Metric = (typeof metrics)[number];
export type ColumnId = 'name' | Metric | 'processes';

/** A moment in milliseconds, and then one number for each metric; null where it is not known yet. */
export type Point = readonly (number | null)[];

export interface Cell {
  readonly text: string;
  /** Below it: of how much, or how much in all. */
  readonly more?: string;
  /** What rows are put in order by. */
  readonly order: number;
}

/** What stands at the upper end of a drawing. */
export interface Scale {
  readonly top: number;
  readonly text: string;
}

export interface StatsRow {
  readonly id: string;
  readonly name: string;
  /** Its image. */
  readonly about: string;
  /** Why nothing is measured, or that it is paused. */
  readonly state?: string;
  /** Nothing where it is not measured. */
  readonly cells: Readonly<Partial<Record<Exclude<ColumnId, 'name'>, Cell>>>;
  readonly scales: Readonly<Record<Metric, Scale>>;
  /** Those that the page does not have yet. */
  readonly fresh: readonly Point[];
}

export interface StatsTexts {
  readonly title: string;
  readonly columns: readonly { readonly id: ColumnId; readonly label: string }[];
  readonly pause: string;
  readonly resume: string;
  /** Below a drawing: from when to when. */
  readonly from: string;
  readonly now: string;
  /** Where there is no row. */
  readonly empty: string;
  /** On the button that puts the rows in order; `{0}` is the column. */
  readonly sortBy: string;
}

/** What the page is told. */
export type ToStats =
  | {
      readonly kind: 'show';
      readonly texts: StatsTexts;
      /** How long the drawings are, in milliseconds. */
      readonly span: number;
      /** How long the small ones are. */
      readonly shortSpan: number;
      /** Whether the drawings of the first row are shown large at once. */
      readonly open: boolean;
    }
  | {
      readonly kind: 'rows';
      readonly rows: readonly StatsRow[];
      readonly summary: string;
      /** The right end of all drawings. */
      readonly now: number;
      readonly paused: boolean;
    }
  | { readonly kind: 'trouble'; readonly message: string };

/** What the page tells. */
export type FromStats =
  | { readonly kind: 'ready' }
  | { readonly kind: 'pause'; readonly paused: boolean }
  /** Whether the window that holds it can be seen. */
  | { readonly kind: 'seen'; readonly seen: boolean };

/** What a page shows is data from a page: it is looked at before it is used. */
export function isFromStats(message: unknown): message is FromStats {
  if (typeof message !== 'object' || message === null || !('kind' in message)) return false;
  const told = message as Readonly<Record<string, unknown>>;
  if (told.kind === 'ready') return true;
  if (told.kind === 'pause') return typeof told.paused === 'boolean';
  return told.kind === 'seen' && typeof told.seen === 'boolean';
}

export const statsPage: PageDescription<FromStats> = { name: 'stats', accepts: isFromStats };
