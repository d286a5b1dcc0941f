/** Options, results and errors of copying in both directions, and the meaning of paths. */
import type { NameList } from '../ui/name-list.ts';
import { t } from '@vscode/l10n';
import type { Engine, PathStat } from '../engine/engine.ts';
import { EngineError, isEngineError } from '../engine/errors.ts';
import { toFileError } from '../engine/file-errors.ts';
import type { NameRules } from './name-rules.ts';

export interface CopyOptions {
  readonly signal: AbortSignal;
  /** Reports the bytes copied so far, the total if it is known, and the same for files, links and directories. */
  report(copied: number, total?: number, entries?: EntryCount): void;
  /**
   * Called once, before any of these files is overwritten. If it resolves to false, nothing is changed. A path that ends with a
   * slash is a directory with too many files to compare. `details` are in the same order.
   */
  confirmOverwrite(
    paths: PathList,
    details: () => Promise<readonly ExistingFile[]>,
  ): Promise<boolean>;
  /** Called for each source after everything was copied, with where it is now: on this machine, or in the container. */
  placed?(path: string, isDirectory: boolean): void;
  /** Which names the disk of the target can have; found out if absent. */
  readonly nameRules?: NameRules;
  /** With so many files on average below 64 KiB, `tar` in the container copies them; depends on the engine if absent. */
  readonly tarFrom?: number;
}

export type PathList = NameList;

export interface EntryCount {
  readonly copied: number;
  readonly total?: number;
}

/** A file that would be overwritten. */
export interface ExistingFile {
  readonly path: string;
  /** Bytes; absent if it is not known. */
  readonly size?: number;
  readonly modified?: Date;
}

export interface CopyResult {
  /** Number of files, links and directories. */
  readonly entries: number;
  readonly bytes: number;
  /** Names in the source of everything that is not copied: sockets, devices and what this machine cannot have. */
  readonly skipped: readonly string[];
  /** Those of `skipped` whose names the disk cannot have, or already has for another file; absent if there are none. */
  readonly refusedNames?: readonly string[];
}

/** The result of several copies. */
export function sumOfResults(results: readonly CopyResult[]): CopyResult {
  const refusedNames = results.flatMap((one) => one.refusedNames ?? []);
  return {
    entries: results.reduce((sum, { entries }) => sum + entries, 0),
    bytes: results.reduce((sum, { bytes }) => sum + bytes, 0),
    skipped: results.flatMap(({ skipped }) => skipped),
    ...(refusedNames.length > 0 && { refusedNames }),
  };
}

/** As a function, because the property changes while TypeScript takes it for constant. */
export function isAborted(signal: AbortSignal): boolean {
  return signal.aborted;
}

/** The error after a cancellation, when nothing was changed. */
export function cancelledError(): EngineError {
  return new EngineError('cancelled', t('Cancelled'));
}

export function copyError(message: string): EngineError {
  return new EngineError('failed', message);
}

/** Undefined if the path does not exist. */
export function statIfExists(
  engine: Engine,
  container: string,
  path: string,
): Promise<PathStat | undefined> {
  return engine.stat(container, path).catch((error: unknown) => {
    if (isEngineError(error) && error.kind === 'missing') return undefined;
    throw error;
  });
}

/** `a/` and `a/.` can only be the directory `a`. */
export function isDirectoryPath(path: string): boolean {
  return path === '.' || /[/]\.?$/.test(path) || (onWindows && /\\\.?$/.test(path));
}

/** `a/.` means the contents of `a`, without `a` itself. */
export function isContentsPath(path: string): boolean {
  return path === '.' || path.endsWith('/.') || (onWindows && path.endsWith('\\.'));
}

export const onWindows = process.platform === 'win32';

/** Converts an error of the local file system. */
export function toCopyError(error: unknown): EngineError {
  return toFileError(error);
}
