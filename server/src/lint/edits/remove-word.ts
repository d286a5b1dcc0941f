/** Removes a word of a command, with the whitespace around it. */
import { remove, type Edit } from '../../text/edit.ts';
import type { Span } from '../../text/span.ts';

/** Removes a word, with its whole line if nothing else is on it; `escape` is the character that continues a line. */
export function removeWord(text: string, { start, end }: Span, escape: '\\' | '`' = '\\'): Edit {
  const from = skip(text, start, -1);
  const to = skip(text, end, 1);
  const opens = text[from - 1] === '\n';
  if (!opens) return remove({ start: from, end });
  if (text[to] !== escape) return remove({ start, end: to });
  const lineEnd = text.indexOf('\n', to);
  return remove({ start: from, end: lineEnd < 0 ? to : lineEnd + 1 });
}

/** Skips whitespace, forwards or backwards. */
function skip(text: string, from: number, step: 1 | -1): number {
  let at = from;
  while (/[ \t]/.test(text[step > 0 ? at : at - 1] ?? '')) at += step;
  return at;
}
