/** Reasons of engines and programs for failed operations on files, as sentences with a way forward. */
import { t } from '@vscode/l10n';
import { EngineError, isConnectionError, isEngineError } from '../errors.ts';
import { displayName } from './names.ts';

/** The error with a sentence about the path. Errors of the connection, and those that already are sentences, stay. */
export function fileError(error: unknown, path: string): unknown {
  if (!isEngineError(error) || isConnectionError(error) || error.kind !== 'failed') return error;
  const sentence = sentenceFor(error.message, displayName(path));
  return sentence === undefined ? error : new EngineError('failed', sentence, error);
}

/** Undefined for a reason that is not one of the known ones. */
export function sentenceFor(reason: string, path: string): string | undefined {
  return known.find(([pattern]) => pattern.test(reason))?.[1](path);
}

const known: readonly (readonly [RegExp, (path: string) => string])[] = [
  [
    /mounted volume is marked read-only/i,
    (path) => t('{0} cannot be changed: the volume is mounted read-only', path),
  ],
  [
    /rootfs is marked read-only|read-only file system/i,
    (path) =>
      t('{0} cannot be changed: the file system is read-only. Mount a volume for files that change', path), // prettier-ignore
  ],
  [
    /no space left on device|disk quota exceeded/i,
    (path) => t('{0} cannot be written: no space left on device', path),
  ],
  [
    /device or resource busy/i,
    (path) =>
      t('{0} is a mount. It can be changed only while the container runs and has a shell', path),
  ],
  [
    /operation not permitted|permission denied/i,
    (path) => t('{0} cannot be changed: permission denied', path),
  ],
  [/file name too long/i, (path) => t('The name {0} is too long', path)],
  [
    /extraction point is not a directory|not a directory/i,
    (path) => t('{0} is not in a directory', path),
  ],
];

/** For operations that the engine's archive does not have. */
export function needsProgramError(path: string): EngineError {
  const shown = displayName(path);
  return new EngineError(
    'failed',
    t('{0} can be renamed or deleted only while the container runs and has a shell; start it first', shown), // prettier-ignore
  );
}
