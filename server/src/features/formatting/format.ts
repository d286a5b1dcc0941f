/**
 * Formatting changes the layout of a Dockerfile, but not what is built: only the case of keywords, and whitespace
 * that neither BuildKit nor a shell interprets. Instructions that BuildKit rejects are not changed.
 */
import type { Document } from '../../model/document.ts';
import { fileTroubleCodes } from '../../syntax/check/order.ts';
import type { Dockerfile, Heredoc, Instruction, Word } from '../../syntax/tree.ts';
import { type Edit, insert, remove, replace } from '../../text/edit.ts';
import type { Span } from '../../text/span.ts';
import { addGapEdits, innermost, partsOf } from './gaps.ts';
import { headRows } from './head.ts';
import { type FormatOptions, indentation, type KeywordCase } from './options.ts';
import { type Row, Rows } from './rows.ts';

/** The edits that format a document, or the lines that a range touches; they never overlap. */
export function format(document: Document, options: FormatOptions, range?: Span): readonly Edit[] {
  const rows = new Rows(document.text);
  const { edits, owned } = instructionEdits(document, options, rows);
  const all = merged(edits, outsideEdits(document, options, rows, owned));
  if (range === undefined || rows.count === 0) return all;
  const from = rows.containing(range.start)?.start ?? 0;
  const last = rows.containing(range.end);
  // A selection of whole lines ends at the start of the next line, which does not belong to it.
  const whole = range.end > range.start && last?.start === range.end;
  const to = (whole ? last.start : last?.next) ?? 0;
  // An insertion at the end of the range belongs to the next line.
  const isIn = ({ start, end }: Span): boolean =>
    from <= start && end <= to && (start < to || to === document.text.length);
  return all.filter(({ span }) => isIn(span));
}

function compare(a: Edit, b: Edit): number {
  return a.span.start - b.span.start || a.span.end - b.span.end;
}

/** Up to this number of edits, as most instructions have, moving each to its place is faster than `sort`. */
const few = 32;

function sorted(edits: Edit[]): readonly Edit[] {
  if (edits.length > few) return edits.sort(compare);
  for (let i = 1; i < edits.length; i++) {
    const edit = edits[i];
    let to = i;
    for (
      let above = edits[to - 1];
      edit && above && compare(above, edit) > 0;
      above = edits[--to - 1]
    ) {
      edits[to] = above;
    }
    if (edit && to < i) edits[to] = edit;
  }
  return edits;
}

/** Two sorted lists as one. */
function merged(first: readonly Edit[], second: readonly Edit[]): readonly Edit[] {
  if (second.length === 0) return first;
  const all: Edit[] = [];
  let next = 0;
  for (const edit of first) {
    for (let other = second[next]; other && compare(other, edit) < 0; other = second[++next])
      all.push(other);
    all.push(edit);
  }
  for (let other = second[next]; other; other = second[++next]) all.push(other);
  return all;
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
  rows: Rows,
): InstructionEdits {
  const { text, tree } = document;
  const errors = tree.errors.filter(({ code }) => !fileTroubleCodes.has(code));
  const owned: OwnedRows = new Uint8Array(rows.count);
  const edits: Edit[] = [];
  let next = 0;
  let last = 0;
  for (let i = 0; i < tree.instructions.length; i++) {
    const instruction = tree.instructions[i];
    if (instruction === undefined) continue;
    const { span } = instruction;
    const open = i === tree.instructions.length - 1 && isOpen(tree, instruction);
    const end = open ? text.length : Math.max(span.start, span.end - 1);
    const first = rows.indexFrom(last, span.start);
    last = rows.indexFrom(first, end);
    for (let at = first; at <= last; at++) owned[at] = 1;
    while ((errors[next]?.span.end ?? Infinity) < span.start) next++;
    const wrong = (errors[next]?.span.start ?? Infinity) <= (rows.at(last)?.end ?? span.end);
    if (open || wrong) continue;
    const body = heredocsOf(instruction)[0]?.body.start ?? Infinity;
    const head: Row[] = [];
    for (let at = first; at <= last; at++) {
      const row = rows.start(at) < body ? rows.at(at) : undefined;
      if (row) head.push(row);
    }
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
  const parts = partsOf(instruction);
  const { kinds, levels } = headRows({ document, instruction, rows, parts, tabSize });
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i];
    const kind = kinds[i];
    const level = levels[i];
    if (row === undefined) continue;
    if (kind === 'empty') {
      edits.push(remove({ start: row.start, end: row.next }));
      continue;
    }
    const moved = kind === 'first' || options.continuedLines;
    const indent = level === undefined || !moved ? undefined : indentation(options, level);
    if (indent !== undefined && !isIndented(text, row, indent))
      edits.push(replace({ start: row.start, end: row.from }, indent));
    if (row.to < row.end) edits.push(remove({ start: row.to, end: row.end }));
  }
  addGapEdits({ text, instruction, parts, escape: tree.escape }, edits);
  for (const word of keywordsOf(instruction)) addCaseEdit(word, options.keywordCase, edits);
  return sorted(edits);
}

function isIndented(text: string, { start, from }: Row, indent: string): boolean {
  return from - start === indent.length && text.startsWith(indent, start);
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
function addCaseEdit({ raw, span }: Word, keywordCase: KeywordCase, edits: Edit[]): void {
  if (keywordCase === 'keep') return;
  const cased = keywordCase === 'upper' ? raw.toUpperCase() : raw.toLowerCase();
  // A keyword that continues on another line is not changed.
  if (cased === raw || span.end - span.start !== raw.length || !/^[A-Za-z]+$/.test(raw)) return;
  edits.push(replace(span, cased));
}

/** Comments and empty lines between the instructions, and the end of the text. */
function outsideEdits(
  { text, tree }: Document,
  options: FormatOptions,
  rows: Rows,
  owned: OwnedRows,
): readonly Edit[] {
  const edits: Edit[] = [];
  const isOutside = (i: number): boolean => owned[i] === 0 && rows.at(i)?.empty === true;
  const heads = new Set(tree.directives.map(({ span }) => span.start));
  let contentEnd = rows.count;
  if (options.emptyLines) while (contentEnd > 0 && isOutside(contentEnd - 1)) contentEnd--;
  let isAfterEmpty = false;
  for (let i = 0; i < rows.count; i++) {
    const row = owned[i] === 1 ? undefined : rows.at(i);
    const twice = options.emptyLines && isAfterEmpty;
    isAfterEmpty = row?.empty === true;
    if (row === undefined) continue;
    const { start, from, to, end, next } = row;
    if (row.empty) {
      if (i >= contentEnd || twice) edits.push(remove({ start, end: next }));
      else if (start < end && text.charAt(end - 1) !== '\r') edits.push(remove({ start, end }));
      continue;
    }
    // `#!` has a meaning at the top of the file only without whitespace before it.
    if (start < from && !text.startsWith('#!', from)) edits.push(remove({ start, end: from }));
    if (to < end && !heads.has(from)) edits.push(remove({ start: to, end }));
  }
  const last = rows.at(contentEnd - 1);
  const ended = contentEnd < rows.count || last === undefined || last.next > last.end;
  if (options.finalNewline && !ended && !isUnfinished(tree, owned[contentEnd - 1] === 1))
    edits.push(insert(last.end, text.includes('\r\n') ? '\r\n' : '\n'));
  return edits;
}

function isUnfinished(tree: Dockerfile, isOwned: boolean): boolean {
  const instruction = tree.instructions.at(-1);
  return instruction !== undefined && isOwned && isOpen(tree, instruction);
}
