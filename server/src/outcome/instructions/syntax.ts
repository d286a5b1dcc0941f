/** Dockerfiles that the builder refuses to read. */
import { commandLineOf } from '../../syntax/instruction-node.ts';
import type { Document } from '../../model/document.ts';
import { instructions as infos } from '../../reference/instructions.ts';
import type { Instruction, Word } from '../../syntax/tree.ts';
import { closestMatch } from '../../text/closest-match.ts';
import { insert, replace } from '../../text/edit.ts';
import { t } from '../../text/translation.ts';
import type { Cause, CauseFix, FailedBuild } from '../cause.ts';
import { quotedTexts } from '../run/reader.ts';
import { spanOf } from './copy.ts';

/** The line that a message names, from 1. */
export function namedLine(message: string): number | undefined {
  const found =
    /parse error (?:on )?line (\d+)|Dockerfile:(\d+)\b|syntax error - .* on line (\d+)/i.exec(
      message,
    );
  const number = found?.slice(1).find(Boolean);
  return number === undefined ? undefined : Number(number);
}

/** The instruction that contains a line, from 1. */
export function instructionOnLine(
  { tree, lines, text }: Document,
  line: number,
): Instruction | undefined {
  const start = lines.offsetAt({ line: line - 1, character: 0 });
  const end = lines.offsetAt({ line: line - 1, character: text.length });
  return tree.instructions.find(({ span }) => span.start <= end && span.end > start);
}

/** What is wrong in an instruction; `line` is the one that the builder names, from 1. */
export function syntaxCause(
  document: Document,
  build: FailedBuild,
  { instruction, line }: { readonly instruction: Instruction; readonly line: number | undefined },
): Cause {
  const { message } = build.failure;
  const heredoc = line === undefined ? undefined : oldHeredoc(document, instruction, line);
  if (heredoc) return heredoc;
  if (/no build stage in current context/.test(message))
    return {
      kind: 'syntax',
      span: instruction.keyword.span,
      message: t('The first instruction must be FROM; only ARG can be before it'),
    };
  const unknown = /unknown instruction: ["']?([^\s"']+)/i.exec(message)?.[1];
  if (unknown !== undefined && instruction.keyword.text.toLowerCase() === unknown.toLowerCase())
    return unknownInstruction(document, instruction);
  const flag =
    /unknown flag: (?:--)?([^\s()]+)/i.exec(message)?.[1] ??
    /(?:flag|option):? (?:--)?([a-z-]+)|--([a-z-]+) (?:flag|option)/i
      .exec(message)
      ?.slice(1)
      .find(Boolean);
  const written = instruction.flags.find(({ name }) => name.text === flag);
  if (written)
    return {
      kind: 'syntax',
      span: written.span,
      message: t('Flag `{0}` is not valid here', `--${written.name.text}`),
    };
  const word = mentionedIn(instruction, message);
  if (word) return { kind: 'syntax', span: spanOf(word), message: explained(message) };
  return { kind: 'syntax', span: instruction.keyword.span, message: explained(message) };
}

/** Without the parts that only name the place. */
function explained(message: string): string {
  const [line = ''] = message.split('\n');
  return line
    .replace(/^.*(?:dockerfile|Dockerfile) parse error (?:on )?line \d+: /, '')
    .replace(/^(?:failed to [^:]+: )+/, '')
    .replace(/\.$/, '');
}

/** A builder without heredocs reads their lines as instructions. */
function oldHeredoc(document: Document, instruction: Instruction, line: number): Cause | undefined {
  const [heredoc] = instruction.heredocs;
  if (heredoc === undefined) return undefined;
  const offset = document.lines.offsetAt({ line: line - 1, character: 0 });
  if (offset < heredoc.body.start || offset > instruction.span.end) return undefined;
  const hasSyntax = document.tree.directives.some(({ name }) => name === 'syntax');
  const directive = '# syntax=docker/dockerfile:1';
  const lineBreak = document.text.includes('\r\n') ? '\r\n' : '\n';
  const fix: CauseFix = {
    title: t('Add `{0}`', directive),
    edits: [insert(0, directive + lineBreak)],
    preferred: true,
  };
  return {
    kind: 'syntax',
    span: heredoc.span,
    message: t('This builder does not support heredocs; they require `{0}`', directive),
    fixes: hasSyntax ? [] : [fix],
  };
}

function unknownInstruction(document: Document, instruction: Instruction): Cause {
  const { keyword } = instruction;
  const { span, text } = keyword;
  const cause = { kind: 'syntax', span } as const;
  const continuation = lostContinuation(document, instruction);
  if (continuation)
    return {
      ...cause,
      message: t(
        '`{0}` is not an instruction: the line before it does not end with `{1}`',
        text,
        document.tree.escape,
      ),
      fixes: [continuation],
    };
  const similar = closestMatch(
    text,
    infos.map((one) => one.keyword),
  );
  if (similar === undefined) return { ...cause, message: t('`{0}` is not an instruction', text) };
  const fix: CauseFix = {
    title: t('Replace with `{0}`', similar),
    edits: [replace(span, similar)],
    preferred: true,
  };
  return {
    ...cause,
    message: t('`{0}` is not an instruction; did you mean `{1}`?', text, similar),
    fixes: [fix],
  };
}

/** After `&&` or an indented line, the instruction before was meant to continue. */
function lostContinuation(
  { tree, text }: Document,
  instruction: Instruction,
): CauseFix | undefined {
  const before = tree.instructions[tree.instructions.indexOf(instruction) - 1];
  if (before === undefined || before.heredocs.length > 0 || commandLineOf(before)?.form === 'exec')
    return undefined;
  const between = text.slice(before.span.end, instruction.span.start);
  const isJoined =
    /(?:&&|\|\|?|;|,)\s*$/.test(text.slice(before.span.start, before.span.end)) ||
    /^[^\S\n]*\r?\n[ \t]+$/.test(between);
  if (!isJoined || !/^[^\S\n]*\r?\n[ \t]*$/.test(between)) return undefined;
  return {
    title: t('Add `{0}` at the end of the line before', tree.escape),
    edits: [insert(before.span.end, ` ${tree.escape}`)],
    preferred: true,
  };
}

/** A word of the instruction that the message quotes or ends with. */
function mentionedIn({ words, keyword, flags }: Instruction, message: string): Word | undefined {
  const all = [...words, ...flags.flatMap(({ value }) => value ?? [])];
  const texts = [
    ...quotedTexts(message),
    ...(/: ([^\s:]+)(?: \(.*)?$/.exec(message)?.slice(1) ?? []),
  ];
  return all.find(
    ({ text, raw }) =>
      text.length > 0 && text !== keyword.text && texts.some((one) => one === text || one === raw),
  );
}

/** The instruction that a message without a line is about; undefined if several are possible. */
export function instructionOfMessage({ tree }: Document, message: string): Instruction | undefined {
  const text = explained(message);
  if (/no build stage in current context/.test(text))
    return tree.instructions.find(({ kind }) => kind !== 'ARG');
  if (/file with no instructions|the Dockerfile .* cannot be empty/.test(text)) return undefined;
  const keyword = /^([A-Za-z]+)\b/.exec(text)?.[1]?.toUpperCase();
  const isBroken = ({ span }: Instruction): boolean =>
    tree.errors.some((error) => span.start <= error.span.start && error.span.end <= span.end);
  const ofKind = tree.instructions.filter(({ kind }) => kind === keyword);
  const broken = ofKind.filter(isBroken);
  const withWord = tree.instructions.filter((one) => mentionedIn(one, text) !== undefined);
  return (
    only(broken) ??
    only(ofKind) ??
    only(withWord) ??
    only(ofKind.filter(isShort)) ??
    only(tree.instructions.filter(isBroken))
  );
}

/** An instruction with too few arguments. */
function isShort({ kind, words }: Instruction): boolean {
  return words.length < (kind === 'COPY' || kind === 'ADD' || kind === 'ENV' ? 2 : 1);
}

function only<T>(list: readonly T[]): T | undefined {
  return list.length === 1 ? list[0] : undefined;
}
