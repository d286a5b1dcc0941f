/** What a problem in an ignore file consists of. */
import { replace, type Edit } from '../../text/edit.ts';
import type { Span } from '../../text/span.ts';
import { t } from '../../text/translation.ts';

export type IgnoreProblemCode =
  | 'ignore-backslash'
  | 'ignore-character'
  | 'ignore-comment'
  | 'ignore-duplicate'
  | 'ignore-invalid-pattern'
  | 'ignore-line-ending'
  | 'ignore-line-too-long'
  | 'ignore-matches-nothing'
  | 'ignore-no-effect'
  | 'ignore-outside-context';

export interface IgnoreFix {
  readonly title: string;
  readonly edits: readonly Edit[];
}

export interface IgnoreProblem {
  readonly code: IgnoreProblemCode;
  /** The number of the line, from 0. */
  readonly line: number;
  readonly span: Span;
  readonly message: string;
  readonly severity: 'error' | 'warning' | 'info' | 'hint';
  readonly isUnnecessary?: true;
  readonly related?: { readonly span: Span; readonly message: string };
  /** The first one is preferred. */
  readonly fixes: readonly IgnoreFix[];
}

export function removal(
  document: { readonly text: string },
  line: { readonly span: Span },
): IgnoreFix {
  return { title: t('Remove this line'), edits: [removedLine(document.text, line.span)] };
}

/** Removes a line with its line break; the last line with the one before it. */
function removedLine(text: string, { start, end }: Span): Edit {
  if (end < text.length) return replace({ start, end: end + 1 }, '');
  const before = text.charAt(start - 2) === '\r' ? start - 2 : start - 1;
  return replace({ start: Math.max(0, before), end }, '');
}
