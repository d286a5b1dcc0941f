/** Marks in test texts: `«…»` around expected spans, which can be nested, and `‸` at the cursor. */
import type { Span } from '../server/src/text/span.ts';

export interface MarkedText {
  /** The text without the marks. */
  readonly text: string;
  /** The spans between `«` and `»`, in the order of the opening marks. */
  readonly spans: readonly Span[];
  /** The offset of `‸`. */
  readonly cursor: number | undefined;
}

export function parseMarks(source: string): MarkedText {
  const spans: { start: number; end: number }[] = [];
  const open: { start: number; end: number }[] = [];
  let cursor: number | undefined;
  let text = '';
  for (const character of source) {
    if (character === '«') {
      const span = { start: text.length, end: text.length };
      spans.push(span);
      open.push(span);
    } else if (character === '»') {
      const span = open.pop();
      if (span) span.end = text.length;
    } else if (character === '‸') cursor = text.length;
    else text += character;
  }
  return { text, spans, cursor };
}

/** The text with marks around the spans, to compare with a marked text. */
export function addMarks(text: string, spans: readonly Span[]): string {
  const marks = spans.flatMap(({ start, end }) => [
    { at: start, mark: '«', inner: -end },
    { at: end, mark: '»', inner: -start },
  ]);
  // At the same offset, closing marks come before opening marks, and longer spans enclose shorter ones.
  marks.sort((a, b) => a.at - b.at || b.mark.localeCompare(a.mark) || a.inner - b.inner);
  let result = '';
  let written = 0;
  for (const { at, mark } of marks) {
    result += text.slice(written, at) + mark;
    written = at;
  }
  return result + text.slice(written);
}
