/** Patterns with the same path as another line. */
import { t } from '../../text/translation.ts';
import { lineNumber, type IgnoreDocument, type PatternLine } from './ignore-document.ts';
import { removal, type IgnoreProblem } from './problem.ts';

/** Patterns that are repeated, and patterns that a later one with the same path reverses. */
export function* repeatedPatterns(document: IgnoreDocument): Iterable<IgnoreProblem> {
  const { patterns } = document;
  // The last line with this path, and the last lines that exclude and include anything.
  const same = new Map<string, PatternLine>();
  let lastExclusion = -1;
  let lastException = -1;
  for (const line of patterns) {
    const before = same.get(line.used);
    same.set(line.used, line);
    if (before !== undefined && line.used !== '') {
      if (before.includes !== line.includes) yield reversed(document, before, line);
      else if ((line.includes ? lastExclusion : lastException) < before.number)
        yield duplicate(document, before, line);
      else yield reversed(document, before, line);
    }
    if (line.includes) lastException = line.number;
    else lastExclusion = line.number;
  }
}

function duplicate(document: IgnoreDocument, first: PatternLine, line: PatternLine): IgnoreProblem {
  return {
    code: 'ignore-duplicate',
    line: line.number,
    span: line.content,
    message: t('Duplicate of line {0}', lineNumber(first)),
    severity: 'hint',
    isUnnecessary: true,
    related: { span: first.content, message: t('First pattern') },
    fixes: [removal(document, line)],
  };
}

function reversed(document: IgnoreDocument, line: PatternLine, later: PatternLine): IgnoreProblem {
  const message = later.includes
    ? t('No effect: line {0} includes the same files again', lineNumber(later))
    : t('No effect: line {0} excludes the same files again', lineNumber(later));
  return {
    code: 'ignore-no-effect',
    line: line.number,
    span: line.content,
    message,
    severity: 'warning',
    isUnnecessary: true,
    related: { span: later.content, message: t('Reversed here') },
    fixes: [removal(document, line)],
  };
}
