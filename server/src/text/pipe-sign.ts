import type { Span } from './span.ts';

/** Whether a part of a text contains `|`, and not only `||`; without one, its scripts have no pipe. */
export function hasPipe(text: string, { start, end }: Span): boolean {
  for (let at = text.indexOf('|', start); at >= 0 && at < end; at = text.indexOf('|', at + 2))
    if (text[at + 1] !== '|') return true;
  return false;
}
