/** Places in a text. Offsets are UTF-16 code units from 0; ends are exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Anything that stands somewhere in a text. */
export interface Node {
  readonly span: Span;
}

export function span(start: number, end: number): Span {
  return { start, end };
}

/** Whether an offset lies in a span, its end included: a cursor behind a word still touches it. */
export function contains(place: Span, offset: number): boolean {
  return place.start <= offset && offset <= place.end;
}

/** Whether one span lies wholly in another. */
export function encloses(outer: Span, inner: Span): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

/** The text that a span names. */
export function slice(text: string, place: Span): string {
  return text.slice(place.start, place.end);
}

/**
 * A text of exactly the length of its place in the document, where what is not the reader's language
 * (comments inside continuations, flags) is blanked, so that offsets in it plus `at` are document offsets.
 */
export interface Masked {
  readonly at: number;
  readonly text: string;
}
