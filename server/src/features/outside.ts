/** What an answer may need that no Dockerfile holds; handed in, so that features know no disk and no engine. */
import type { Registered } from '../lint/rule.ts';

export interface Images {
  /** Names of images at hand that begin with a prefix, the likeliest first. */
  search(prefix: string): Promise<readonly string[]>;
  /** The digest under which a registry knows the image of a name; undefined where none is at hand. */
  digest?(name: string): Promise<string | undefined>;
}

/** A name in a folder of the build context. */
export interface Entry {
  readonly name: string;
  readonly folder: boolean;
  /** Whether `.dockerignore` keeps it from the build. */
  readonly ignored: boolean;
}

/** The folders that a build copies from. */
export interface Context {
  /**
   * What a folder holds, by its path in the context (`''` is its root). `sources` are paths that the file copies, by
   * which the context is known from other folders that it might be. Empty for what is not there.
   */
  list(uri: string, folder: string, sources: readonly string[]): Promise<readonly Entry[]>;
  /** The address of a file in the context, by its path; undefined for what is not there, and for folders. */
  find(uri: string, path: string, sources: readonly string[]): Promise<string | undefined>;
}

export interface Outside {
  readonly images: Images;
  readonly rules: readonly Registered[];
  /** Absent where there are no files. */
  readonly context?: Context;
}
