/** Steps that check what they downloaded. */
import type { Model } from './model.ts';
import type { Run } from '../syntax/tree.ts';

const checkers = ['sha256sum', 'sha512sum', 'sha384sum', 'sha1sum', 'shasum', 'md5sum', 'b2sum', 'gpg', 'gpg2', 'gpgv', 'cosign', 'minisign', 'signify', 'openssl', 'sq']; // prettier-ignore

/** Whether a checksum or a signature is looked at in the same step. */
export function isVerified(model: Model, run: Run): boolean {
  for (const { command } of model.commandsIn(run, ...checkers)) {
    const asks = /^(?:-c|--check|--status|-\w*c\w*|--verify(?:-blob)?|verify(?:-blob)?|-verify|-V|-Vm|dgst)$/; // prettier-ignore
    if (command.name?.text.endsWith('gpgv') === true) return true;
    if (command.args.some(({ text }) => asks.test(text))) return true;
  }
  return false;
}
