/** What the lines of an ignore file match in the build context: problems and hovers. */
import type { ContextTree } from '../../ignore/context-tree.ts';
import type { IgnoreMatches, PatternMatches } from '../../ignore/ignore-matches.ts';
import { replace } from '../../text/edit.ts';
import { t } from '../../text/translation.ts';
import { directoriesText, filesText, grouped, sizeText } from './amounts.ts';
import { lineNumber, type IgnoreDocument, type PatternLine } from './ignore-document.ts';
import { removal, type IgnoreProblem } from './problem.ts';

/** The result of comparing a document with its context. */
export interface Compared {
  readonly tree: ContextTree;
  readonly matches: IgnoreMatches;
  /** For patterns that match nothing: one that does, and how many files and directories it matches. */
  readonly alternatives: ReadonlyMap<string, Alternative>;
}

export interface Alternative {
  readonly pattern: string;
  readonly count: number;
}

/** Patterns that match nothing or decide nothing; none if that is not certain. */
export function* matchProblems(
  document: IgnoreDocument,
  { tree, matches, alternatives }: Compared,
): Iterable<IgnoreProblem> {
  if (!tree.isComplete || tree.unreadable.length > 0 || tree.entries.length === 0) return;
  if (matches.isRejected || matches.invalid !== undefined) return;
  for (const [i, line] of document.patterns.entries()) {
    const found = matches.patterns[i];
    if (found === undefined || line.used === '') continue;
    if (found.files + found.directories === 0)
      yield withoutMatch(document, line, alternatives.get(line.used));
    else if (found.decides === 0) yield withoutEffect(document, line, found);
  }
}

function withoutMatch(
  document: IgnoreDocument,
  line: PatternLine,
  other: Alternative | undefined,
): IgnoreProblem {
  const common = { code: 'ignore-matches-nothing', line: line.number, span: line.path } as const;
  if (other === undefined)
    return {
      ...common,
      message: t('Matches nothing in the build context'),
      severity: 'hint',
      isUnnecessary: true,
      fixes: [removal(document, line)],
    };
  const message =
    other.count === 1
      ? t('Matches nothing at this place; `{0}` matches 1 path', other.pattern)
      : t('Matches nothing at this place; `{0}` matches {1} paths', other.pattern, grouped(other.count)); // prettier-ignore
  return {
    ...common,
    message,
    severity: 'warning',
    fixes: [
      {
        title: t('Replace with `{0}`', other.pattern),
        edits: [replace(line.path, other.pattern)],
      },
      removal(document, line),
    ],
  };
}

function withoutEffect(
  document: IgnoreDocument,
  line: PatternLine,
  { decidedBy }: PatternMatches,
): IgnoreProblem {
  const others = [...decidedBy.keys()].flatMap((i) => document.patterns[i] ?? []);
  const [other] = others;
  const isOne = others.length === 1 && other !== undefined;
  const reason = isOne
    ? other.includes === line.includes
      ? t('No effect: line {0} already matches all of its files', lineNumber(other))
      : t('No effect: line {0} reverses it for all of its files', lineNumber(other))
    : t('No effect: other lines decide for all files that it matches');
  return {
    code: 'ignore-no-effect',
    line: line.number,
    span: line.content,
    message: reason,
    severity: 'hint',
    isUnnecessary: true,
    ...(isOne && { related: { span: other.content, message: t('Decides here') } }),
    fixes: [removal(document, line)],
  };
}

/** Markdown: what a line matches, and which of it another line decides. */
export function matchText(
  document: IgnoreDocument,
  line: PatternLine,
  { tree, matches }: Compared,
): string {
  const found =
    matches.patterns[document.patterns.findIndex(({ number }) => number === line.number)];
  if (found === undefined || line.used === '') return '';
  const parts = [summary(line, found, tree)];
  if (matches.isRejected) parts.push(t('The build fails because of another line of this file.'));
  for (const [by, files] of [...found.decidedBy].sort(([, a], [, b]) => b - a).slice(0, 5)) {
    const other = document.patterns[by];
    if (other !== undefined) parts.push(decidedElsewhere(line, other, files));
  }
  if (!tree.isComplete)
    parts.push(t('Only part of the build context was counted, because it is very large.')); // prettier-ignore
  return parts.join('\n\n');
}

function summary(
  line: PatternLine,
  { files, directories, bytes }: PatternMatches,
  { hasSizes }: ContextTree,
): string {
  if (files + directories === 0) return t('Matches nothing in the build context.');
  const what = [
    ...(files > 0 || directories === 0 ? [filesText(files)] : []),
    ...(directories > 0 ? [directoriesText(directories)] : []),
    ...(hasSizes && files > 0 ? [sizeText(bytes)] : []),
  ].join(' · ');
  return line.includes ? t('Includes again: **{0}**', what) : t('Excludes: **{0}**', what);
}

function decidedElsewhere(line: PatternLine, other: PatternLine, files: number): string {
  const pattern = `\`${other.includes ? '!' : ''}${other.used}\``;
  const at = lineNumber(other);
  if (other.includes === line.includes)
    return t('Line {0}, {1}, matches {2} of them too.', at, pattern, filesText(files));
  return other.includes
    ? t('Line {0}, {1}, includes {2} of them again.', at, pattern, filesText(files))
    : t('Line {0}, {1}, excludes {2} of them.', at, pattern, filesText(files));
}
