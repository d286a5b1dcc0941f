/** The messages between the stats page and the extension. Used by both. */
import type { PageDescription } from '../ui/page.ts';

/** Metrics with a chart, in the order of the values of a point. */
export const metrics = ['cpu', 'memory', 'received', 'sent', 'read', 'written'] as const;
export type Metric = (typeof metrics)[number];
export type ColumnId = 'name' | Metric | 'processes';

/** A time in milliseconds, followed by one value per metric; null if it is not known yet. */
export type Point = readonly (number | null)[];

export interface Cell {
  readonly text: string;
  /** Shown below the text: the limit or the total. */
  readonly detail?: string;
  /** The value to sort rows by. */
  readonly order: number;
}

/** The upper end of a chart, as a value and as its label. */
export interface Scale {
  readonly top: number;
  readonly text: string;
}

export interface StatsRow {
  readonly id: string;
  readonly name: string;
  /** The image of the container. */
  readonly image: string;
  /** Why the container is not measured, or that it is paused. */
  readonly state?: string;
  /** Empty if the container is not measured. */
  readonly cells: Readonly<Partial<Record<Exclude<ColumnId, 'name'>, Cell>>>;
  readonly scales: Readonly<Record<Metric, Scale>>;
  /** Points that the page does not have yet. */
  readonly newPoints: readonly Point[];
}

export interface StatsTexts {
  readonly title: string;
  readonly columns: readonly { readonly id: ColumnId; readonly label: string }[];
  readonly pause: string;
  readonly resume: string;
  /** Labels of the time axis of a chart. */
  readonly from: string;
  readonly now: string;
  /** Shown if there are no rows. */
  readonly empty: string;
  /** Tooltip of the sort buttons; `{0}` is the column. */
  readonly sortBy: string;
}

/** Messages to the page. */
export type ToStats =
  | {
      readonly kind: 'show';
      readonly texts: StatsTexts;
      /** Time span of the large charts in milliseconds. */
      readonly span: number;
      /** Time span of the small charts in milliseconds. */
      readonly shortSpan: number;
      /** Whether the first row is expanded initially. */
      readonly open: boolean;
    }
  | {
      readonly kind: 'rows';
      readonly rows: readonly StatsRow[];
      readonly summary: string;
      /** The time at the right end of all charts. */
      readonly now: number;
      readonly paused: boolean;
    }
  | { readonly kind: 'error'; readonly message: string };

/** Messages from the page. */
export type FromStats =
  | { readonly kind: 'ready' }
  | { readonly kind: 'pause'; readonly paused: boolean }
  /** Whether the page is visible. */
  | { readonly kind: 'visibility'; readonly visible: boolean };

/** Validates a message from the page, which is untrusted. */
export function isFromStats(message: unknown): message is FromStats {
  if (typeof message !== 'object' || message === null || !('kind' in message)) return false;
  const candidate = message as Readonly<Record<string, unknown>>;
  if (candidate.kind === 'ready') return true;
  if (candidate.kind === 'pause') return typeof candidate.paused === 'boolean';
  return candidate.kind === 'visibility' && typeof candidate.visible === 'boolean';
}

export const statsPage: PageDescription<FromStats> = { name: 'stats', accepts: isFromStats };
