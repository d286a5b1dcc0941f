/** Examples carry marks around what is reported; here they come off. */
import type { Span } from '../text/span.ts';

/** The text without `«` and `»`, and where each pair stood in it, in order. Pairs may nest. */
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
