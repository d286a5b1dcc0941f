/** The messages between the page of a log and the extension. Used by both. */
import type { PageDescription } from '../ui/page.ts';
import type { Level } from './levels.ts';

/** A part of a text, with the classes of its style. */
export interface TextPart {
  readonly text: string;
  readonly style?: string;
  /** The number of the link of the line that it is. */
  readonly link?: number;
}

/** Starts and ends of matches in a text. */
export type Ranges = readonly (readonly [number, number])[];

interface RowBase {
  /** The place in the list; places keep their meaning when lines are added or dropped. */
  readonly place: number;
  /** The number of the line, which identifies it. */
  readonly line: number;
  /** Milliseconds since 1970; 0 if it is unknown. */
  readonly time: number;
  /** The number of its container. */
  readonly source: number;
}

export interface LineRow extends RowBase {
  readonly kind: 'line';
  readonly level: Level;
  /** Written to standard error. */
  readonly isError: boolean;
  readonly parts: readonly TextPart[];
  readonly marks: Ranges;
  /** Whether it can show details. */
  readonly canOpen: boolean;
  /** Shown below it, if it is open. */
  readonly details?: readonly TextPart[];
  readonly detailMarks?: Ranges;
}

export type MarkerAction = 'limits' | 'inspect' | 'save';

/** What happened to a container. */
export interface MarkerRow extends RowBase {
  readonly kind: 'marker';
  readonly icon: 'error' | 'pass' | 'refresh' | 'trash' | 'warning' | 'info';
  readonly title: string;
  /** Shown after the time. */
  readonly detail: string;
  readonly actions: readonly { readonly name: MarkerAction; readonly label: string }[];
}

export type LogRow = LineRow | MarkerRow;

export interface SourceChip {
  readonly name: string;
  /** From 0 on; the page has as many colors as it likes. */
  readonly color: number;
  readonly isHidden: boolean;
  /** Such as `running` or `exited (0)`. */
  readonly state: string;
}

export interface Choice {
  readonly value: string;
  readonly label: string;
}

export interface LogTexts {
  readonly title: string;
  readonly toolbar: string;
  readonly follow: string;
  readonly pause: string;
  readonly range: string;
  readonly levels: string;
  readonly stream: string;
  readonly search: string;
  readonly previousMatch: string;
  readonly nextMatch: string;
  readonly matchCase: string;
  readonly useExpression: string;
  readonly hideOthers: string;
  readonly wrap: string;
  readonly timestamps: string;
  readonly save: string;
  readonly copy: string;
  readonly more: string;
  readonly containers: string;
  /** `{0}` is the name of a container. */
  readonly showContainer: string;
  /** `{0}` is a number. */
  readonly newLine: string;
  readonly newLines: string;
  readonly following: string;
  /** `{0}` is a time. */
  readonly pausedAt: string;
  /** `{0}` is the number of the current match, `{1}` how many there are. */
  readonly matchOf: string;
  readonly noMatches: string;
  readonly searching: string;
  readonly standardError: string;
  readonly expand: string;
  readonly collapse: string;
  readonly openFile: string;
  readonly empty: string;
  readonly emptyFiltered: string;
  readonly reading: string;
  readonly levelNames: Readonly<Record<Level, string>>;
  readonly goToError: string;
  readonly goToWarning: string;
  readonly goToRestart: string;
}

export type JumpTarget = 'error' | 'warning' | 'restart' | 'match';

export interface LogState {
  /** The places of the first row, and after the last one. */
  readonly first: number;
  readonly end: number;
  readonly sources: readonly SourceChip[];
  /** Shown at the right end of the names: `shop · 5 of 5 running`. */
  readonly facts: string;
  /** `128,402 lines · 41 MB in memory`. */
  readonly size: string;
  /** Empty if there are none; otherwise `12 errors`. */
  readonly errors: string;
  readonly warnings: string;
  readonly restarts: string;
  /** How many lines match; undefined without a search. */
  readonly matches?: number;
  readonly isSearching: boolean;
  /** Whether the existing lines are still being read. */
  readonly isReading: boolean;
  /** Whether new lines can come. */
  readonly isLive: boolean;
  /** A problem, as a sentence. */
  readonly problem?: string;
  /** Why the search text cannot be used. */
  readonly searchProblem?: string;
}

/** What the user has chosen; kept by the extension while the page is hidden. */
export interface LogChoices {
  readonly range: string;
  readonly levels: string;
  readonly stream: string;
  readonly query: string;
  readonly matchesCase: boolean;
  readonly isExpression: boolean;
  readonly hidesOthers: boolean;
  readonly timestamps: boolean;
  readonly wraps: boolean;
}

export type ToLogs =
  | {
      readonly kind: 'show';
      readonly texts: LogTexts;
      readonly ranges: readonly Choice[];
      readonly levels: readonly Choice[];
      readonly streams: readonly Choice[];
      readonly choices: LogChoices;
    }
  | { readonly kind: 'choices'; readonly choices: LogChoices; readonly ranges: readonly Choice[] }
  | { readonly kind: 'state'; readonly state: LogState }
  /** The rows from a place on. `replaces`: all that the page has are out of date. */
  | { readonly kind: 'rows'; readonly rows: readonly LogRow[]; readonly replaces: boolean }
  /** Positions in the scroll bar, in thousandths. */
  | { readonly kind: 'marks'; readonly errors: readonly number[]; readonly matches: readonly number[] } // prettier-ignore
  /** Moves to a row. `match`: it is this match, from 0 on. */
  | { readonly kind: 'go'; readonly place: number; readonly line: number; readonly match?: number }
  /** Starts from the end, since other lines are shown. */
  | { readonly kind: 'restart' };

export type FromLogs =
  | { readonly kind: 'ready' }
  /** The rows that the page shows or will show; `end`: the last ones, also when more are added. */
  | { readonly kind: 'window'; readonly first: number; readonly count: number; readonly end: boolean } // prettier-ignore
  | { readonly kind: 'choose'; readonly choices: LogChoices }
  | { readonly kind: 'toggle-source'; readonly source: number }
  | { readonly kind: 'open'; readonly line: number; readonly open: boolean }
  | { readonly kind: 'link'; readonly line: number; readonly link: number }
  | { readonly kind: 'act'; readonly line: number; readonly name: MarkerAction }
  | { readonly kind: 'copy'; readonly first: number; readonly last: number }
  | { readonly kind: 'save' }
  | { readonly kind: 'more' }
  /** Moves to the next one from a place on, or to the previous one. */
  | {
      readonly kind: 'jump';
      readonly to: JumpTarget;
      readonly from: number;
      readonly back: boolean;
    };

/** Rows that the page may ask for at a time. */
export const mostRows = 500;

/** Validates a message from the page, which is untrusted. */
export function isFromLogs(message: unknown): message is FromLogs {
  if (typeof message !== 'object' || message === null || !('kind' in message)) return false;
  const candidate = message as Readonly<Record<string, unknown>>;
  const number = (name: string): boolean => Number.isSafeInteger(candidate[name]);
  const flag = (name: string): boolean => typeof candidate[name] === 'boolean';
  switch (candidate.kind) {
    case 'ready':
    case 'save':
    case 'more':
      return true;
    case 'window':
      return number('first') && number('count') && flag('end');
    case 'choose':
      return isChoices(candidate.choices);
    case 'toggle-source':
      return number('source');
    case 'open':
      return number('line') && flag('open');
    case 'link':
      return number('line') && number('link');
    case 'act':
      return number('line') && ['limits', 'inspect', 'save'].includes(String(candidate.name)); // prettier-ignore
    case 'copy':
      return number('first') && number('last');
    case 'jump':
      return number('from') && flag('back') && ['error', 'warning', 'restart', 'match'].includes(String(candidate.to)); // prettier-ignore
  }
  return false;
}

/** Longer search texts are refused. */
const longestQuery = 10_000;

function isChoices(value: unknown): value is LogChoices {
  if (typeof value !== 'object' || value === null) return false;
  const candidate = value as Readonly<Record<string, unknown>>;
  const texts = ['range', 'levels', 'stream', 'query'];
  const flags = ['matchesCase', 'isExpression', 'hidesOthers', 'timestamps', 'wraps'];
  return (
    texts.every((name) => {
      const text = candidate[name];
      return typeof text === 'string' && text.length <= longestQuery;
    }) && flags.every((name) => typeof candidate[name] === 'boolean')
  );
}

export const logsPage: PageDescription<FromLogs> = { name: 'logs', accepts: isFromLogs };
