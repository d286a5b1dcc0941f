/** Turns a marked Dockerfile into a document with a cursor, for the tests of all features. */
import { mark, marked } from './marks.ts';
import { document, type Document } from '../server/src/model/document.ts';
import type { Span } from '../server/src/text/span.ts';
import type { Context, Outside } from '../server/src/features/outside.ts';

export interface Asked {
  readonly document: Document;
  readonly offset: number;
  readonly spans: readonly Span[];
}

export function asked(source: string): Asked {
  const { text, cursor = 0, spans } = marked(source);
  return { document: document('untitled:Dockerfile', text), offset: cursor, spans };
}

/** The marked source without the cursor. */
export function expected(source: string): string {
  return source.replace('‸', '');
}

/** The text with marks around the spans that a feature returned. */
export function shown({ document: { text } }: Asked, spans: readonly Span[]): string {
  return mark(text, spans);
}

/** A build context with the files and directories that `list` returns. */
export function contextOf(list: Context['list']): Context {
  return { list, find: () => Promise.resolve(undefined) };
}

/** No images and no rules. */
export const nothing: Outside = { images: { search: () => Promise.resolve([]) }, rules: [] };
