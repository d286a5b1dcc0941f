/** The messages between the stats page and the extension. Used by both. */
import type { PageDescription } from '../ui/page.ts';
import { isBoolean, isText, messageCheck } from '../ui/page-message.ts';

/** The values of a point, in this order, after its time. */
export const metrics = [
  'cpu',
  'memory',
  'received',
  'sent',
  'read',
  'written',
  'processes',
] as const;
export type Metric = (typeof metrics)[number];

export const valueColumns = ['cpu', 'memory', 'received', 'sent', 'disk', 'processes'] as const;
export type ValueColumn = (typeof valueColumns)[number];
export type ColumnId = 'name' | ValueColumn;

/** A time in milliseconds, followed by one value per metric; null if it is not known. */
export type Point = readonly (number | null)[];

export interface Cell {
  readonly text: string;
  /** The limit, beside the text. */
  readonly detail?: string;
  /** Close to the limit. */
  readonly isHigh?: boolean;
  /** The value to sort rows by. */
  readonly order: number;
}

export type Cells = Readonly<Partial<Record<ValueColumn, Cell>>>;

/** A line in a chart. */
export interface ChartLine {
  readonly metric: Metric;
  /** Its name, if the chart has several. */
  readonly label?: string;
}

export type ChartId = 'cpu' | 'memory' | 'network' | 'disk' | 'processes';

/** A large chart of an expanded row. */
export interface ChartView {
  readonly id: ChartId;
  readonly title: string;
  /** Beside the title: a limit, totals. */
  readonly note?: string;
  readonly value: string;
  readonly isHigh?: boolean;
  readonly lines: readonly ChartLine[];
  /** The value at the upper end, and the labels of the axis from the top. */
  readonly top: number;
  readonly labels: readonly [string, string, string];
  readonly limit?: { readonly value: number; readonly text: string };
  /** Shown instead of the chart if nothing happened in its time. */
  readonly idle?: string;
}

/** An event on the time axis. */
export interface Mark {
  readonly at: number;
  readonly text: string;
}

export type RowIcon = 'running' | 'warning' | 'paused' | 'stopped';

export interface StatsRow {
  readonly id: string;
  readonly name: string;
  /** The image of the container. */
  readonly image: string;
  readonly icon: RowIcon;
  /** Why the container is not measured, that it is paused, or its health. */
  readonly state?: string;
  /** Empty if the container is not measured. */
  readonly cells: Cells;
  /** The upper end of the small memory chart, and the limit in it if the container has one. */
  readonly memoryTop: number;
  readonly memoryLimit?: number;
  readonly charts: readonly ChartView[];
  readonly marks: readonly Mark[];
  /** Points that the page does not have yet. */
  readonly newPoints: readonly Point[];
}

export interface StatsTexts {
  readonly columns: readonly { readonly id: ColumnId; readonly label: string }[];
  readonly table: string;
  readonly pause: string;
  readonly resume: string;
  /** Absent if all containers are shown. */
  readonly all?: string;
  readonly now: string;
  /** Shown if there are no rows. */
  readonly empty: string;
  /** Tooltip of the sort buttons, and label of the buttons that expand a row; `{0}` is the column or the container. */
  readonly sortBy: string;
  readonly charts: string;
}

/** Messages to the page. */
export type ToStats =
  | {
      readonly kind: 'show';
      readonly title: string;
      readonly texts: StatsTexts;
      /** Whether the first row is expanded initially. */
      readonly open: boolean;
    }
  | {
      readonly kind: 'rows';
      readonly rows: readonly StatsRow[];
      readonly facts: readonly string[];
      /** The last row; absent if there is only one container. */
      readonly total?: { readonly name: string; readonly cells: Cells };
      /** The upper end of the small CPU charts, which share one scale. */
      readonly cpuTop: number;
      /** The time at the right end of all charts, their time span in milliseconds, and its label. */
      readonly now: number;
      readonly span: number;
      readonly from: string;
      readonly paused: boolean;
    }
  | { readonly kind: 'error'; readonly message: string };

/** Messages from the page. */
export type FromStats =
  | { readonly kind: 'ready' | 'all' }
  | { readonly kind: 'pause'; readonly paused: boolean }
  /** A row was expanded. */
  | { readonly kind: 'open'; readonly id: string }
  /** Whether the page is visible. */
  | { readonly kind: 'visibility'; readonly visible: boolean };

/** Validates a message from the page, which is untrusted. */
export const isFromStats = messageCheck<FromStats>({
  ready: {},
  all: {},
  pause: { paused: isBoolean },
  open: { id: isText },
  visibility: { visible: isBoolean },
});

export const statsPage: PageDescription<FromStats> = { name: 'stats', accepts: isFromStats };
