/** Secrets, agents and images that the mounts of a RUN need. */
import type { Run } from '../../syntax/tree.ts';
import { t } from '../../text/translation.ts';
import type { Cause, FailedInstruction } from '../cause.ts';
import { flagValue, fromReference, mountsOf } from './flags.ts';
import { imageCause } from './image.ts';

/** Undefined if the message is not about a mount. */
export function mountCause(failed: FailedInstruction, run: Run): Cause | undefined {
  const { message } = failed.build.failure;
  const mounts = mountsOf(run, failed.document);
  const secret =
    /secret "?([^\s":]+)"?:? not found/.exec(message)?.[1] ??
    /\b([^\s":]+): (?:secret )?not found: secret/.exec(message)?.[1];
  if (secret !== undefined) {
    const mount =
      mounts.find(({ type, options }) => type === 'secret' && options.get('id') === secret) ??
      mounts.find(
        ({ type, options }) =>
          type === 'secret' && (options.get('target') ?? options.get('dst') ?? '').endsWith(secret),
      );
    if (mount)
      return {
        kind: 'secret',
        span: mount.spanOf('id'),
        message: t('Secret `{0}` was not given to the build', secret),
      };
  }
  if (/no SSH key|ssh.*not (?:forwarded|found)|unset ssh forward key/i.test(message)) {
    const id = /(?:key|forward key) "?([^\s"]*)"?/.exec(message)?.[1] ?? '';
    const mount =
      mounts.find(({ type, options }) => type === 'ssh' && (options.get('id') ?? '') === id) ??
      mounts.find(({ type }) => type === 'ssh');
    if (mount)
      return {
        kind: 'secret',
        span: mount.spanOf(mount.options.has('id') ? 'id' : 'type'),
        message: t('No SSH agent or key was given to the build for this mount'),
      };
  }
  const from = fromReference(failed.document, run);
  if (
    from &&
    /failed to (?:resolve source metadata|do request|load cache key)|pull access denied|manifest unknown/.test(
      message,
    )
  )
    return imageCause(failed, from);
  const missing =
    /"([^"]+)"(?::)? not found/.exec(message)?.[1] ??
    /(?:lstat|stat) \S*?(\/[^\s:]+): no such file/.exec(message)?.[1];
  if (missing === undefined || mounts.length === 0 || failed.exitCode !== undefined)
    return undefined;
  return missingSource(failed, run, missing);
}

/** A bind mount whose source does not exist. */
function missingSource(failed: FailedInstruction, run: Run, path: string): Cause | undefined {
  const name = path.replace(/^\/+/, '');
  const mount = mountsOf(run, failed.document).find(({ options }) =>
    [options.get('source'), options.get('src')].some(
      (source) => source?.replace(/^(?:\.?\/)+/, '') === name,
    ),
  );
  if (mount === undefined) return undefined;
  const key = mount.options.has('source') ? 'source' : 'src';
  return {
    kind: 'source-not-found',
    span: mount.spanOf(key),
    message: t('`{0}` does not exist in the build context', name),
  };
}

/** Flags whose value the builder refuses. */
export function runFlagCause({ build }: FailedInstruction, run: Run): Cause | undefined {
  const { message } = build.failure;
  if (!/entitlement|security\.insecure|network\.host/.test(message)) return undefined;
  const flag = flagValue(run, 'security') ?? flagValue(run, 'network');
  return (
    flag && {
      kind: 'argument',
      span: flag.span,
      message: t('The builder does not allow `{0}`', flag.text),
    }
  );
}
