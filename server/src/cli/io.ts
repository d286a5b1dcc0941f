import type { LintArguments } from './arguments.ts';
import type { Source } from './source.ts';
import type { FileReport } from './report.ts';
import type { ShellCheck } from '../shellcheck/checker.ts';

/** What the command line asks of the world; tests hand in one in memory. */
export interface Io {
  readonly cwd: string;
  /** Whether `out` is a terminal that shows colours. */
  readonly colours: boolean;
  readonly version: string;
  out(text: string): void;
  err(text: string): void;
  stdin(): Promise<Uint8Array>;
  /** Rejects with an Error whose message says why. */
  read(path: string): Promise<Uint8Array>;
  write(path: string, text: string): Promise<void>;
  /** What stands at a path, links followed; undefined where there is nothing. */
  kind(path: string): Promise<'file' | 'folder' | undefined>;
  list(folder: string): Promise<readonly string[]>;
  /** The path without symbolic links: two folders are the same where these are. */
  real(path: string): Promise<string>;
  /** The ShellCheck that is asked for; undefined where it can not be run. */
  readonly shellcheck?: (
    asked: string,
    complain: (message: string) => void,
  ) => Promise<ShellCheck | undefined>;
  /** Many files on all cores, where that is possible and worth it; in the order they are given. */
  readonly spread?: (
    asked: LintArguments,
    sources: readonly Source[],
  ) => Promise<readonly FileReport[]> | undefined;
}
