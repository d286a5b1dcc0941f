/** Examples mark with `«…»` what a rule reports; this removes the marks. */
import type { Span } from '../text/span.ts';

/** The text without `«` and `»`, and the span of each pair in it, in order. Pairs may nest. */
export function unmark(marked: string): { readonly text: string; readonly spans: readonly Span[] } {
  let text = '';
  const open: number[] = [];
  const spans: Span[] = [];
  for (const character of marked) {
    if (character === '«') open.push(text.length);
    else if (character === '»') spans.push({ start: open.pop() ?? text.length, end: text.length });
    else text += character;
  }
  return { text, spans: spans.sort((a, b) => a.start - b.start || a.end - b.end) };
}
