/**
 * Comments and directives that ignore rules: ours, and those of hadolint, tally and BuildKit. Each accepts the names of
 * all of them.
 *
 *     # drydock ignore=RULE[,RULE] -- reason     the instruction below; inside an instruction, the line below
 *     # drydock stage ignore=…                   the stage that begins below, or the stage it is in
 *     # drydock global ignore=…                  the whole file
 *     # hadolint [stage|global] ignore=… # reason
 *     # tally [global] ignore=…;reason=…
 *     # check=skip=A,B;error=true                at the top: the whole file; above an instruction: that one;
 *                                              of two `skip=` in one comment, BuildKit uses the last
 */
import type { Dockerfile } from '../syntax/tree.ts';
import type { Node, Span } from '../text/span.ts';

export interface IgnoreComment extends Node {
  readonly by: 'drydock' | 'hadolint' | 'tally' | 'check';
  readonly reach: 'below' | 'stage' | 'file';
  /** The span of its keyword: `drydock ignore`, `check=skip`. */
  readonly words: Span;
  readonly names: readonly NamedRule[];
  /** Whether a comma is in the list of names: `all,` is not `all` for BuildKit. */
  readonly hasComma: boolean;
}

export interface NamedRule extends Node {
  readonly name: string;
}

/** One name in a comment. */
export interface IgnoredName extends Node {
  /** In lowercase, for comparison; `all` means every rule. */
  readonly name: string;
  readonly comment: IgnoreComment;
  /** Whether it has ignored a finding so far. */
  readonly isUsed: boolean;
}

const keyword =
  /^(#\s*)((?:(drydock|hadolint|tally)\s+(?:(stage|global)\s+)?ignore|check\s*=(?:[^;]*;)*\s*skip))\s*=/i;
/** What separates the reason from the names: ` -- ` for ours, `#` for hadolint, `;` for tally, `//` for BuildKit. */
const reason = /\s--(?:\s|$)|#|;|\/\//;

/** Further names of one comment are not read: several times the number of all rules and their other names. */
const mostNames = 4000;

/** The comment or directive at a span, read as an ignore comment; undefined if it is not one. */
export function ignoreComment({ text }: Dockerfile, place: Span): IgnoreComment | undefined {
  const written = text.slice(place.start, place.end);
  const [whole, lead, words, owner, reach] = keyword.exec(written) ?? [];
  if (whole === undefined || lead === undefined || words === undefined) return undefined;
  const [list = ''] = written.slice(whole.length).split(reason, 1);
  const from = place.start + whole.length;
  const names: NamedRule[] = [];
  for (const { 0: name, index } of list.matchAll(/[^,\s]+/g)) {
    names.push({ name, span: { start: from + index, end: from + index + name.length } });
    if (names.length === mostNames) break;
  }
  const wordsAt = place.start + lead.length;
  return {
    span: place,
    by: (owner?.toLowerCase() ?? 'check') as IgnoreComment['by'],
    reach: reaches[reach?.toLowerCase() ?? ''] ?? 'below',
    words: { start: wordsAt, end: wordsAt + words.length },
    names,
    hasComma: list.includes(','),
  };
}

const reaches: Readonly<Record<string, IgnoreComment['reach']>> = {
  stage: 'stage',
  global: 'file',
};

/** A name in the form in which names are compared, without the prefix that tally writes before names of other linters. */
export function plainName(name: string): string {
  return name.toLowerCase().replace(/^(?:hadolint|buildkit|shellcheck)\//, '');
}
