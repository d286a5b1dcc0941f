import type { Span } from '../../text/span.ts';
import type { Word } from '../tree.ts';

/**
 * Returns the span of a part of a word's text, or of the whole word if escapes or continuations make text and source
 * differ. The word is compared once for all its parts.
 */
export function partSpans({ span, raw, text, quote }: Word): (from: number, to: number) => Span {
  const lead =
    raw.length !== span.end - span.start
      ? undefined
      : raw === text
        ? 0
        : quote !== undefined && raw.length === text.length + 2
          ? 1
          : undefined;
  if (lead === undefined) return () => span;
  const start = span.start + lead;
  return (from, to) => ({ start: start + from, end: start + to });
}

/** The keyword in uppercase, as in BuildKit's errors. */
export function keywordOf(instruction: { readonly keyword: Word }): string {
  return instruction.keyword.raw.toUpperCase();
}
