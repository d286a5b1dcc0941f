/** Files of the build context that an ignore file excludes, and by which line. */
import { ignoreFilter, usedPattern } from '../ignore/ignore-filter.ts';
import { ignoreLines, trimSpace, type IgnoreLine } from '../ignore/ignore-text.ts';
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
  const lines = patternLines(text);
  const filter = ignoreFilter(lines.map(({ pattern }) => pattern));
  return lines[filter?.excludedFrom(path) ?? -1]?.number;
}

/** The lines with a pattern; none if the builder rejects the file. */
function patternLines(text: string): readonly IgnoreLine[] {
  const lines = ignoreLines(text);
  if (lines.some(({ isTooLong }) => isTooLong)) return [];
  // The filter leaves the others out.
  return lines.filter(
    ({ kind, pattern }) => kind === 'pattern' && usedPattern(pattern) !== undefined,
  );
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
  if (excludingLine({ path: file.path, text: `${file.text}${added}` }, name) !== undefined)
    return undefined;
  const title = t('Add `{0}` to {1}', pattern, file.path.replace(/^.*[\\/]/, ''));
  return { title, path: file.path, edits: [insert(file.text.length, added)], preferred: true };
}
