/** Lines of `name=value` in the forms that create objects. */
import { t } from '@vscode/l10n';
import type { Mark, Value } from '../run/form.ts';

export interface Pairs {
  readonly pairs: Readonly<Record<string, string>>;
  /** The arguments of the command. */
  readonly words: readonly string[];
  readonly marks: readonly Mark[];
}

/** The text of a field without whitespace around it. */
export function textOf(value: Value | undefined): string {
  return typeof value === 'string' ? value.trim() : '';
}

/** The pairs in the lines of a field; a line without `=` has an empty value, as the docker CLI reads it. */
export function pairsOf(field: string, flag: string, value: Value | undefined): Pairs {
  const lines = textOf(value)
    .split('\n')
    .map((line) => line.trim());
  const pairs = lines.map((line): readonly [string, string] => {
    const equals = line.indexOf('=');
    return equals < 0 ? [line, ''] : [line.slice(0, equals), line.slice(equals + 1)];
  });
  const given = pairs.filter(([name]) => name !== '');
  return {
    pairs: Object.fromEntries(given),
    words: lines.filter((line) => line !== '').flatMap((line) => [flag, line]),
    marks: lines.flatMap((line, row): Mark[] =>
      line.startsWith('=')
        ? [{ field, row, severity: 'error', message: t('{0} has no name before =', line) }]
        : [],
    ),
  };
}
