/** What is wrong with one pattern of an ignore file. */
import { isAccepted } from '../../ignore/ignore-filter.ts';
import { globOf } from '../../ignore/glob.ts';
import { replace } from '../../text/edit.ts';
import { t } from '../../text/translation.ts';
import type { IgnoreDocument, PatternLine } from './ignore-document.ts';
import { removal, type IgnoreProblem } from './problem.ts';

/** The first problem of a pattern, the worst kinds first. */
export function patternProblem(
  document: IgnoreDocument,
  line: PatternLine,
): IgnoreProblem | undefined {
  for (const find of finders) {
    const problem = find(document, line);
    if (problem !== undefined) return { ...problem, line: line.number };
  }
  return undefined;
}

type Finder = (
  document: IgnoreDocument,
  line: PatternLine,
) => Omit<IgnoreProblem, 'line'> | undefined;

const finders: readonly Finder[] = [
  comment,
  lineEnding,
  character,
  backslash,
  invalidPattern,
  outsideContext,
  uselessException,
];

function comment(document: IgnoreDocument, line: PatternLine): ReturnType<Finder> {
  const { text } = document;
  const content = text.slice(line.content.start, line.content.end);
  if (content.startsWith('#')) {
    const indentation = { start: line.span.start, end: line.content.start };
    return {
      code: 'ignore-comment',
      span: line.content,
      message: t('This is a pattern: a comment must begin with `#` at the start of the line'),
      severity: 'warning',
      fixes: [
        { title: t('Remove the whitespace before `#`'), edits: [replace(indentation, '')] },
        removal(document, line),
      ],
    };
  }
  const [, before = '', gap = '', remark = ''] = /^(.*?\S)(\s+)(#.*)$/.exec(content) ?? [];
  if (remark === '') return undefined;
  const start = line.content.start + before.length + gap.length;
  return {
    code: 'ignore-comment',
    span: { start, end: line.content.end },
    message: t('This is part of the pattern: a comment must be on a separate line'),
    severity: 'warning',
    fixes: [
      {
        title: t('Move the comment to the line above'),
        edits: [replace(line.content, `${remark}\n${before}`)],
      },
    ],
  };
}

/** Editors show a new line after a single `\r`, and Docker does not. */
function lineEnding({ text }: IgnoreDocument, line: PatternLine): ReturnType<Finder> {
  const at = text.slice(line.content.start, line.content.end).indexOf('\r');
  if (at < 0) return undefined;
  const ends = text.slice(line.content.start, line.content.end);
  return {
    code: 'ignore-line-ending',
    span: line.content,
    message: t('Docker reads this as one pattern: a carriage return alone does not end a line'),
    severity: 'warning',
    fixes: [
      {
        title: t('Convert to line feeds'),
        edits: [replace(line.content, ends.replace(/\r+/g, '\n'))],
      },
    ],
  };
}

function invalidPattern(document: IgnoreDocument, line: PatternLine): ReturnType<Finder> {
  const { text } = document;
  const written = text.slice(line.path.start, line.path.end);
  const error = (message: string): ReturnType<Finder> => ({
    code: 'ignore-invalid-pattern',
    span: line.content,
    message,
    severity: 'error',
    fixes: [removal(document, line)],
  });
  if (line.isException && written === '') return error(t('`!` without a pattern fails the build'));
  if (/(?:^|[^\\])(?:\\\\)*\\$/.test(written))
    return error(
      t('A pattern that ends with `\\` fails the build, and spaces after it are removed'),
    );
  if (line.used === '' && !line.includes) return undefined;
  if (!isAccepted(line.used))
    return error(t('`{0}` is not a valid pattern, so the build fails', written));
  if (globOf(line.used) === undefined)
    return error(t('The build fails when it compares a file with `{0}`', written));
  return undefined;
}

/** Characters that editors do not show, such as a byte order mark after the start of the file. */
const invisible = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]/;

function character({ text }: IgnoreDocument, line: PatternLine): ReturnType<Finder> {
  const written = text.slice(line.content.start, line.content.end);
  const found = invisible.exec(written);
  if (found === null) return undefined;
  const start = line.content.start + found.index;
  const code = (found[0].codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  const all = new RegExp(invisible, 'g');
  return {
    code: 'ignore-character',
    span: { start, end: start + 1 },
    message: t('The invisible character U+{0} is part of this pattern', code),
    severity: 'warning',
    fixes: [
      {
        title: t('Remove invisible characters'),
        edits: [replace(line.content, written.replace(all, ''))],
      },
    ],
  };
}

/** A backslash before a letter, as in paths of Windows. */
function backslash({ text }: IgnoreDocument, line: PatternLine): ReturnType<Finder> {
  const written = text.slice(line.path.start, line.path.end);
  if (!/\\[\w.]/.test(written) || written.includes('[')) return undefined;
  const separated = written.replaceAll('\\', '/');
  return {
    code: 'ignore-backslash',
    span: line.path,
    message: t('`\\` is not a path separator in ignore files, also on Windows'),
    // Before most letters it is an invalid escape.
    severity: isAccepted(line.used) && globOf(line.used) !== undefined ? 'warning' : 'error',
    fixes: [{ title: t('Replace with `{0}`', separated), edits: [replace(line.path, separated)] }],
  };
}

function outsideContext(document: IgnoreDocument, line: PatternLine): ReturnType<Finder> {
  if (!/^\/?\.\.(?:\/|$)/.test(line.used)) return undefined;
  return {
    code: 'ignore-outside-context',
    span: line.path,
    message: t('This path is outside the build context, so it matches nothing'),
    severity: 'warning',
    isUnnecessary: true,
    fixes: [removal(document, line)],
  };
}

function uselessException(document: IgnoreDocument, line: PatternLine): ReturnType<Finder> {
  if (!line.includes) return undefined;
  const before = document.patterns.filter(({ number }) => number < line.number);
  if (before.some(({ includes }) => !includes)) return undefined;
  return {
    code: 'ignore-no-effect',
    span: line.content,
    message: t('No effect: no pattern before this one excludes anything'),
    severity: 'warning',
    isUnnecessary: true,
    fixes: [removal(document, line)],
  };
}
