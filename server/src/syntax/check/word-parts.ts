import type { Span } from '../../text/span.ts';
import type { Word } from '../tree.ts';

/** The place of a part of a word's text: exact where text and place are the same characters, else the whole word. */
export function partOf(word: Word, from: number, to: number): Span {
  const { span, raw, text, quote } = word;
  if (raw.length !== span.end - span.start) return span;
  if (raw === text) return { start: span.start + from, end: span.start + to };
  if (quote === undefined || raw.length !== text.length + 2) return span;
  return { start: span.start + 1 + from, end: span.start + 1 + to };
}

/** A name as BuildKit spells instructions in its errors. */
export function keywordOf(instruction: { readonly keyword: Word }): string {
  return instruction.keyword.raw.toUpperCase();
}
