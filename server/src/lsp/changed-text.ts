/** The text of a document after the changes of the editor. */
import { TextDocumentContentChangeEvent } from './protocol.ts';
import { lines } from '../text/lines.ts';
import type { Encoding } from './client.ts';
import { toSpan, type Placed } from './convert.ts';

/** Positions of each change refer to the text after the previous change. */
export function changedText(
  before: Placed,
  changes: readonly TextDocumentContentChangeEvent[],
  encoding: Encoding,
): string {
  let placed = before;
  for (const change of changes) {
    let { text } = change;
    if (TextDocumentContentChangeEvent.isIncremental(change)) {
      const { start, end } = toSpan(placed, change.range, encoding);
      text = placed.text.slice(0, start) + change.text + placed.text.slice(end);
    }
    placed = placedText(text);
  }
  return placed.text;
}

/** The index of the lines is computed only if another change needs it. */
function placedText(text: string): Placed {
  let known: Placed['lines'] | undefined;
  return {
    text,
    get lines() {
      return (known ??= lines(text));
    },
  };
}
