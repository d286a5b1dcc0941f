import type { LintArguments } from './arguments.ts';
import type { Source } from './source.ts';
import type { FileReport } from './report.ts';
import type { ShellCheck } from '../shellcheck/checker.ts';

/** What the command line needs from the environment. Tests pass an implementation in memory. */
export interface Io {
  readonly cwd: string;
  /** Whether `out` is a terminal that supports colors. */
  readonly colors: boolean;
  readonly version: string;
  out(text: string): void;
  err(text: string): void;
  stdin(): Promise<Uint8Array>;
  /** Rejects with an Error whose message says why, also if there are more than `limit` bytes. */
  read(path: string, limit?: number): Promise<Uint8Array>;
  /** Writes the whole file or leaves it unchanged. Rejects with an Error whose message says why. */
  write(path: string, text: string): Promise<void>;
  /**
   * What a path is, after following links; `other` for pipes and devices, `too-long` for paths that the system does not
   * accept; undefined if it does not exist.
   */
  kind(path: string): Promise<'file' | 'folder' | 'other' | 'too-long' | undefined>;
  list(folder: string): Promise<readonly string[]>;
  /** The same for all paths to one directory, through whichever symbolic links. */
  identity(folder: string): Promise<string>;
  /** ShellCheck by its path or `auto`; undefined if it cannot be run. */
  readonly shellcheck?: (
    path: string,
    warn: (message: string) => void,
  ) => Promise<ShellCheck | undefined>;
  /** Checks many files on all cores, if that is possible and faster. The reports are in the order of the sources. */
  readonly spread?: (
    args: LintArguments,
    sources: readonly Source[],
  ) => Promise<readonly FileReport[]> | undefined;
}
