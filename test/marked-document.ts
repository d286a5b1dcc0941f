/** Turns a marked Dockerfile into a document with a cursor, for the tests of all features. */
import { addMarks, parseMarks } from './marks.ts';
import { document, type Document } from '../server/src/model/document.ts';
import type { Span } from '../server/src/text/span.ts';
import type { Context, Outside } from '../server/src/features/outside.ts';

export interface MarkedDocument {
  readonly document: Document;
  readonly offset: number;
  readonly spans: readonly Span[];
}

export function markedDocument(source: string): MarkedDocument {
  const { text, cursor = 0, spans } = parseMarks(source);
  return { document: document('untitled:Dockerfile', text), offset: cursor, spans };
}

/** The marked source without the cursor. */
export function withoutCursor(source: string): string {
  return source.replace('‸', '');
}

/** The text with marks around the spans that a feature returned. */
export function markSpans({ document: { text } }: MarkedDocument, spans: readonly Span[]): string {
  return addMarks(text, spans);
}

/** A build context with the files and directories that `list` returns. */
export function contextOf(list: Context['list']): Context {
  return { root: () => Promise.resolve(undefined), list, find: () => Promise.resolve(undefined) };
}

/** No images and no rules. */
export const emptyOutside: Outside = { images: { search: () => Promise.resolve([]) }, rules: [] };
