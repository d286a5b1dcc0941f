/** Whitespace between the parts of an instruction: one space, or `, ` in an array. */
import { copyParts } from '../../syntax/nodes-at.ts';
import { commandLineOf } from '../../syntax/instruction-node.ts';
import type { CommandLine, Instruction } from '../../syntax/tree.ts';
import { type Edit, replace } from '../../text/edit.ts';
import type { Node, Span } from '../../text/span.ts';

/** Keyword, flags and arguments in order, each as one part; in an array, each string is a part. */
export function partsOf(instruction: Instruction): readonly Node[] {
  const parts: Node[] = [];
  addParts(instruction, parts);
  return parts;
}

function addParts(instruction: Instruction, parts: Node[]): void {
  parts.push(instruction.keyword);
  for (const flag of instruction.flags) parts.push(flag);
  switch (instruction.kind) {
    case 'HEALTHCHECK':
      if (instruction.type) parts.push(instruction.type);
      addCommand(instruction.command, parts);
      return;
    case 'RUN':
    case 'CMD':
    case 'ENTRYPOINT':
    case 'SHELL':
      addCommand(instruction.command, parts);
      if (instruction.kind === 'RUN') for (const node of instruction.heredocs) parts.push(node);
      return;
    case 'ARG':
    case 'ENV':
    case 'LABEL':
      for (const pair of instruction.pairs) parts.push(pair);
      return;
    case 'COPY':
    case 'ADD':
      for (const { node } of copyParts(instruction)) parts.push(node);
      return;
    case 'ONBUILD':
      if (instruction.trigger) addParts(instruction.trigger, parts);
      return;
    default:
      for (const word of instruction.words) parts.push(word);
  }
}

function addCommand(command: CommandLine | undefined, parts: Node[]): void {
  if (command?.form === 'exec') for (const word of command.argv) parts.push(word);
  else if (command) parts.push(command);
}

/** The instruction with the arguments: the trigger in case of ONBUILD. */
export function innermost(instruction: Instruction): Instruction {
  return instruction.kind === 'ONBUILD' && instruction.trigger ? instruction.trigger : instruction;
}

/** Whether the arguments are a JSON array, with JSON punctuation between them. */
export function isArray(instruction: Instruction, text: string): boolean {
  const inner = innermost(instruction);
  if (inner.kind === 'COPY' || inner.kind === 'ADD') return inner.json;
  const command = commandLineOf(inner);
  if (command) return command.form === 'exec';
  if (inner.kind !== 'VOLUME') return false;
  // The words of an array start after its bracket.
  const { keyword, span, words } = inner;
  return text.slice(keyword.span.end, words[0]?.span.start ?? span.end).includes('[');
}

export interface PartedInstruction {
  readonly text: string;
  readonly instruction: Instruction;
  readonly parts: readonly Node[];
  readonly escape: string;
}

/** Adds the edits of whitespace between parts, without indentation. */
export function addGapEdits(
  { text, instruction, parts, escape }: PartedInstruction,
  edits: Edit[],
): void {
  const array = isArray(instruction, text);
  let end: number | undefined;
  for (const { span } of parts) {
    const gap = { start: end ?? span.start, end: span.start };
    for (const edit of between(text, gap, { array, escape, last: false })) edits.push(edit);
    end = Math.max(end ?? 0, span.end);
  }
  if (!array) return;
  const rest = { start: end ?? instruction.span.end, end: instruction.span.end };
  for (const edit of between(text, rest, { array, escape, last: true })) edits.push(edit);
}

interface GapOptions {
  readonly array: boolean;
  readonly escape: string;
  /** Nothing follows. */
  readonly last: boolean;
}

const none: readonly never[] = [];

function between(text: string, gap: Span, { array, escape, last }: GapOptions): readonly Edit[] {
  // Most gaps are one space, which is right.
  const isSpace = gap.end - gap.start === 1 && text.charCodeAt(gap.start) === 32;
  if (gap.end <= gap.start || (isSpace && !array)) return none;
  const whitespace = text.slice(gap.start, gap.end);
  const punctuation = array ? /^[ \t[\],]*$/ : /^[ \t]*$/;
  const edits: Edit[] = [];
  const normalize = (from: number, to: number, place: GapPlace): void => {
    const old = whitespace.slice(from, to);
    if (!punctuation.test(old)) return;
    const now = normalized(old, place);
    if (now === old) return;
    edits.push(replace({ start: gap.start + from, end: gap.start + to }, now));
  };
  const eol = whitespace.indexOf('\n');
  if (eol < 0) {
    normalize(0, whitespace.length, { begins: true, ends: !last });
    return edits;
  }
  const mark = whitespace.lastIndexOf(escape, eol);
  if (mark >= 0) normalize(0, mark, { begins: true, ends: false });
  const tail = whitespace.slice(whitespace.lastIndexOf('\n') + 1).trimStart().length;
  normalize(whitespace.length - tail, whitespace.length, { begins: false, ends: !last });
  return edits;
}

interface GapPlace {
  /** A part precedes on the same line. */
  readonly begins: boolean;
  /** A part follows on the same line. */
  readonly ends: boolean;
}

/** Normalized whitespace: none inside brackets, one space after commas and between words. */
function normalized(old: string, { begins, ends }: GapPlace): string {
  const punctuation = old.trim() === '' ? '' : old.replace(/[ \t]/g, '');
  if (punctuation === '') return old === '' || !begins ? '' : ' ';
  const open = begins && punctuation.startsWith('[') ? ' ' : '';
  const comma = punctuation.endsWith(',') && (ends || /[ \t]$/.test(old)) ? ' ' : '';
  const mark = !ends && begins && /[\][][ \t]+$/.test(old) && !punctuation.endsWith(']') ? ' ' : '';
  return open + punctuation + comma + mark;
}
