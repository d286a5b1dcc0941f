/** A range of a text. Offsets are UTF-16 code units from 0; ends are exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Anything that has a place in a text. */
export interface Node {
  readonly span: Span;
}

export function span(start: number, end: number): Span {
  return { start, end };
}

/** Whether an offset is in a span, including its end: a cursor directly after a word still touches it. */
export function contains(place: Span, offset: number): boolean {
  return place.start <= offset && offset <= place.end;
}

/** Whether one span is completely within another. */
export function encloses(outer: Span, inner: Span): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

/** The text of a span. */
export function slice(text: string, place: Span): string {
  return text.slice(place.start, place.end);
}

/**
 * A text of exactly the length of its place in the document. Parts that are not in the language of the text (comments
 * inside continuations, flags) are replaced with spaces, so that offsets in it plus `at` are document offsets.
 */
export interface MaskedText {
  readonly at: number;
  readonly text: string;
}
