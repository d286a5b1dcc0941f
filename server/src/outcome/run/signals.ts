/** Exit codes above 128: the signal that ended a command. */
import { t } from '../../text/translation.ts';

/** What a signal means that ended a command. */
export function signalMessage(exitCode: number, name: string): string | undefined {
  switch (exitCode) {
    case 130:
      return t('`{0}` was interrupted', name);
    case 132:
      return t('`{0}` used an instruction that this processor does not have (SIGILL)', name);
    case 134:
      return t('`{0}` aborted (SIGABRT)', name);
    case 135:
      return t('`{0}` crashed (SIGBUS)', name);
    case 137:
      return t('`{0}` was killed (SIGKILL), probably because memory ran out', name);
    case 139:
      return t('`{0}` crashed (SIGSEGV)', name);
    case 141:
      return t('`{0}` wrote to a pipe that was closed (SIGPIPE)', name);
    case 143:
      return t('`{0}` was terminated (SIGTERM)', name);
    default:
      return undefined;
  }
}
