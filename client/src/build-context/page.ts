/** The messages between the page of a build context and the extension. Used by both. */
import type { PageDescription } from '../ui/page.ts';

/** Which files are listed: those of the context, those that it does not have, or those that no instruction reads. */
export const shownParts = ['included', 'excluded', 'unused'] as const;
export type ShownPart = (typeof shownParts)[number];

export interface ContextTexts {
  readonly title: string;
  readonly refresh: string;
  readonly chooseFolder: string;
  readonly cancel: string;
  readonly parts: Readonly<Record<ShownPart, string>>;
  readonly name: string;
  readonly size: string;
  readonly files: string;
  readonly decision: string;
  readonly open: string;
  readonly reveal: string;
  readonly exclude: string;
  readonly find: string;
  readonly byPattern: string;
  readonly unusedTitle: string;
  readonly tree: string;
  readonly sizeByPart: string;
}

/** A row of the tree. */
export interface ContextRow {
  readonly id: number;
  readonly name: string;
  readonly path: string;
  readonly isFolder: boolean;
  /** From 0 to 1: its part of everything that is shown. */
  readonly share: number;
  readonly size: string;
  readonly files: string;
  /** Why it is excluded or not, with the line that decides. */
  readonly reason?: Reason;
  /** Whether it is excluded, so that it cannot be excluded again. */
  readonly isExcluded: boolean;
  readonly isUnused: boolean;
}

export interface Reason {
  readonly text: string;
  readonly place?: Place;
}

/** A line of the ignore file or of the Dockerfile, counted from 0. */
export interface Place {
  readonly file: 'ignore' | 'dockerfile';
  readonly line: number;
  /** `line 3`. */
  readonly label: string;
}

/** A segment of the bar; `amount` is relative to the others. */
export interface Segment {
  readonly part: ShownPart;
  readonly label: string;
  readonly amount: number;
}

/** A pattern that excludes something. */
export interface PatternRow {
  readonly pattern: string;
  readonly place: Place;
  readonly size: string;
  readonly files: string;
}

export interface ContextSummary {
  readonly facts: readonly { readonly text: string; readonly place?: Place }[];
  readonly numbers: readonly { readonly label: string; readonly value: string; readonly note?: string }[]; // prettier-ignore
  readonly segments: readonly Segment[];
  readonly legend: readonly { readonly part: ShownPart; readonly text: string }[];
  readonly patterns: readonly PatternRow[];
  readonly patternsNote: string;
  readonly unused: readonly ContextRow[];
  readonly unusedNote: string;
  /** The label of the button that creates or opens the ignore file. */
  readonly ignoreFile: string;
  readonly warnings: readonly string[];
  readonly emptyTexts: Readonly<Record<ShownPart, string>>;
}

/** Messages to the page. */
export type ToContext =
  | { readonly kind: 'reading'; readonly texts: ContextTexts; readonly progress: string }
  | { readonly kind: 'show'; readonly texts: ContextTexts; readonly summary: ContextSummary }
  | {
      readonly kind: 'rows';
      /** The id of the directory; -1 is the context. */
      readonly of: number;
      readonly part: ShownPart;
      readonly rows: readonly ContextRow[];
      /** Describes the rows that are left out, if any. */
      readonly more?: string;
    }
  | { readonly kind: 'answer'; readonly path: string; readonly reason: Reason }
  | { readonly kind: 'failure'; readonly texts: ContextTexts; readonly message: string };

/** Messages from the page. */
export type FromContext =
  | { readonly kind: 'ready' | 'refresh' | 'cancel' | 'chooseFolder' | 'ignoreFile' }
  /** Requests the rows of a directory, at most `most`. */
  | { readonly kind: 'rows'; readonly of: number; readonly part: ShownPart; readonly most: number }
  | { readonly kind: 'find'; readonly path: string }
  | { readonly kind: 'open' | 'reveal' | 'exclude'; readonly id: number }
  | { readonly kind: 'go'; readonly file: Place['file']; readonly line: number };

const plainKinds = ['ready', 'refresh', 'cancel', 'chooseFolder', 'ignoreFile'];
/** Longer than any path. */
const longestPath = 10_000;

/** Validates a message from the page, which is untrusted. */
export function isFromContext(message: unknown): message is FromContext {
  if (typeof message !== 'object' || message === null || !('kind' in message)) return false;
  const one = message as Readonly<Record<string, unknown>>;
  if (plainKinds.includes(String(one.kind))) return true;
  switch (one.kind) {
    case 'rows':
      return isIndex(one.of, -1) && isPart(one.part) && isIndex(one.most, 1);
    case 'find':
      return typeof one.path === 'string' && one.path.length <= longestPath;
    case 'open':
    case 'reveal':
    case 'exclude':
      return isIndex(one.id, 0);
    case 'go':
      return (one.file === 'ignore' || one.file === 'dockerfile') && isIndex(one.line, 0);
    default:
      return false;
  }
}

function isIndex(value: unknown, least: number): boolean {
  return Number.isSafeInteger(value) && Number(value) >= least;
}

function isPart(value: unknown): boolean {
  return shownParts.some((part) => part === value);
}

export const contextPage: PageDescription<FromContext> = {
  name: 'context-page',
  accepts: isFromContext,
};
