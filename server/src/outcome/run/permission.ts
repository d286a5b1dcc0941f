/** Rights that the user of a step does not have. */
import { t } from '../../text/translation.ts';
import type { Cause } from '../cause.ts';
import { rootFix, userBefore, userPlace } from '../fixes/user.ts';
import type { FailedRun } from './context.ts';

/** A user without rights has a remedy; root has none. */
export function permission(
  run: FailedRun,
  name: string,
): Pick<Cause, 'message' | 'related' | 'fixes'> {
  const { document, instruction } = run;
  const user = userBefore(document, instruction);
  if (user === undefined) return { message: t('Permission denied: `{0}`', name) };
  return {
    message: t('User `{0}` has no permission for `{1}`', user.args[0]?.text ?? '', name),
    related: [userPlace(document, user)],
    fixes: [rootFix(document, instruction, user)],
  };
}
