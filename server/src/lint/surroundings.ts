/** The files around a Dockerfile that rules need: its `.dockerignore`. This module does not read files itself. */

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
  excludes(path: string): boolean;
}
