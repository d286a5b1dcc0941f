/** What a person is told of a failure, and the ways forward. Knows no editor. */
import { t } from '@vscode/l10n';
import { isEngineError } from '../engine/errors.ts';

export interface Way {
  readonly button: string;
  readonly command: string;
}

/** What is said of a failure; undefined where nothing is to be said. */
export function sentence(
  error: unknown,
  title: string,
): { readonly message: string; readonly ways: readonly Way[] } | undefined {
  const log: Way = { button: t('Show Log'), command: 'drydock.engine.show-log' };
  if (!isEngineError(error)) {
    const fact = error instanceof Error ? error.message : String(error);
    return { message: t('“{0}” did not work: {1}', title, fact), ways: [log] };
  }
  const { kind, message } = error;
  switch (kind) {
    case 'cancelled':
      return undefined;
    case 'not-installed':
      return {
        message: t('No Docker engine was found on this machine.'),
        ways: [{ button: t('How to Install'), command: 'drydock.engine.install' }],
      };
    case 'not-running':
      return {
        message: t('The Docker engine is not running.'),
        ways: [{ button: t('Start Docker…'), command: 'drydock.engine.start' }],
      };
    case 'denied':
      return {
        message: t('Docker is running, but this user may not use its socket.'),
        ways: [{ button: t('Allow This User…'), command: 'drydock.engine.allow' }],
      };
    case 'unauthorized':
      return { message, ways: [{ button: t('Log In…'), command: 'drydock.registry.login' }, log] };
    case 'new-login':
      return {
        message: t('This user may use Docker after the next login.'),
        ways: [{ button: t('What Is Wrong?'), command: 'drydock.engine.diagnose' }],
      };
    case 'tls':
    case 'ssh':
    case 'misconfigured':
      return {
        message,
        ways: [{ button: t('Use Another Context…'), command: 'drydock.contexts.use' }, log],
      };
    case 'unreachable':
      return {
        message,
        ways: [{ button: t('Use Another Address…'), command: 'drydock.engine.address' }, log],
      };
    case 'missing':
    case 'conflict':
    case 'failed': {
      const free: Way = { button: t('Free Disk Space…'), command: 'drydock.engine.prune' };
      return { message, ways: fullDisk.test(message) ? [free, log] : [log] };
    }
  }
}

/** In the kernel's words, which every part of an engine hands on. */
const fullDisk = /no space left on device/i;
