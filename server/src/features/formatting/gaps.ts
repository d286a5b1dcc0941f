/** Whitespace between the parts of an instruction: one space, or `, ` in an array. */
import { SPACE } from '../../syntax/characters.ts';
import { copyParts } from '../../syntax/nodes-at.ts';
import { commandLineOf } from '../../syntax/instruction-node.ts';
import type { CommandLine, Instruction } from '../../syntax/tree.ts';
import { type Edit, replace } from '../../text/edit.ts';
import type { Node } from '../../text/span.ts';
import { isSpaceOrTab } from './rows.ts';

/** Keyword, flags and arguments in order, each as one part; in an array, each string is a part. */
export function partsOf(instruction: Instruction): readonly Node[] {
  const { keyword, flags, heredocs } = instruction;
  const command = flags.length + heredocs.length === 0 ? commandLineOf(instruction) : undefined;
  // Most instructions: an array that grows has room for many more.
  if (instruction.kind !== 'HEALTHCHECK' && command?.form === 'shell') return [keyword, command];
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
  /** The text between the flags and before the command, if these get their own lines. */
  readonly mountBreak?: string | undefined;
}

/** Adds the edits of whitespace between parts, without indentation. */
export function addGapEdits(
  { text, instruction, parts, escape, mountBreak }: PartedInstruction,
  edits: Edit[],
): void {
  const array = isArray(instruction, text);
  const between: GapOptions = { array, escape, last: false };
  const [keyword] = parts;
  if (keyword === undefined) return;
  let { end } = keyword.span;
  // The first flag stays after the keyword, and a heredoc after the last flag.
  const broken = mountBreak === undefined ? 0 : instruction.flags.length + 1;
  for (let i = 1; i < parts.length; i++) {
    const { span } = parts[i] ?? keyword;
    const breaks = i > 1 && i <= broken && !text.startsWith('<<', span.start);
    if (breaks && mountBreak !== undefined && /^[ \t]+$/.test(text.slice(end, span.start)))
      edits.push(replace({ start: end, end: span.start }, mountBreak));
    else addGap(text, end, span.start, between, edits);
    end = Math.max(end, span.end);
  }
  if (!array) return;
  const last: GapOptions = { array, escape, last: true };
  addGap(text, end, instruction.span.end, last, edits);
}

interface GapOptions {
  readonly array: boolean;
  readonly escape: string;
  /** Nothing follows. */
  readonly last: boolean;
}

/** Whether a gap is one space; in an array, ` [`, `, ` or the last `]`. Most gaps are. */
function isPlain(text: string, start: number, end: number, { array, last }: GapOptions): boolean {
  const first = text.charCodeAt(start);
  if (!array) return end - start === 1 && first === SPACE;
  if (last) return end - start === 1 && text.charAt(start) === ']';
  if (end - start !== 2) return false;
  return first === SPACE
    ? text.charAt(start + 1) === '['
    : text.charAt(start) === ',' && text.charCodeAt(start + 1) === SPACE;
}

function isWhitespace(text: string, start: number, end: number): boolean {
  let at = start;
  while (at < end && isSpaceOrTab(text.charCodeAt(at))) at++;
  return at === end;
}

/** Adds the edits of the whitespace from one part to the next. */
function addGap(text: string, start: number, end: number, gap: GapOptions, edits: Edit[]): void {
  if (end <= start || isPlain(text, start, end, gap)) return;
  const { array, escape, last } = gap;
  if (!array && isWhitespace(text, start, end)) {
    edits.push(replace({ start, end }, ' '));
    return;
  }
  const whitespace = text.slice(start, end);
  const eol = whitespace.indexOf('\n');
  if (eol < 0) {
    addNormalized({ old: whitespace, at: start, array, begins: true, ends: !last }, edits);
    return;
  }
  const mark = whitespace.lastIndexOf(escape, eol);
  if (mark > 0) {
    const old = whitespace.slice(0, mark);
    addNormalized({ old, at: start, array, begins: true, ends: false }, edits);
  }
  const old = whitespace.slice(whitespace.lastIndexOf('\n') + 1).trimStart();
  addNormalized({ old, at: end - old.length, array, begins: false, ends: !last }, edits);
}

interface GapPart extends GapPlace {
  readonly old: string;
  readonly at: number;
  readonly array: boolean;
}

function addNormalized(part: GapPart, edits: Edit[]): void {
  const { old, at, array } = part;
  const punctuation = array ? /^[ \t[\],]*$/ : /^[ \t]*$/;
  if (!punctuation.test(old)) return;
  const now = normalized(old, part);
  if (now !== old) edits.push(replace({ start: at, end: at + old.length }, now));
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
