/** Whitespace between the parts of an instruction: one space, or `, ` in an array. */
import { children } from '../../syntax/nodes-at.ts';
import { commandLineOf } from '../../syntax/instruction-node.ts';
import type { Instruction } from '../../syntax/tree.ts';
import { type Edit, replace } from '../../text/edit.ts';
import type { Node, Span } from '../../text/span.ts';

/** Keyword, flags and arguments in order, each as one part; in an array, each string is a part. */
export function partsOf(instruction: Instruction): readonly Node[] {
  const parts: Node[] = [];
  for (const { kind, node } of children({ kind: 'instruction', node: instruction })) {
    if (kind === 'instruction') for (const part of partsOf(node)) parts.push(part);
    else if (kind === 'command' && node.form === 'exec')
      for (const word of node.argv) parts.push(word);
    else parts.push(node);
  }
  return parts;
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

/** Edits of whitespace between parts, without indentation. */
export function gapEdits(text: string, instruction: Instruction, escape: string): readonly Edit[] {
  const array = isArray(instruction, text);
  const edits: Edit[] = [];
  let end: number | undefined;
  for (const { span } of partsOf(instruction)) {
    const gap = { start: end ?? span.start, end: span.start };
    for (const edit of between(text, gap, { array, escape, last: false })) edits.push(edit);
    end = Math.max(end ?? 0, span.end);
  }
  const rest = { start: end ?? instruction.span.end, end: instruction.span.end };
  return array ? [...edits, ...between(text, rest, { array, escape, last: true })] : edits;
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
  const tail = /[^\n]*$/.exec(whitespace)?.[0].trimStart().length ?? 0;
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
  const punctuation = old.replace(/[ \t]/g, '');
  if (punctuation === '') return old === '' || !begins ? '' : ' ';
  const open = begins && punctuation.startsWith('[') ? ' ' : '';
  const comma = punctuation.endsWith(',') && (ends || /[ \t]$/.test(old)) ? ' ' : '';
  const mark = !ends && begins && /[\][][ \t]+$/.test(old) && !punctuation.endsWith(']') ? ' ' : '';
  return open + punctuation + comma + mark;
}
