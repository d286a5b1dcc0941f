/** Which findings comments ignore, and which comments are unused. Their syntax is read by ignore-comment.ts. */
import type { Model } from '../model/model.ts';
import type { Dockerfile } from '../syntax/tree.ts';
import { encloses, slice, type Span } from '../text/span.ts';
import {
  ignoreComment,
  plainName,
  type IgnoreComment,
  type IgnoredName,
} from './ignore-comment.ts';
import type { Finding } from './rule.ts';

export interface Ignores {
  /** `# check=error=true`: BuildKit's warnings fail the build. */
  readonly strict: boolean;
  /** Every name in every comment. */
  readonly names: readonly IgnoredName[];
  /**
   * Whether a comment ignores the finding; `ruleNames` are all names of its rule in lowercase. A build error fails the
   * build even if a comment ignores it by another linter's name, so in that case only that `name` is dropped.
   */
  covers(finding: Finding, ruleNames: readonly string[]): 'yes' | 'no' | 'name';
}

interface Ignore extends IgnoredName {
  /** The name as written in the comment. */
  readonly written: string;
  readonly place: Span;
  isUsed: boolean;
}

interface Options {
  /** Whether hadolint's comments have an effect. */
  readonly pragmas?: boolean;
}

/** Most files do not match this, and are not searched further. */
const anyMention = /\bignore\s*=|\bcheck\s*=/i;

/** The ignore comments of a file; undefined if it has none. */
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
      isUsed: false,
    }));
  };
  const list = [
    ...checks.flatMap(({ span }) => listed(span, () => wholeFile(model))),
    ...tree.comments.flatMap(({ span, isInside }) =>
      listed(span, (comment) => placeOf(comment, isInside, model)),
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

/** Whether BuildKit treats its warnings in this file as errors. Of two `error` options, the last one is used. */
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
    // A finding about the comment itself is not ignored by `all`.
    if (name === 'all' && encloses(comment.span, finding.at.span)) continue;
    const isOwn = name === finding.rule;
    if (!isOwn && !isNamed(finding, ruleNames, name)) continue;
    ignore.isUsed = true;
    if (isOwn || finding.category !== 'build-error') covered = 'yes';
    else if (covered === 'no') covered = 'name';
  }
  return covered;
}

/** BuildKit compares names, and `all`, with case; `all` in a list with other names has no effect. */
function isReadByBuildKit({ name, written, comment }: Ignore, { also }: Finding): boolean {
  if (name === 'all' && comment.names.length > 1) return false;
  const known = name === 'all' ? name : also.find((one) => one.toLowerCase() === name);
  return known === undefined || known === written;
}

/** A finding that has names is ignored by these, one without names by any name of its rule. */
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
 * The comment and the instruction below it; inside an instruction, the next line that is not a comment. Several comments
 * may precede the instruction.
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

/** The stage whose FROM is the next instruction, otherwise the stage that contains the comment. */
function stagePlace(comment: IgnoreComment, model: Model): Span {
  const { stages, tree } = model;
  const startOf = (index: number): number | undefined => stages[index]?.from.span.start;
  let at = stages.findLastIndex(({ from }) => from.span.start < comment.span.start);
  const next = startOf(at + 1);
  const isBeforeOther = tree.instructions.some(
    ({ span }) => span.start > comment.span.start && span.start < (next ?? 0),
  );
  if (next !== undefined && !isBeforeOther) at++;
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
