import type { Span } from '../../text/span.ts';
import type { Word } from '../tree.ts';

/**
 * The span of a part of a word's text, or of the whole word if escapes or continuations make text and source differ.
 */
export function partSpan(word: Word, from: number, to: number): Span {
  const { span, raw, text, quote } = word;
  if (raw.length !== span.end - span.start) return span;
  if (raw === text) return { start: span.start + from, end: span.start + to };
  if (quote === undefined || raw.length !== text.length + 2) return span;
  return { start: span.start + 1 + from, end: span.start + 1 + to };
}

/** The keyword in uppercase, as in BuildKit's errors. */
export function keywordOf(instruction: { readonly keyword: Word }): string {
  return instruction.keyword.raw.toUpperCase();
}
