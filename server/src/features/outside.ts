/** Information that is not in the Dockerfile; passed in, so that features access neither disk nor engine. */
import type { Registered } from '../lint/rule.ts';

export interface Images {
  /** Names of local images that start with a prefix, the most likely first. */
  search(prefix: string): Promise<readonly string[]>;
  /** The digest of an image in its registry, by name; undefined if not known. */
  digest?(name: string): Promise<string | undefined>;
}

/** An entry of a directory in the build context. */
export interface Entry {
  readonly name: string;
  readonly folder: boolean;
  /** Whether `.dockerignore` excludes it. */
  readonly ignored: boolean;
}

/** The build context. */
export interface Context {
  /**
   * The entries of a directory by its path in the context (`''` is the root). `sources` are paths that the file
   * copies, which identify the context among several candidates. Empty if the directory does not exist.
   */
  list(uri: string, folder: string, sources: readonly string[]): Promise<readonly Entry[]>;
  /** The URI of the directory that is probably the build context of a Dockerfile, which need not exist. */
  root(uri: string, sources: readonly string[]): Promise<string | undefined>;
  /** The URL of a file in the context by its path; undefined for directories and if the file does not exist. */
  find(uri: string, path: string, sources: readonly string[]): Promise<string | undefined>;
}

export interface Outside {
  readonly images: Images;
  readonly rules: readonly Registered[];
  /** Undefined without access to files. */
  readonly context?: Context;
}
