/** Files of the build context that an ignore file excludes, and by which line. */
import { ignoreFilter } from '../ignore/ignore-filter.ts';
import { ignorePatterns } from '../ignore/ignore-lines.ts';
import { trimSpace } from '../ignore/ignore-text.ts';
import { insert } from '../text/edit.ts';
import { cleanPath } from '../text/path.ts';
import { t } from '../text/translation.ts';
import type { CauseFix, FailedBuild, RelatedPlace, TextFile } from './cause.ts';

/** The line that excludes a path of the build context; undefined if none does. */
export function isIgnoredBy(
  { ignoreFiles = [] }: FailedBuild,
  path: string,
): RelatedPlace | undefined {
  // The builder reads only the first file that exists.
  const [file] = ignoreFiles;
  const name = cleanPath(path.replace(/^\/+/, ''));
  if (file === undefined || name === '.' || name.startsWith('..')) return undefined;
  const line = excludingLine(file, name);
  if (line === undefined) return undefined;
  const pattern = trimSpace(file.text.split('\n')[line] ?? '');
  return { path: file.path, line, message: t('`{0}` excludes `{1}`', pattern, name) };
}

/** The number of the line from which on the path is excluded. */
function excludingLine({ text }: TextFile, path: string): number | undefined {
  const lines = text.split('\n');
  if (!excludes(lines, path)) return undefined;
  // Only lines that match the path or one of its directories change the verdict on it.
  const matching = lines.flatMap((line, i) =>
    excludes([withoutException(line)], path) ? [i] : [],
  );
  let first: number | undefined;
  for (const i of matching) {
    if (excludes(lines.slice(0, i + 1), path)) first ??= i;
    else first = undefined;
  }
  return first;
}

function withoutException(line: string): string {
  return trimSpace(line).replace(/^!/, '');
}

function excludes(lines: readonly string[], path: string): boolean {
  const patterns = ignorePatterns(lines.join('\n'));
  return patterns !== undefined && ignoreFilter(patterns)?.excludes(path) === true;
}

/** Adds an exception at the end of the ignore file, if that includes the path again. */
export function exceptionFix(
  { ignoreFiles = [] }: FailedBuild,
  path: string,
): CauseFix | undefined {
  const [file] = ignoreFiles;
  if (file === undefined) return undefined;
  const name = cleanPath(path.replace(/^\/+/, ''));
  // A wildcard or a space in a name has another meaning in a pattern.
  if (/[*?[\]\\!]/.test(name)) return undefined;
  const lineBreak = file.text.includes('\r\n') ? '\r\n' : '\n';
  const pattern = `!${name}`;
  const added = `${file.text === '' || file.text.endsWith('\n') ? '' : lineBreak}${pattern}${lineBreak}`;
  if (excludes(`${file.text}${added}`.split('\n'), name)) return undefined;
  const title = t('Add `{0}` to {1}', pattern, file.path.replace(/^.*[\\/]/, ''));
  return { title, path: file.path, edits: [insert(file.text.length, added)], preferred: true };
}
