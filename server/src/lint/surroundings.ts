/** The files around a Dockerfile that rules need: its `.dockerignore`. This module does not read files itself. */

import type { Span } from '../text/span.ts';

/** The directory of a Dockerfile, which is assumed to be its build context. */
export interface Surroundings {
  /**
   * The ignore file of this directory; `none` if neither it nor a parent has one; `elsewhere` if a parent, which may be
   * the build context, has one.
   */
  readonly ignoreFile: IgnoreFile | 'none' | 'elsewhere';
  /**
   * The directories that may be the build context: the one of the Dockerfile and those above it, up to the workspace
   * folder. Absent where files are not listed.
   */
  readonly roots?: readonly ContextRoot[];
}

/** Whether a directory that may be the build context has an ignore file. */
export function haveIgnoreFile({ ignoreFile, roots }: Surroundings): true | undefined {
  if (typeof ignoreFile !== 'string') return true;
  if (roots !== undefined) for (const root of roots) if (root.ignoreFile !== undefined) return true;
  return undefined;
}

/** A directory that may be the build context. */
export interface ContextRoot {
  /**
   * The entries of a directory by its path in this one, `''` for itself; empty if it does not exist; undefined if it has not
   * been listed.
   */
  list(folder: string): readonly ContextName[] | undefined;
  /** The ignore file that applies if this is the build context. */
  readonly ignoreFile: IgnoreFile | undefined;
  /** Whether it is a workspace folder. */
  readonly isWorkspace: boolean;
}

/** An entry of a directory. */
export interface ContextName {
  readonly name: string;
  readonly folder: boolean;
}

export interface IgnoreFile {
  /** `.dockerignore`, or `<Dockerfile>.dockerignore`, which takes precedence. */
  readonly name: string;
  /** Whether a pattern with `!` includes files again. */
  readonly hasExceptions: boolean;
  /** Whether a pattern excludes everything, and none includes anything again. */
  readonly excludesContext: boolean;
  /** The first line with a pattern that Docker rejects, so that no build can use the context. */
  readonly invalid: IgnoreFileLine | undefined;
  /** Whether a path of the context, or one of its parent directories, is excluded. */
  excludes(path: string): boolean;
  /** Whether a path is excluded with everything in it, if it is a directory. */
  excludesAll(path: string): boolean;
  /** The line that decides on a path; undefined if none does, or if the text is not known. */
  lineFor(path: string): IgnoreFileLine | undefined;
}

/** A line of an ignore file. */
export interface IgnoreFileLine {
  readonly file: OtherFile;
  /** Its pattern. */
  readonly span: Span;
  /** From 1. */
  readonly number: number;
}

/** Another file than the one with the finding. */
export interface OtherFile {
  /** Undefined on the command line, which does not need it. */
  readonly uri: string | undefined;
  readonly text: string;
}
