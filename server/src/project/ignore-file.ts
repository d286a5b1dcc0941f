/** Reads `.dockerignore` files. */
import { ignoreFilter } from '../ignore/ignore-filter.ts';
import { ignorePatterns } from '../ignore/ignore-lines.ts';
import type { IgnoreFile } from '../lint/surroundings.ts';

/** The names of the ignore files of a Dockerfile; the first one that exists is used. */
export function ignoreFileNames(dockerfile: string): readonly [string, string] {
  return [`${dockerfile}.dockerignore`, '.dockerignore'];
}

/** In bytes. Longer files are not read: those of real projects have some hundred bytes. */
export const longestIgnoreFile = 1_000_000;

/** Parses an ignore file as BuildKit does. If Docker rejects it, it excludes nothing. */
export function ignoreFile(name: string, text: string): IgnoreFile {
  const patterns = text.length > longestIgnoreFile ? undefined : ignorePatterns(text);
  const filter = patterns && ignoreFilter(patterns);
  return {
    name,
    hasExceptions: patterns?.some((pattern) => pattern.startsWith('!')) === true,
    excludes: (path) => filter?.excludes(path) === true,
  };
}
