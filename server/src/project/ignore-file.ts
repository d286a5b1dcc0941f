/** Reads `.dockerignore` files. */
import { ignoreFilter, isAccepted, usedPattern } from '../ignore/ignore-filter.ts';
import { ignorePatterns } from '../ignore/ignore-lines.ts';
import { ignoreLines } from '../ignore/ignore-text.ts';
import type { IgnoreFile, IgnoreFileLine } from '../lint/surroundings.ts';

/** The names of the ignore files of a Dockerfile; the first one that exists is used. */
export function ignoreFileNames(dockerfile: string): readonly [string, string] {
  return [`${dockerfile}.dockerignore`, '.dockerignore'];
}

/** The patterns for which BuildKit takes the whole context as excluded (dockerfile2llb/convert.go). */
const everything: ReadonlySet<string> = new Set(['*', '**', '**/*']);

/** In bytes. Longer files are not read: those of real projects have some hundred bytes. */
export const longestIgnoreFile = 1_000_000;

/**
 * Parses an ignore file as BuildKit does. If Docker rejects it, it excludes nothing.
 *
 * @param uri for findings that refer to its lines
 */
export function ignoreFile(name: string, text: string, uri?: string): IgnoreFile {
  const patterns = text.length > longestIgnoreFile ? undefined : ignorePatterns(text);
  const filter = patterns && ignoreFilter(patterns);
  const hasExceptions = patterns?.some((pattern) => pattern.startsWith('!')) === true;
  return {
    name,
    hasExceptions,
    excludesContext:
      filter !== undefined &&
      !hasExceptions &&
      patterns?.some((one) => everything.has(one)) === true,
    invalid: patterns && filter === undefined ? invalidLine(text, uri) : undefined,
    excludes: (path) => filter?.excludes(path) === true,
    excludesAll: (path) => filter?.excludesAll(path) === true,
    lineFor: (path) => {
      const decider = filter?.deciderOn(path) ?? -1;
      // The filter leaves out patterns of which only whitespace is left.
      const used = ignoreLines(text).filter(
        ({ kind, pattern }) => kind === 'pattern' && usedPattern(pattern) !== undefined,
      );
      const line = used[decider];
      return line && { file: { uri, text }, span: line.content, number: line.number + 1 };
    },
  };
}

function invalidLine(text: string, uri: string | undefined): IgnoreFileLine | undefined {
  const line = ignoreLines(text).find(({ kind, pattern }) => {
    const used = kind === 'pattern' ? usedPattern(pattern) : undefined;
    return used !== undefined && !isAccepted(used.text);
  });
  return line && { file: { uri, text }, span: line.content, number: line.number + 1 };
}
