/** Which findings comments ignore, and which comments are unused. Their syntax is read by ignore-comment.ts. */
import type { Model } from '../model/model.ts';
import type { Dockerfile } from '../syntax/tree.ts';
import { wordHashes } from '../text/fingerprint.ts';
import { firstFrom } from '../text/sorted.ts';
import { encloses, slice, type Node, type Span } from '../text/span.ts';
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

/** Most files do not match these, and are not searched further. */
const mentionHints = wordHashes('ignore', 'check');
const anyMention = /\bignore\s*=|\bcheck\s*=/i;

/** The ignore comments of a file; undefined if it has none. */
export function ignores(model: Model, { pragmas = true }: Options = {}): Ignores | undefined {
  if (!model.mayContain(mentionHints)) return undefined;
  const { tree } = model;
  if (!anyMention.test(tree.text)) return undefined;
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
  const places = commentPlaces(model);
  const list = [
    ...checks.flatMap(({ span }) => listed(span, () => wholeFile(model))),
    ...tree.comments.flatMap(({ span }, i) => listed(span, (comment) => places(comment, i))),
  ];
  const index = indexOf(list);
  return {
    strict: isStrict(tree),
    names: list,
    covers: (finding, ruleNames) => covers(index, finding, ruleNames),
  };
}

/** Ignore comments of one name and of one kind, by where they begin to apply. */
interface Group {
  readonly ignores: Ignore[];
  readonly isWholeFile: boolean;
  /** Whether all of them are known to have ignored a finding, if they apply to the whole file. */
  isUsed: boolean;
}

type Index = ReadonlyMap<string, readonly Group[]>;

function indexOf(list: readonly Ignore[]): Index {
  const groups = new Map<string, Group>();
  const byName = new Map<string, Group[]>();
  for (const ignore of list) {
    const { name, written, comment } = ignore;
    // Those of one group differ only in their place.
    const kind = comment.by === 'check' ? `${written} ${comment.hasComma}` : '';
    const key = `${name} ${comment.by} ${comment.reach} ${kind}`;
    const known = groups.get(key);
    if (known !== undefined) {
      known.ignores.push(ignore);
      continue;
    }
    const isWholeFile = comment.reach === 'file';
    const group: Group = { ignores: [ignore], isWholeFile, isUsed: false };
    groups.set(key, group);
    byName.set(name, [...(byName.get(name) ?? []), group]);
  }
  return byName;
}

/** Those of a group that apply to an offset. They are sorted by where they begin, and then also by where they end. */
function* applying(
  { ignores: list, isWholeFile, isUsed }: Group,
  offset: number,
): Iterable<Ignore> {
  if (isWholeFile) {
    yield* isUsed ? list.slice(0, 1) : list;
    return;
  }
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((list[middle]?.place.start ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  for (let i = low - 1; i >= 0; i--) {
    const ignore = list[i];
    if (ignore === undefined || ignore.place.end < offset) return;
    yield ignore;
  }
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
  index: Index,
  finding: Finding,
  ruleNames: readonly string[],
): 'yes' | 'no' | 'name' {
  let covered: 'yes' | 'no' | 'name' = 'no';
  for (const name of namesFor(finding, ruleNames)) {
    const isOwn = name === finding.rule;
    if (!isOwn && !isNamed(finding, ruleNames, name)) continue;
    const isCovering =
      (index.get(name) ?? []).filter((group) => mark(group, name, finding)).length > 0;
    if (isCovering && (isOwn || finding.category !== 'build-error')) covered = 'yes';
    else if (isCovering && covered === 'no') covered = 'name';
  }
  return covered;
}

/** Marks the comments of a group that ignore a finding. Whether there is one. */
function mark(group: Group, name: string, finding: Finding): boolean {
  let isCovering = false;
  for (const ignore of applying(group, finding.at.span.start)) {
    const { comment } = ignore;
    if (comment.by === 'check' && !isReadByBuildKit(ignore, finding)) continue;
    // A finding about the comment itself is not ignored by `all`.
    if (name === 'all' && encloses(comment.span, finding.at.span)) continue;
    ignore.isUsed = true;
    isCovering = true;
  }
  if (group.isWholeFile) group.isUsed ||= group.ignores.every(({ isUsed }) => isUsed);
  return isCovering;
}

/** The names in comments that may refer to a finding. */
function namesFor({ rule, also }: Finding, ruleNames: readonly string[]): ReadonlySet<string> {
  return new Set([rule, 'all', ...ruleNames, ...also.map((name) => name.toLowerCase())]);
}

/** BuildKit compares names, and `all`, with case; `all` in a list with other names has no effect. */
function isReadByBuildKit({ name, written, comment }: Ignore, { also }: Finding): boolean {
  if (name === 'all' && comment.hasComma) return false;
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

/** Returns the place that a comment applies to; the index is that of the comment in the file. */
function commentPlaces(model: Model): (comment: IgnoreComment, index: number) => Span {
  const { comments } = model.tree;
  let after: readonly number[] | undefined;
  let froms: readonly Node[] | undefined;
  return (comment, index) => {
    if (comment.reach === 'file') return wholeFile(model);
    if (comment.reach === 'stage') {
      froms ??= model.stages.map(({ from }) => from);
      return stagePlace(comment, froms, model);
    }
    after ??= linesAfter(model);
    const next = after[index] ?? 0;
    return placeBelow(comment, { next, isInside: comments[index]?.isInside === true }, model);
  };
}

function wholeFile(model: Model): Span {
  return { start: 0, end: model.tree.text.length };
}

/** For each comment, where the next line begins that is not a comment; comments in a row are followed by the same line. */
function linesAfter({ tree: { text, comments } }: Model): readonly number[] {
  const found: number[] = [];
  for (let i = comments.length - 1; i >= 0; i--) {
    const next = lineAfter(text, comments[i]?.span.end ?? 0);
    const below = comments[i + 1]?.span.start;
    const isInRow = below !== undefined && text.slice(next, below).trim() === '';
    found[i] = isInRow ? (found[i + 1] ?? next) : next;
  }
  return found;
}

/** The comment and the instruction below it; inside an instruction, the next line that is not a comment. */
function placeBelow(
  comment: IgnoreComment,
  { next, isInside }: { readonly next: number; readonly isInside: boolean },
  model: Model,
): Span {
  const { text, instructions } = model.tree;
  const { start } = comment.span;
  const end = lineAfter(text, next);
  const line = { start, end: Math.max(next, end - 1) };
  if (isInside) return line;
  const below = instructions[firstFrom(instructions, next)];
  const isBelow = below !== undefined && below.span.start < Math.max(end, next + 1);
  return isBelow ? { start, end: below.span.end } : line;
}

/** The stage whose FROM is the next instruction, otherwise the stage that contains the comment. */
function stagePlace({ span }: IgnoreComment, froms: readonly Node[], { tree }: Model): Span {
  const startOf = (index: number): number | undefined => froms[index]?.span.start;
  let at = firstFrom(froms, span.start) - 1;
  const next = startOf(at + 1);
  const following = tree.instructions[firstFrom(tree.instructions, span.start + 1)];
  if (next !== undefined && following?.span.start === next) at++;
  const start = startOf(at) ?? 0;
  return {
    start: Math.min(start, span.start),
    end: startOf(at + 1) ?? tree.text.length,
  };
}

function lineAfter(text: string, offset: number): number {
  const found = text.indexOf('\n', offset);
  return found < 0 ? text.length : found + 1;
}
