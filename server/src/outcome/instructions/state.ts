/** USER and WORKDIR that later steps cannot use. */
import type { Instruction, Plain } from '../../syntax/tree.ts';
import { t } from '../../text/translation.ts';
import type { Cause, FailedInstruction } from '../cause.ts';
import { spanOf } from './copy.ts';

/** The USER whose user or group does not exist: the step after it fails. */
export function userCause({ document, instruction, build }: FailedInstruction): Cause | undefined {
  const found =
    /unable to find (user|group) ([^\s:]+): |no matching entries in (passwd|group) file|no such (user|group): (\S+)/.exec(
      build.failure.message,
    );
  if (found === null) return undefined;
  const user = document.model.stateAt(instruction).user;
  if (user === undefined) return undefined;
  const name = found[2] ?? found[5] ?? user.text;
  const isGroup = found[1] === 'group' || found[3] === 'group' || found[4] === 'group';
  const at = user.raw.lastIndexOf(name);
  const isPlain = at >= 0 && user.raw.length === user.span.end - user.span.start;
  const span = isPlain
    ? { start: user.span.start + at, end: user.span.start + at + name.length }
    : spanOf(user);
  const line = document.lines.positionAt(instruction.span.start).line;
  return {
    kind: 'user',
    span,
    message: isGroup
      ? t('Group `{0}` does not exist in the image', name)
      : t('User `{0}` does not exist in the image', name),
    related: [{ path: document.uri, line, message: t('This step failed') }],
  };
}

/** A directory that cannot be created. */
export function workdirCause({ build }: FailedInstruction, workdir: Plain): Cause | undefined {
  const [path] = workdir.args;
  const { message } = build.failure;
  if (path === undefined) return undefined;
  const isFile = /not a directory|file exists|mkdir/i.test(message);
  return {
    kind: isFile ? 'file-exists' : 'other',
    span: spanOf(path),
    message: isFile
      ? t('`{0}` cannot be created: a part of the path is a file', path.text)
      : t('`{0}` cannot be the working directory', path.text),
  };
}

/** The working directory of a step that does not exist or is a file. */
export function chdirCause({ document, instruction, build }: FailedInstruction): Cause | undefined {
  const path = /chdir to cwd \("([^"]+)"\)|mkdir (\/\S+?): not a directory/.exec(
    build.failure.message,
  );
  const name = path?.[1] ?? path?.[2];
  if (name === undefined) return undefined;
  const stage = document.model.stageOf(instruction);
  const workdir = document.model
    .each('WORKDIR')
    .findLast(
      (one: Instruction) =>
        one.span.start < instruction.span.start && document.model.stageOf(one) === stage,
    );
  const [word] = workdir?.args ?? [];
  return (
    word && {
      kind: 'file-not-found',
      span: spanOf(word),
      message: t('`{0}` cannot be the working directory', name),
    }
  );
}
