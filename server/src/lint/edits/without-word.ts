/** A word of a command taken out, with the blanks that parted it from the others. */
import { remove, type Edit } from '../../text/edit.ts';
import type { Span } from '../../text/span.ts';

/** With its whole line where nothing else stands there; `escape` is what continues a line. */
export function withoutWord(text: string, { start, end }: Span, escape: '\\' | '`' = '\\'): Edit {
  const from = skip(text, start, -1);
  const to = skip(text, end, 1);
  const opens = text[from - 1] === '\n';
  if (!opens) return remove({ start: from, end });
  if (text[to] !== escape) return remove({ start, end: to });
  const lineEnd = text.indexOf('\n', to);
  return remove({ start: from, end: lineEnd < 0 ? to : lineEnd + 1 });
}

/** Past blanks, forwards or backwards. */
function skip(text: string, from: number, step: 1 | -1): number {
  let at = from;
  while (/[ \t]/.test(text[step > 0 ? at : at - 1] ?? '')) at += step;
  return at;
}
