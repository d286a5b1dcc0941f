/** Where comments and directives that switch rules off name them. */
import type { Dockerfile } from '../syntax/tree.ts';
import type { Node, Span } from '../text/span.ts';

export interface NamedRule extends Node {
  readonly name: string;
}

export interface IgnoreComment {
  /** What makes it one: `drydock ignore`, `check=skip`. */
  readonly words: Span;
  readonly names: readonly NamedRule[];
}

const said =
  /^(#\s*)((?:drydock|hadolint)(?:\s+(?:stage|global))?\s+ignore|check\s*=\s*(?:[^;]*;\s*)*?skip)\s*=/i;

/** The comment or directive at a place as one that names rules; undefined where it names none. */
export function ignoreComment(
  { text }: Dockerfile,
  { start, end }: Span,
): IgnoreComment | undefined {
  const written = text.slice(start, end);
  const [whole, lead, words] = said.exec(written) ?? [];
  if (whole === undefined || lead === undefined || words === undefined) return undefined;
  const rest = written.slice(whole.length);
  // Reasons stand behind ` -- `, `#` or `//`, other options behind `;`.
  const [list = ''] = rest.split(/\s--(?:\s|$)|#|;|\/\//, 1);
  const from = start + whole.length;
  const names = Array.from(list.matchAll(/[^,\s]+/g), ({ 0: name, index }) => ({
    name,
    span: { start: from + index, end: from + index + name.length },
  }));
  const wordsAt = start + lead.length;
  return { words: { start: wordsAt, end: wordsAt + words.length }, names };
}
