/** Marks in test texts: `«…»` around what is expected, `‸` where the cursor stands. They nest. */
import type { Span } from '../server/src/text/span.ts';

export interface Marked {
  /** Without the marks. */
  readonly text: string;
  /** What stood between `«` and `»`, in the order of the opening marks. */
  readonly spans: readonly Span[];
  /** Where `‸` stood. */
  readonly cursor: number | undefined;
}

export function marked(source: string): Marked {
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

/** A text with marks around the places, for comparing with a marked one. */
export function mark(text: string, spans: readonly Span[]): string {
  const marks = spans.flatMap(({ start, end }) => [
    { at: start, mark: '«', inner: -end },
    { at: end, mark: '»', inner: -start },
  ]);
  // At one place, what ends comes before what begins, and the longer one encloses the shorter.
  marks.sort((a, b) => a.at - b.at || b.mark.localeCompare(a.mark) || a.inner - b.inner);
  let result = '';
  let done = 0;
  for (const { at, mark: sign } of marks) {
    result += text.slice(done, at) + sign;
    done = at;
  }
  return result + text.slice(done);
}
