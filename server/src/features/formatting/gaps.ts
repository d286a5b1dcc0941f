/** What stands between the parts of an instruction: one blank, or `, ` in an array. */
import { children } from '../../syntax/at.ts';
import { commandLineOf } from '../../syntax/node.ts';
import type { Instruction } from '../../syntax/tree.ts';
import { type Edit, replace } from '../../text/edit.ts';
import type { Node, Span } from '../../text/span.ts';

/** Keyword, flags, and arguments in order, each of which is a whole to us; the strings of an array are parts. */
export function partsOf(instruction: Instruction): readonly Node[] {
  return children({ kind: 'instruction', node: instruction }).flatMap(
    ({ kind, node }): readonly Node[] => {
      if (kind === 'instruction') return partsOf(node);
      return kind === 'command' && node.form === 'exec' ? node.argv : [node];
    },
  );
}

/** The instruction that holds the arguments: the trigger where it is one of ONBUILD. */
export function innermost(instruction: Instruction): Instruction {
  return instruction.kind === 'ONBUILD' && instruction.trigger ? instruction.trigger : instruction;
}

/** Whether the arguments are an array of strings; punctuation between them is JSON's then. */
export function isArray(instruction: Instruction, text: string): boolean {
  const inner = innermost(instruction);
  if (inner.kind === 'COPY' || inner.kind === 'ADD') return inner.json;
  const command = commandLineOf(inner);
  if (command) return command.form === 'exec';
  if (inner.kind !== 'VOLUME') return false;
  // The words of an array begin behind its bracket.
  const { keyword, span, words } = inner;
  return text.slice(keyword.span.end, words[0]?.span.start ?? span.end).includes('[');
}

/** Edits of the blanks between parts, indentation left out. */
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

interface Manner {
  readonly array: boolean;
  readonly escape: string;
  /** Nothing follows. */
  readonly last: boolean;
}

function between(text: string, gap: Span, { array, escape, last }: Manner): readonly Edit[] {
  if (gap.end <= gap.start) return [];
  const written = text.slice(gap.start, gap.end);
  const signs = array ? /^[ \t[\],]*$/ : /^[ \t]*$/;
  const edits: Edit[] = [];
  const tidy = (from: number, to: number, place: Place): void => {
    const old = written.slice(from, to);
    if (!signs.test(old)) return;
    const now = tidied(old, place);
    if (now === old) return;
    edits.push(replace({ start: gap.start + from, end: gap.start + to }, now));
  };
  const eol = written.indexOf('\n');
  if (eol < 0) {
    tidy(0, written.length, { begins: true, ends: !last });
    return edits;
  }
  const mark = written.lastIndexOf(escape, eol);
  if (mark >= 0) tidy(0, mark, { begins: true, ends: false });
  const tail = /[^\n]*$/.exec(written)?.[0].trimStart().length ?? 0;
  tidy(written.length - tail, written.length, { begins: false, ends: !last });
  return edits;
}

interface Place {
  /** A part stands in front, on the same line. */
  readonly begins: boolean;
  /** One stands behind, on the same line. */
  readonly ends: boolean;
}

/** Blanks as they should be: none within brackets, one behind commas and between words. */
function tidied(old: string, { begins, ends }: Place): string {
  const signs = old.replace(/[ \t]/g, '');
  if (signs === '') return old === '' || !begins ? '' : ' ';
  const open = begins && signs.startsWith('[') ? ' ' : '';
  const comma = signs.endsWith(',') && (ends || /[ \t]$/.test(old)) ? ' ' : '';
  const mark = !ends && begins && /[\][][ \t]+$/.test(old) && !signs.endsWith(']') ? ' ' : '';
  return open + signs + comma + mark;
}
