/** What comments switch off, and whether they hid anything. How they are written: ignore-comment.ts. */
import type { Model } from '../model/model.ts';
import type { Dockerfile } from '../syntax/tree.ts';
import { encloses, slice, type Span } from '../text/span.ts';
import { ignoreComment, plainName, type IgnoreComment, type IgnoredName } from './ignore-comment.ts';
import type { Finding } from './rule.ts';

export interface Ignores {
  /** `# check=error=true`: what BuildKit would warn of fails the build. */
  readonly strict: boolean;
  /** Every name in every comment. */
  readonly names: readonly IgnoredName[];
  /**
   * Whether a comment ignores the finding; `ruleNames` are all names of its rule, in lower case. A build error fails
   * the build whatever another linter was told, so by that one's name only the `name` is ignored.
   */
  covers(finding: Finding, ruleNames: readonly string[]): 'yes' | 'no' | 'name';
}

interface Ignore extends IgnoredName {
  /** With the casing that it has in the comment. */
  readonly written: string;
  readonly place: Span;
  hid: boolean;
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
  const checks = tree.directives.filter(({ name }) => name === 'check');
  if (![...checks, ...tree.comments].some(({ span }) => anyMention.test(slice(tree.text, span))))
    return undefined;
  const listed = (span: Span, placeOf: (comment: IgnoreComment) => Span): readonly Ignore[] => {
    const comment = ignoreComment(tree, span);
    if (comment === undefined || (!pragmas && comment.by === 'hadolint')) return [];
    const place = placeOf(comment);
    return comment.names.map(({ name, span: at }) => ({
      name: plainName(name),
      written: name,
      span: at,
      comment,
      place,
      hid: false,
    }));
  };
  const list = [
    ...checks.flatMap(({ span }) => listed(span, () => wholeFile(model))),
    ...tree.comments.flatMap(({ span, inside }) =>
      listed(span, (comment) => placeOf(comment, inside, model)),
    ),
  ];
  return {
    strict: isStrict(tree),
    names: list,
    covers: (finding, ruleNames) => covers(list, finding, ruleNames),
  };
}

const errorOption = /(?:^|;)\s*error\s*=([^;]*)/gi;
const isTrue = /^\s*(?:true|1|t)\s*$/i;

/** Whether BuildKit is to refuse the file for what it else warns of: of two options the last counts. */
export function isStrict({ directives }: Dockerfile): boolean {
  return directives.some(
    ({ name, value }) =>
      name === 'check' && isTrue.test([...value.matchAll(errorOption)].at(-1)?.[1] ?? ''),
  );
}

function covers(
  list: readonly Ignore[],
  finding: Finding,
  ruleNames: readonly string[],
): 'yes' | 'no' | 'name' {
  const { start } = finding.at.span;
  let covered: 'yes' | 'no' | 'name' = 'no';
  for (const ignore of list) {
    const { name, place, comment } = ignore;
    if (start < place.start || start > place.end) continue;
    if (comment.by === 'check' && !isReadByBuildKit(ignore, finding)) continue;
    // What is said of the comment itself it hides only by name.
    if (name === 'all' && encloses(comment.span, finding.at.span)) continue;
    const isOwn = name === finding.rule;
    if (!isOwn && !isNamed(finding, ruleNames, name)) continue;
    ignore.hid = true;
    if (isOwn || finding.category !== 'build-error') covered = 'yes';
    else if (covered === 'no') covered = 'name';
  }
  return covered;
}

/** BuildKit knows its own names, and `all`, only as they are cased; `all` among others names no rule. */
function isReadByBuildKit({ name, written, comment }: Ignore, { also }: Finding): boolean {
  if (name === 'all' && comment.names.length > 1) return false;
  const known = name === 'all' ? name : also.find((one) => one.toLowerCase() === name);
  return known === undefined || known === written;
}

/** A finding with names of its own is ignored by these, one without by any name of its rule. */
function isNamed({ also }: Finding, ruleNames: readonly string[], name: string): boolean {
  if (name === 'all') return true;
  if (name.startsWith('tally/')) return ruleNames.includes(name);
  if (also.length === 0) return ruleNames.includes(name);
  return also.some((one) => one.toLowerCase() === name);
}

function placeOf(comment: IgnoreComment, isInside: boolean, model: Model): Span {
  if (comment.reach === 'file') return wholeFile(model);
  if (comment.reach === 'stage') return stagePlace(comment, model);
  return placeBelow(comment, isInside, model);
}

function wholeFile(model: Model): Span {
  return { start: 0, end: model.tree.text.length };
}

/**
 * The comment itself and the instruction below, or inside an instruction the next line that is no comment. Comments may
 * follow each other.
 */
function placeBelow(comment: IgnoreComment, isInside: boolean, model: Model): Span {
  const { text, instructions, comments } = model.tree;
  const { start } = comment.span;
  let next = lineAfter(text, comment.span.end);
  for (const other of comments) {
    if (other.span.start >= next && text.slice(next, other.span.start).trim() === '') {
      next = lineAfter(text, other.span.end);
    }
  }
  const end = lineAfter(text, next);
  const line = { start, end: Math.max(next, end - 1) };
  if (isInside) return line;
  const below = instructions.find(
    ({ span }) => span.start >= next && span.start < Math.max(end, next + 1),
  );
  return below ? { start, end: below.span.end } : line;
}

/** The stage whose FROM stands on the next lines; else the one that the comment stands in. */
function stagePlace(comment: IgnoreComment, model: Model): Span {
  const { stages, tree } = model;
  const startOf = (index: number): number | undefined => stages[index]?.from.span.start;
  let at = stages.findLastIndex(({ from }) => from.span.start < comment.span.start);
  const next = startOf(at + 1);
  const inTheWay = tree.instructions.some(
    ({ span }) => span.start > comment.span.start && span.start < (next ?? 0),
  );
  if (next !== undefined && !inTheWay) at++;
  const start = startOf(at) ?? 0;
  return {
    start: Math.min(start, comment.span.start),
    end: startOf(at + 1) ?? tree.text.length,
  };
}

function lineAfter(text: string, offset: number): number {
  const found = text.indexOf('\n', offset);
  return found < 0 ? text.length : found + 1;
}
