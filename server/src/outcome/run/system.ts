/** Messages about data, rights and space that name no file of the instruction. */
import type { CommandAt } from '../../model/model.ts';
import { nameOf } from '../../shell/commands.ts';
import { t } from '../../text/translation.ts';
import { userBefore } from '../fixes/user.ts';
import type { FailedRun } from './context.ts';
import { downloadSpan } from './download-span.ts';
import { permission } from './permission.ts';
import { shellMessage, type LineReader } from './reader.ts';
import { speaker } from './speaker.ts';

/** gzip reports what is wrong with the data that tar reads, without the name of the archive. */
export const dataTrouble: LineReader = (run, line) => {
  const isData =
    /^(?:gzip|bzip2|xz|zstd|unxz)(?: \(stdin\)|: (?:stdin|\(stdin\))): |^tar: (?:invalid (?:tar )?magic|This does not look like a tar archive|short read|Unexpected EOF|corrupted)|^gunzip: invalid magic/.test(
      line,
    );
  if (!isData) return undefined;
  const at = run.fatal.find(({ command }) =>
    /^(?:bsd|g)?tar$|^(?:gunzip|zcat|gzip|unxz|xz|bunzip2)$/.test(nameOf(command) ?? ''),
  );
  if (at === undefined) return undefined;
  const source = downloadBefore(run, at);
  if (source)
    return {
      kind: 'network',
      span: downloadSpan(source),
      message: t('The download is not an archive of this format, or it is incomplete'),
    };
  return {
    kind: 'archive',
    span: at.command.span,
    at,
    message: t('The data is not an archive of this format, or it is incomplete'),
  };
};

/** The download whose output a command reads. */
function downloadBefore({ commands }: FailedRun, at: CommandAt): CommandAt | undefined {
  const pipeline = at.ancestors.findLast(({ kind }) => kind === 'pipeline');
  if (pipeline === undefined) return undefined;
  return commands.find(
    ({ command }) =>
      pipeline.span.start <= command.span.start &&
      command.span.end <= at.command.span.start &&
      /^(?:curl|wget)$/.test(nameOf(command) ?? ''),
  );
}

/** Messages that name no file: `E: Could not open lock file /var/lib/apt/lists/lock - open (13: Permission denied)`. */
export const systemTrouble: LineReader = (run, line) => {
  const kind =
    /\b13: Permission denied|are you root|EACCES|permission denied|Permission denied/i.test(line)
      ? 'permission'
      : /ENOSPC|no space left on device|disk quota exceeded/i.test(line)
        ? 'disk-full'
        : undefined;
  if (kind === undefined) return undefined;
  const at = speaker(run, shellMessage(line)?.text ?? line);
  if (at === undefined) return undefined;
  const { span } = at.command;
  const name = nameOf(at.command) ?? '';
  if (kind === 'disk-full')
    return { kind, span, at, message: t('No space left on the device during `{0}`', name) };
  const found = permission(run, name);
  const user = userBefore(run.document, run.instruction);
  if (user === undefined) return { kind, span, at, ...found };
  return {
    kind,
    span,
    at,
    ...found,
    message: t('User `{0}` has no permission to run `{1}` here', user.args[0]?.text ?? '', name),
  };
};
