import type { Span } from './span.ts';

/** A change of a text: the characters in the span are replaced with `text`. */
export interface Edit {
  readonly span: Span;
  readonly text: string;
}

export function insert(offset: number, text: string): Edit {
  return { span: { start: offset, end: offset }, text };
}

export function replace(place: Span, text: string): Edit {
  return { span: place, text };
}

export function remove(place: Span): Edit {
  return { span: place, text: '' };
}

/** Whether two edits touch the same characters, or insert at the same place. */
export function overlaps(one: Edit, other: Edit): boolean {
  const [first, second] = one.span.start <= other.span.start ? [one, other] : [other, one];
  return (
    second.span.start < first.span.end ||
    (second.span.start === first.span.start && second.span.end === first.span.end)
  );
}

/** The text after all edits. Their offsets refer to the text before the edits, and they never overlap. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  const sorted = [...edits].sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
  let result = '';
  let at = 0;
  for (const edit of sorted) {
    result += text.slice(at, edit.span.start) + edit.text;
    at = edit.span.end;
  }
  return result + text.slice(at);
}
