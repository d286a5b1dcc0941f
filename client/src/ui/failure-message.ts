/** The message and the buttons for a failed command. Independent of VS Code. */
import { t } from '@vscode/l10n';
import { isEngineError } from '../engine/errors.ts';

export interface FailureAction {
  readonly button: string;
  readonly command: string;
}

/** The message and the actions for an error; undefined if nothing is shown. */
export function describeFailure(
  error: unknown,
  title: string,
): { readonly message: string; readonly actions: readonly FailureAction[] } | undefined {
  const log: FailureAction = { button: t('Show Output'), command: 'drydock.engine.show-log' };
  if (!isEngineError(error)) {
    const fact = error instanceof Error ? error.message : String(error);
    return { message: t('{0} failed: {1}', title, fact), actions: [log] };
  }
  const { kind, message } = error;
  switch (kind) {
    case 'cancelled':
      return undefined;
    case 'not-installed':
      return {
        message: t('No Docker engine was found on this machine.'),
        actions: [{ button: t('Open Installation Guide'), command: 'drydock.engine.install' }],
      };
    case 'not-running':
      return {
        message: t('The Docker engine is not running.'),
        actions: [{ button: t('Start Docker…'), command: 'drydock.engine.start' }],
      };
    case 'denied':
      return {
        message: t('Docker is running, but this user does not have permission to use its socket.'),
        actions: [{ button: t('Grant Access…'), command: 'drydock.engine.allow' }],
      };
    case 'unauthorized':
      return {
        message,
        actions: [{ button: t('Log In…'), command: 'drydock.registry.login' }, log],
      };
    case 'new-login':
      return {
        message: t('This user can use Docker after the next login.'),
        actions: [{ button: t('Diagnose Connection'), command: 'drydock.engine.diagnose' }],
      };
    case 'tls':
    case 'ssh':
    case 'misconfigured':
      return {
        message,
        actions: [{ button: t('Use Another Context…'), command: 'drydock.contexts.use' }, log],
      };
    case 'unreachable':
      return {
        message,
        actions: [{ button: t('Set Engine Address…'), command: 'drydock.engine.address' }, log],
      };
    case 'missing':
    case 'conflict':
    case 'failed':
      return { message, actions: fullDisk.test(message) ? [freeDiskSpace(), log] : [log] };
  }
}

/** Why an action of a page failed, in the page. */
export function pageMessage(error: unknown): string {
  if (isEngineError(error) && error.kind === 'cancelled') return t('Cancelled');
  return error instanceof Error ? error.message : String(error);
}

function freeDiskSpace(): FailureAction {
  return { button: t('Free Disk Space…'), command: 'drydock.engine.prune' };
}

/** The kernel's message, which all parts of an engine pass on. */
const fullDisk = /no space left on device/i;
