import type { Span } from '../text/span.ts';

/** What is shown about a place, as Markdown. */
export interface Hover {
  readonly span: Span;
  readonly markdown: string;
}
