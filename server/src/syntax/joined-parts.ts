import type { Span } from '../text/span.ts';

/**
 * The parts of a place that BuildKit joins: a place over several lines without the continuations, and without the
 * comments and empty lines between them (frontend/dockerfile/parser/parser.go, Parse).
 */
export function joinedParts(text: string, place: Span, escape: '\\' | '`'): readonly Span[] {
  if (!text.slice(place.start, place.end).includes('\n')) return [place];
  const parts: Span[] = [];
  let start = place.start;
  while (start < place.end) {
    const eol = text.indexOf('\n', start);
    const end = eol < 0 || eol > place.end ? place.end : eol;
    const line = text.slice(start, end);
    const isSkipped = start > place.start && /^\s*(?:#|$)/.test(line);
    // The last line of the place does not continue.
    const kept = end === place.end ? line.length : contentLength(line, escape);
    if (!isSkipped && kept > 0) parts.push({ start, end: start + kept });
    start = end + 1;
  }
  return parts;
}

/** The length of a line without the escape character and the whitespace at its end. */
function contentLength(line: string, escape: '\\' | '`'): number {
  const trimmed = line.trimEnd();
  return trimmed.endsWith(escape) ? trimmed.length - 1 : trimmed.length;
}
