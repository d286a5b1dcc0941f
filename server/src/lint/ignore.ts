/**
 * Comments that switch rules off: our own, hadolint's and BuildKit's. Each accepts the names of all three.
 *
 *     # drydock ignore=RULE[,RULE] -- reason     the instruction below, or the line below inside one
 *     # drydock stage ignore=…                   the stage that begins below, or that it stands in
 *     # drydock global ignore=…                  the whole file
 *     # hadolint [stage|global] ignore=… # reason
 *     # check=skip=A,B;error=true                at the top: the whole file; above an instruction: that one
 */
import type { Model } from '../model/model.ts';
import type { Comment } from '../syntax/tree.ts';
import type { Span } from '../text/span.ts';
import type { Finding } from './rule.ts';

export interface Ignores {
  /** `# check=error=true`: what BuildKit would warn of fails the build. */
  readonly strict: boolean;
  /**
   * Whether a comment ignores the finding; `ruleNames` are all names of its rule, in lower case. A build error fails
   * the build whatever another linter was told, so by that one's name only the `name` is ignored.
   */
  covers(finding: Finding, ruleNames: readonly string[]): 'yes' | 'no' | 'name';
}

interface Ignore {
  readonly place: Span;
  /** Lower case; `all` stands for every rule. */
  readonly names: ReadonlySet<string>;
}

interface Options {
  /** Whether hadolint's comments have an effect. */
  readonly pragmas?: boolean;
}

/** A quick look that tells most files need no closer one. */
const anyMention = /\bignore\s*=|\bcheck\s*=/i;

/** Undefined where a file has no such comment. */
export function ignores(model: Model, { pragmas = true }: Options = {}): Ignores | undefined {
  const { tree } = model;
  const worded = [...tree.comments, ...tree.directives.filter(({ name }) => name === 'check')];
  if (!worded.some(({ span }) => anyMention.test(tree.text.slice(span.start, span.end)))) {
    return undefined;
  }
  const list = tree.comments.flatMap((comment) =>
    !pragmas && /^\s*hadolint\s/i.test(comment.text) ? [] : fromComment(comment, model),
  );
  let strict = false;
  for (const { name, value } of tree.directives) {
    if (name !== 'check') continue;
    const check = readCheck(value);
    strict ||= check.strict;
    if (check.skip.size > 0) list.push({ place: wholeFile(model), names: check.skip });
  }
  return {
    strict,
    covers: (finding, ruleNames) => {
      const { start } = finding.at.span;
      const here = list.filter(({ place }) => place.start <= start && start <= place.end);
      if (here.some(({ names }) => names.has(finding.rule))) return 'yes';
      if (!here.some(({ names }) => isNamed(finding, ruleNames, names))) return 'no';
      return finding.category === 'build-error' ? 'name' : 'yes';
    },
  };
}

/** What a `check` directive or comment says: `skip=A,B;error=true`. */
function readCheck(value: string): {
  readonly skip: ReadonlySet<string>;
  readonly strict: boolean;
} {
  const skip = /(?:^|;)\s*skip\s*=([^;]*)/i.exec(value)?.[1] ?? '';
  return {
    skip: namesIn(skip),
    strict: /(?:^|;)\s*error\s*=\s*(?:true|1|t)\s*(?:;|$)/i.test(value),
  };
}

function fromComment(comment: Comment, model: Model): Ignore[] {
  const said = /^\s*(?:drydock|hadolint)\s+(?:(stage|global)\s+)?ignore\s*=(.*)$/i.exec(
    comment.text,
  );
  if (said) {
    const names = namesIn(withoutReason(said[2] ?? ''));
    if (said[1]?.toLowerCase() === 'global') return [{ place: wholeFile(model), names }];
    if (said[1]?.toLowerCase() === 'stage') return [{ place: stagePlace(comment, model), names }];
    return [{ place: placeBelow(comment, model), names }];
  }
  // Since 2026 BuildKit takes the directive above a single instruction, with a reason behind `//`.
  const check = /^\s*check\s*=(.*)$/i.exec(comment.text);
  if (!check) return [];
  const { skip } = readCheck((check[1] ?? '').split('//')[0] ?? '');
  return skip.size > 0 ? [{ place: placeBelow(comment, model), names: skip }] : [];
}

/** Our reasons stand behind ` -- `, hadolint's behind `#`; both are taken everywhere. */
function withoutReason(text: string): string {
  return text.split(/\s--(?:\s|$)|#/)[0] ?? '';
}

function namesIn(list: string): ReadonlySet<string> {
  return new Set(
    list
      .split(/[,\s]+/)
      .map((name) => name.toLowerCase())
      .filter((name) => name !== ''),
  );
}

function wholeFile(model: Model): Span {
  return { start: 0, end: model.tree.text.length };
}

/** The instruction below, or inside an instruction the next line that is no comment. Comments may follow each other. */
function placeBelow(comment: Comment, model: Model): Span {
  const { text, instructions, comments } = model.tree;
  let start = lineAfter(text, comment.span.end);
  for (const other of comments) {
    if (other.span.start >= start && text.slice(start, other.span.start).trim() === '') {
      start = lineAfter(text, other.span.end);
    }
  }
  const end = lineAfter(text, start);
  if (comment.inside) return { start, end: Math.max(start, end - 1) };
  const below = instructions.find(
    ({ span }) => span.start >= start && span.start < Math.max(end, start + 1),
  );
  return below ? { start, end: below.span.end } : { start, end: Math.max(start, end - 1) };
}

/** The stage whose FROM stands on the next lines; else the one that the comment stands in. */
function stagePlace(comment: Comment, model: Model): Span {
  const { stages, tree } = model;
  const startOf = (index: number): number | undefined => stages[index]?.from.span.start;
  let at = stages.findLastIndex(({ from }) => from.span.start < comment.span.start);
  const next = startOf(at + 1);
  const inTheWay = tree.instructions.some(
    ({ span }) => span.start > comment.span.start && span.start < (next ?? 0),
  );
  if (next !== undefined && !inTheWay) at++;
  return { start: startOf(at) ?? 0, end: startOf(at + 1) ?? tree.text.length };
}

function lineAfter(text: string, offset: number): number {
  const found = text.indexOf('\n', offset);
  return found < 0 ? text.length : found + 1;
}

/** A finding with names of its own is ignored by these, one without by any name of its rule. */
function isNamed(
  { also }: Finding,
  ruleNames: readonly string[],
  ignored: ReadonlySet<string>,
): boolean {
  if (ignored.has('all')) return true;
  const own = also.length > 0 ? also.map((name) => name.toLowerCase()) : ruleNames;
  return own.some((name) => ignored.has(name));
}
