/** Steps that verify what they download. */
import type { Model } from './model.ts';
import { verifiers } from '../programs/verifiers.ts';
import type { Run } from '../syntax/tree.ts';

/** Whether a checksum or a signature is verified in the step. */
export function isVerified(model: Model, run: Run): boolean {
  for (const { command } of model.commandsIn(run, ...verifiers)) {
    const verifyOption = /^(?:-c|--check|--status|-\w*c\w*|--verify(?:-blob)?|verify(?:-blob)?|-verify|-V|-Vm|dgst)$/; // prettier-ignore
    if (command.name?.text.endsWith('gpgv') === true) return true;
    if (command.args.some(({ text }) => verifyOption.test(text))) return true;
  }
  return false;
}
