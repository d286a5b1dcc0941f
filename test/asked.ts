/** What the tests of all features share: a marked Dockerfile as a document with a cursor. */
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

/** The source as its author marked it, without the cursor. */
export function expected(source: string): string {
  return source.replace('‸', '');
}

/** The text with marks around places that a feature gave. */
export function shown({ document: { text } }: Asked, spans: readonly Span[]): string {
  return mark(text, spans);
}

/** A build context that holds these names, by folder. */
export function contextOf(list: Context['list']): Context {
  return { list, find: () => Promise.resolve(undefined) };
}

/** No images at hand and no rules. */
export const nothing: Outside = { images: { search: () => Promise.resolve([]) }, rules: [] };
