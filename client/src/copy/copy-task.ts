/** What both directions of copying share: their conversation, and paths in containers. */
import { t } from '@vscode/l10n';
import type { Engine, PathStat } from '../engine/engine.ts';
import { EngineError, isEngineError } from '../engine/errors.ts';

export interface Copying {
  readonly signal: AbortSignal;
  /** Bytes so far, and of how many where that is known. */
  report(copied: number, total?: number): void;
  /** Asked once, before the first of these is overwritten; without consent nothing is changed. */
  mayOverwrite(paths: readonly string[]): Promise<boolean>;
}

export interface Copied {
  /** Files, links and folders. */
  readonly entries: number;
  readonly bytes: number;
  /** Sockets, devices and the like, which are not copied; names as in the source. */
  readonly skipped: readonly string[];
}

/** Nothing was changed. */
export function cancelled(): EngineError {
  return new EngineError('cancelled', t('Cancelled'));
}

export function refused(message: string): EngineError {
  return new EngineError('failed', message);
}

/** Undefined where nothing is. */
export function statOrNothing(
  engine: Engine,
  container: string,
  path: string,
): Promise<PathStat | undefined> {
  return engine.stat(container, path).catch((error: unknown) => {
    if (isEngineError(error) && error.kind === 'missing') return undefined;
    throw error;
  });
}

/** `a/` and `a/.` mean the folder `a` and nothing else. */
export function meansFolder(path: string): boolean {
  return path === '.' || /[/]\.?$/.test(path) || (onWindows && /\\\.?$/.test(path));
}

/** `a/.` means what is in `a`, without `a` itself. */
export function meansContent(path: string): boolean {
  return path === '.' || path.endsWith('/.') || (onWindows && path.endsWith('\\.'));
}

export const onWindows = process.platform === 'win32';

/** An error of the file system here, in one sentence. */
export function localTrouble(error: unknown): EngineError {
  if (isEngineError(error)) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new EngineError('failed', message, error);
}
