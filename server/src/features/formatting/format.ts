/**
 * Formatting changes the layout of a Dockerfile, but not what is built: only the case of keywords, and whitespace
 * that neither BuildKit nor a shell interprets. Instructions that BuildKit rejects are not changed.
 */
import type { Document } from '../../model/document.ts';
import { fileTroubleCodes } from '../../syntax/check/order.ts';
import type { Dockerfile, Heredoc, Instruction, Word } from '../../syntax/tree.ts';
import { type Edit, insert, remove, replace } from '../../text/edit.ts';
import type { Span } from '../../text/span.ts';
import { gapEdits, innermost } from './gaps.ts';
import { headRows } from './head.ts';
import { type FormatOptions, indentation, type KeywordCase } from './options.ts';
import { type Row, rowIndexAt, rowsOf } from './rows.ts';

/** The edits that format a document, or the lines that a range touches; they never overlap. */
export function format(document: Document, options: FormatOptions, range?: Span): readonly Edit[] {
  const rows = rowsOf(document.text);
  const { edits, owned } = instructionEdits(document, options, rows);
  const all = [...edits, ...outsideEdits(document, options, rows, owned)].sort(
    (a, b) => a.span.start - b.span.start || a.span.end - b.span.end,
  );
  if (range === undefined || rows.length === 0) return all;
  const from = rows[rowIndexAt(rows, range.start)]?.start ?? 0;
  const last = rows[rowIndexAt(rows, range.end)];
  // A selection of whole lines ends at the start of the next line, which does not belong to it.
  const whole = range.end > range.start && last?.start === range.end;
  const to = (whole ? last.start : last?.next) ?? 0;
  // An insertion at the end of the range belongs to the next line.
  const isIn = ({ start, end }: Span): boolean =>
    from <= start && end <= to && (start < to || to === document.text.length);
  return all.filter(({ span }) => isIn(span));
}

interface InstructionEdits {
  readonly edits: readonly Edit[];
  readonly owned: OwnedRows;
}

/** For each row, whether it belongs to an instruction. */
type OwnedRows = Uint8Array;

function instructionEdits(
  document: Document,
  options: FormatOptions,
  rows: readonly Row[],
): InstructionEdits {
  const { text, tree } = document;
  const errors = tree.errors.filter(({ code }) => !fileTroubleCodes.has(code));
  const owned: OwnedRows = new Uint8Array(rows.length);
  const edits: Edit[] = [];
  let next = 0;
  for (const [i, instruction] of tree.instructions.entries()) {
    const { span } = instruction;
    const open = tree.instructions[i + 1] === undefined && isOpen(tree, instruction);
    const end = open ? text.length : Math.max(span.start, span.end - 1);
    const first = rowIndexAt(rows, span.start);
    const last = rowIndexAt(rows, end);
    owned.fill(1, first, last + 1);
    while ((errors[next]?.span.end ?? Infinity) < span.start) next++;
    const wrong = (errors[next]?.span.start ?? Infinity) <= (rows[last]?.end ?? span.end);
    if (open || wrong) continue;
    const body = heredocsOf(instruction)[0]?.body.start ?? Infinity;
    const head = rows.slice(first, last + 1).filter(({ start }) => start < body);
    for (const edit of validEdits(document, instruction, head, options)) edits.push(edit);
  }
  return { edits, owned };
}

function heredocsOf(instruction: Instruction): readonly Heredoc[] {
  return innermost(instruction).heredocs;
}

/** Whether the text ends before the instruction does, so that added text would belong to it. */
function isOpen({ text, escape }: Dockerfile, instruction: Instruction): boolean {
  const heredocs = heredocsOf(instruction);
  if (heredocs.length > 0) return heredocs.some(({ terminator }) => terminator === undefined);
  const { end } = instruction.span;
  return text.charAt(end - 1) === escape && text.charAt(end - 2) !== escape;
}

function validEdits(
  document: Document,
  instruction: Instruction,
  rows: readonly Row[],
  options: FormatOptions,
): readonly Edit[] {
  const { text, tree } = document;
  const { tabSize } = options;
  const edits: Edit[] = [];
  for (const { row, kind, level } of headRows({ document, instruction, rows, tabSize })) {
    if (kind === 'empty') {
      edits.push(remove({ start: row.start, end: row.next }));
      continue;
    }
    const moved = kind === 'first' || options.continuedLines;
    const indent = level === undefined || !moved ? undefined : indentation(options, level);
    if (indent !== undefined && text.slice(row.start, row.from) !== indent)
      edits.push(replace({ start: row.start, end: row.from }, indent));
    if (row.to < row.end) edits.push(remove({ start: row.to, end: row.end }));
  }
  const cased = keywordsOf(instruction).flatMap((word) => caseEdits(word, options.keywordCase));
  return [...edits, ...gapEdits(text, instruction, tree.escape), ...cased];
}

/** The keywords of an instruction whose case is not significant. */
function keywordsOf(instruction: Instruction): readonly Word[] {
  const { kind, keyword } = instruction;
  if (kind === 'unknown') return [];
  if (kind === 'FROM') return instruction.as ? [keyword, instruction.as] : [keyword];
  if (kind === 'HEALTHCHECK') return instruction.type ? [keyword, instruction.type] : [keyword];
  if (kind === 'ONBUILD' && instruction.trigger)
    return [keyword, ...keywordsOf(instruction.trigger)];
  return [keyword];
}

/** Only ASCII letters: other characters that BuildKit accepts as equal letters have no other case. */
function caseEdits({ raw, span }: Word, keywordCase: KeywordCase): readonly Edit[] {
  if (keywordCase === 'keep' || !/^[A-Za-z]+$/.test(raw)) return [];
  const cased = keywordCase === 'upper' ? raw.toUpperCase() : raw.toLowerCase();
  // A keyword that continues on another line is not changed.
  return cased === raw || span.end - span.start !== raw.length ? [] : [replace(span, cased)];
}

/** Comments and empty lines between the instructions, and the end of the text. */
function outsideEdits(
  { text, tree }: Document,
  options: FormatOptions,
  rows: readonly Row[],
  owned: OwnedRows,
): readonly Edit[] {
  const edits: Edit[] = [];
  const isOutside = (i: number): boolean => rows[i]?.empty === true && owned[i] === 0;
  const heads = new Set(tree.directives.map(({ span }) => span.start));
  let contentEnd = rows.length;
  if (options.emptyLines) while (contentEnd > 0 && isOutside(contentEnd - 1)) contentEnd--;
  rows.forEach((row, i) => {
    const { start, from, to, end, next } = row;
    if (owned[i] === 1) return;
    if (row.empty) {
      const twice = options.emptyLines && isOutside(i - 1);
      if (i >= contentEnd || twice) edits.push(remove({ start, end: next }));
      else if (start < end && text.charAt(end - 1) !== '\r') edits.push(remove({ start, end }));
      return;
    }
    // `#!` has a meaning at the top of the file only without whitespace before it.
    if (start < from && !text.startsWith('#!', from)) edits.push(remove({ start, end: from }));
    if (to < end && !heads.has(from)) edits.push(remove({ start: to, end }));
  });
  const last = rows[contentEnd - 1];
  const ended = contentEnd < rows.length || last === undefined || last.next > last.end;
  if (options.finalNewline && !ended && !isUnfinished(tree, owned[contentEnd - 1] === 1))
    edits.push(insert(last.end, text.includes('\r\n') ? '\r\n' : '\n'));
  return edits;
}

function isUnfinished(tree: Dockerfile, isOwned: boolean): boolean {
  const instruction = tree.instructions.at(-1);
  return instruction !== undefined && isOwned && isOpen(tree, instruction);
}
