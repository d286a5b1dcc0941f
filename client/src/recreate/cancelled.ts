import { t } from '@vscode/l10n';
import { EngineError } from '../engine/errors.ts';

/** The error of an operation that the user has cancelled; it is not shown. */
export function cancelled(): EngineError {
  return new EngineError('cancelled', t('Cancelled'));
}
