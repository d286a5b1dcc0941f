/** Files of the build context that an ignore file excludes, and by which line. */
import { ignoreFilter } from '../ignore/ignore-filter.ts';
import { ignorePatterns, trimSpace } from '../ignore/ignore-lines.ts';
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

/** The number of the last line whose pattern changes the verdict on a path to excluded. */
function excludingLine({ text }: TextFile, path: string): number | undefined {
  const lines = text.split('\n');
  if (!excludes(lines, path)) return undefined;
  // The patterns after the one that decides do not change the verdict: it is the first with which all later texts exclude.
  let last: number | undefined;
  for (let count = 1; count <= lines.length; count++) {
    const isExcluded = excludes(lines.slice(0, count), path);
    if (!isExcluded) last = undefined;
    else last ??= count - 1;
  }
  return last;
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
