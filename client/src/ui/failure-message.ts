/** The message and the buttons for a failed command. Independent of VS Code. */
import { t } from '@vscode/l10n';
import { isEngineError, type EngineError } from '../engine/errors.ts';
import { reasonOf, type Remedy } from './engine-reasons.ts';

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
        actions: [...new Set<Remedy>(['login', ...remediesOf(error)])].map(actionFor).concat(log),
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
      return { message, actions: [...helpfulActions(error), log] };
  }
}

function helpfulActions(error: EngineError): readonly FailureAction[] {
  const space = fullDisk.test(error.message) ? [freeDiskSpace()] : [];
  return [...space, ...remediesOf(error).map(actionFor)];
}

/** What helps, from the message of the engine: it is at the end of the chain of causes. */
function remediesOf(error: EngineError): readonly Remedy[] {
  let raw: EngineError = error;
  while (isEngineError(raw.cause)) raw = raw.cause;
  return reasonOf(raw.message)?.remedies ?? [];
}

function actionFor(remedy: Remedy): FailureAction {
  switch (remedy) {
    case 'login':
      return { button: t('Log In…'), command: 'drydock.registry.login' };
    case 'platform':
      return { button: t('Pull for Another Platform…'), command: 'drydock.images.pull-platform' };
    case 'registry-settings':
      return { button: t('Configure Registries…'), command: 'drydock.registry.configure' };
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
