/** Failures inside a stream whose response has already started with status 200. */
import { t } from '@vscode/l10n';
import { EngineError } from '../errors.ts';
import { isObject } from '../json-object.ts';
import { streamError } from './engine-errors.ts';
import { text, type Reader } from './json-readers.ts';

/** The properties of a line that reports a failure. */
export interface RawFailure {
  /** The message, or an empty text if the engine does not give a usable one. */
  readonly error?: string;
  readonly errorDetail?: string;
}

const message: Reader<string> = (value) =>
  value === undefined || value === null || value === false ? undefined : (text(value) ?? '');

const detail: Reader<string> = (value) =>
  isObject(value) ? (text(value.message) ?? '') : undefined;

export const failureShape = { error: message, errorDetail: detail };

/** Throws EngineError if the line reports a failure. */
export function throwStreamError({ error, errorDetail }: RawFailure): void {
  if (error === undefined && errorDetail === undefined) return;
  const reason = [errorDetail, error].find((one) => one !== undefined && one.trim() !== '');
  throw reason === undefined
    ? new EngineError('failed', t('The engine reported an error without a reason'))
    : streamError(reason);
}
