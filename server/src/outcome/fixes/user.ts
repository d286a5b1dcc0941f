/** Runs an instruction as root. */
import type { Instruction, InstructionOf } from '../../syntax/tree.ts';
import type { Document } from '../../model/document.ts';
import { insert } from '../../text/edit.ts';
import { slice } from '../../text/span.ts';
import { t } from '../../text/translation.ts';
import type { CauseFix, RelatedPlace } from '../cause.ts';
import { insertLine, isRoot } from './installs.ts';

/** The USER that applies at an instruction, if it is not root. */
export function userBefore(
  { model }: Document,
  instruction: Instruction,
): InstructionOf<'USER'> | undefined {
  if (isRoot(model, instruction)) return undefined;
  const user = model.stateAt(instruction).user;
  return model.each('USER').find(({ args }) => args[0] === user);
}

/** Surrounds the instruction with `USER root` and the USER before it. */
export function rootFix(
  { model, text }: Document,
  instruction: Instruction,
  user: InstructionOf<'USER'>,
): CauseFix {
  const lineBreak = text.includes('\r\n') ? '\r\n' : '\n';
  const after = insert(instruction.span.end, `${lineBreak}${slice(text, user.span)}`);
  return {
    title: t('Run this instruction as root'),
    edits: [insertLine(model, instruction, 'USER root'), after],
    preferred: true,
  };
}

/** Where the user is set. */
export function userPlace({ lines, uri }: Document, user: InstructionOf<'USER'>): RelatedPlace {
  return {
    path: uri,
    line: lines.positionAt(user.span.start).line,
    message: t('The user is set here'),
  };
}
