/**
 * Where comments and directives that switch rules off name them: our own, hadolint's, tally's and BuildKit's. Each
 * accepts the names of all.
 *
 *     # drydock ignore=RULE[,RULE] -- reason     the instruction below, or the line below inside one
 *     # drydock stage ignore=…                   the stage that begins below, or that it stands in
 *     # drydock global ignore=…                  the whole file
 *     # hadolint [stage|global] ignore=… # reason
 *     # tally [global] ignore=…;reason=…
 *     # check=skip=A,B;error=true                at the top: the whole file; above an instruction: that one;
 *                                              of two `skip=` in one comment, BuildKit takes the last
 */
import type { Dockerfile } from '../syntax/tree.ts';
import type { Node, Span } from '../text/span.ts';

export interface IgnoreComment extends Node {
  readonly by: 'drydock' | 'hadolint' | 'tally' | 'check';
  readonly reach: 'below' | 'stage' | 'file';
  /** What makes it one: `drydock ignore`, `check=skip`. */
  readonly words: Span;
  readonly names: readonly NamedRule[];
}

export interface NamedRule extends Node {
  readonly name: string;
}

/** One name in a comment. */
export interface IgnoredName extends Node {
  /** As it is compared: lower case; `all` stands for every rule. */
  readonly name: string;
  readonly comment: IgnoreComment;
  /** Whether it has hidden anything up to now. */
  readonly hid: boolean;
}

const said =
  /^(#\s*)((?:(drydock|hadolint|tally)\s+(?:(stage|global)\s+)?ignore|check\s*=(?:[^;]*;)*\s*skip))\s*=/i;
/** Our reasons stand behind ` -- `, hadolint's behind `#`, tally's behind `;`, BuildKit's behind `//`. */
const reason = /\s--(?:\s|$)|#|;|\/\//;

/** The comment or directive at a place as one that names rules; undefined where it is none. */
export function ignoreComment({ text }: Dockerfile, place: Span): IgnoreComment | undefined {
  const written = text.slice(place.start, place.end);
  const [whole, lead, words, owner, reach] = said.exec(written) ?? [];
  if (whole === undefined || lead === undefined || words === undefined) return undefined;
  const [list = ''] = written.slice(whole.length).split(reason, 1);
  const from = place.start + whole.length;
  const names = Array.from(list.matchAll(/[^,\s]+/g), ({ 0: name, index }) => ({
    name,
    span: { start: from + index, end: from + index + name.length },
  }));
  const wordsAt = place.start + lead.length;
  return {
    span: place,
    by: (owner?.toLowerCase() ?? 'check') as IgnoreComment['by'],
    reach: reaches[reach?.toLowerCase() ?? ''] ?? 'below',
    words: { start: wordsAt, end: wordsAt + words.length },
    names,
  };
}

const reaches: Readonly<Record<string, IgnoreComment['reach']>> = {
  stage: 'stage',
  global: 'file',
};

/** A name as names are compared; tally says before it whose rule it is. */
export function plainName(name: string): string {
  return name.toLowerCase().replace(/^(?:hadolint|buildkit|shellcheck)\//, '');
}
