/** The files around a Dockerfile that rules need: its `.dockerignore`. This module does not read files itself. */
import { ignoreFilter } from '../ignore/ignore-filter.ts';
import { ignorePatterns } from '../ignore/ignore-lines.ts';

/** The directory of a Dockerfile, which is assumed to be its build context. */
export interface Surroundings {
  /**
   * The ignore file of this directory; `none` if neither it nor a parent has one; `elsewhere` if a parent, which may be
   * the build context, has one.
   */
  readonly ignoreFile: IgnoreFile | 'none' | 'elsewhere';
}

export interface IgnoreFile {
  /** `.dockerignore`, or `<Dockerfile>.dockerignore`, which takes precedence. */
  readonly name: string;
  /** Whether a pattern with `!` includes files again. */
  readonly hasExceptions: boolean;
  /** Whether a path of the context, or one of its parent directories, is excluded. */
  leavesOut(path: string): boolean;
}

/** The names of the ignore files of a Dockerfile; the first one that exists is used. */
export function ignoreFileNames(dockerfile: string): readonly [string, string] {
  return [`${dockerfile}.dockerignore`, '.dockerignore'];
}

/** Longer files are not read: the patterns of a project take some hundred bytes. */
export const longestIgnoreFile = 1_000_000;

/** Parses an ignore file as BuildKit does. If Docker rejects it, it excludes nothing. */
export function ignoreFile(name: string, text: string): IgnoreFile {
  const patterns = text.length > longestIgnoreFile ? undefined : ignorePatterns(text);
  const filter = patterns && ignoreFilter(patterns);
  return {
    name,
    hasExceptions: patterns?.some((pattern) => pattern.startsWith('!')) === true,
    leavesOut: (path) => filter?.excludes(path) === true,
  };
}
