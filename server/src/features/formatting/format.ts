/**
 * Formatting changes the layout of a Dockerfile, but not what is built: only the case of keywords, and whitespace
 * that neither BuildKit nor a shell interprets. Instructions that BuildKit rejects are not changed.
 */
import type { Document } from '../../model/document.ts';
import type { State } from '../../model/model.ts';
import { isPosix } from '../../shell/dialect.ts';
import { fileTroubleCodes } from '../../syntax/check/order.ts';
import { equalsForm } from '../../syntax/equals-form.ts';
import { wholeInstructions } from '../../syntax/long-file.ts';
import type { Dockerfile, Heredoc, Instruction, Word } from '../../syntax/tree.ts';
import type { SyntaxTrouble } from '../../syntax/trouble.ts';
import { type Edit, remove, replace } from '../../text/edit.ts';
import type { Span } from '../../text/span.ts';
import { compare, EditRuns, sortFrom } from './edit-runs.ts';
import { addGapEdits, innermost, partsOf } from './gaps.ts';
import { headRows } from './head.ts';
import { addBodyEdits } from './heredoc-body.ts';
import { type FormatOptions, indentation, type KeywordCase } from './options.ts';
import { OutsideRows, RemovedLines } from './outside-rows.ts';
import { hasPlainBody } from './plain-body.ts';
import { addKeywordEdits, type Placed, type Plainness, plainness } from './plain-line.ts';
import { PlainScripts } from './plain-script.ts';
import { addIndent, type Row, Rows } from './rows.ts';
import { addWordGapEdits } from './word-gaps.ts';

/** The edits that format a document, or the lines that a range touches; sorted, and they never overlap. */
export function format(document: Document, options: FormatOptions, range?: Span): readonly Edit[] {
  const rows = new Rows(document.text);
  const edits: Edit[] = [];
  const runs = range === undefined ? new EditRuns(document.text, edits) : undefined;
  const all = allEdits(document, options, { rows, edits, runs });
  if (range === undefined || rows.count === 0) return all;
  const from = rows.containing(range.start)?.start ?? 0;
  const last = rows.containing(range.end);
  // A selection of whole lines ends at the start of the next line, which does not belong to it.
  const whole = range.end > range.start && last?.start === range.end;
  const to = (whole ? last.start : last?.next) ?? 0;
  // An insertion at the end of the range belongs to the next line.
  const isIn = ({ start, end }: Span): boolean =>
    from <= start && end <= to && (start < to || to === document.text.length);
  return all.map((edit) => withinLines(edit, from, to)).filter(({ span }) => isIn(span));
}

/** Only removed lines extend over several lines; of these, the ones between two line starts. */
function withinLines(edit: Edit, from: number, to: number): Edit {
  const { start, end } = edit.span;
  if (edit.text !== '' || end <= from || start >= to || (from <= start && end <= to)) return edit;
  return remove({ start: Math.max(start, from), end: Math.min(end, to) });
}

interface Lists {
  readonly rows: Rows;
  readonly edits: Edit[];
  /** Undefined if each edit is required. */
  readonly runs: EditRuns | undefined;
}

/** One list, and no list of lines: a file can have a million of them. */
function allEdits(
  document: Document,
  options: FormatOptions,
  { rows, edits, runs }: Lists,
): readonly Edit[] {
  const { text, tree, model } = document;
  const errors: SyntaxTrouble[] = [];
  const scripts = tree.escape === '\\' ? new PlainScripts(text, options) : undefined;
  const outside = new OutsideRows(tree, options, rows);
  let next = 0;
  /** The last row of the instruction before. */
  let last = -1;
  /** Whether it has several. */
  let isLong = false;
  let hasStage = false;
  let before: Instruction | undefined;
  /** The start of the last instruction that was looked at, and what was found. */
  const seen: { at: number; found: Plainness | 'script' } = { at: -1, found: 'parts' };
  const needsNoParts = (one: Placed): boolean => {
    seen.at = one.span.start;
    seen.found = plainness(text, one, options);
    if (seen.found === 'parts' && scripts?.read(one) === true && isRead(model.shellAt(one)))
      seen.found = 'script';
    return seen.found !== 'parts';
  };
  for (const instruction of wholeInstructions(tree, errors, needsNoParts)) {
    const { span } = instruction;
    if (seen.at !== span.start) needsNoParts(instruction);
    const { found } = seen;
    const open = found === 'parts' && isOpenEnd(tree, instruction);
    const end = open ? text.length : Math.max(span.start, span.end - 1);
    const first = rows.indexFrom(Math.max(last, 0), span.start);
    if (first > last + 1) outside.addBetween({ first: last + 1, end: first, isAfterLong: isLong }, edits); // prettier-ignore
    if (options.emptyLineBeforeStages && hasStage && startsStage(instruction, before))
      outside.addEmptyLine({ first: last + 1, end: first, isAfterLong: isLong }, edits);
    hasStage ||= instruction.kind === 'FROM';
    before = instruction;
    last = rows.indexFrom(first, end);
    isLong = last > first;
    if (found === 'script')
      scripts?.addEdits(model.shellAt(instruction)?.dialect !== undefined, edits);
    if (found === 'keywords') addKeywordEdits(text, instruction, options.keywordCase, edits);
    const isPlain =
      found === 'script' ||
      found === 'keywords' ||
      (found === 'plain' && (isCopy(instruction) || hasPlainBody(rows, first, last, options)));
    if (!isPlain) {
      let error = errors[next];
      while (error && (error.span.end < span.start || fileTroubleCodes.has(error.code)))
        error = errors[++next];
      const wrong = error !== undefined && error.span.start <= (rows.at(last)?.end ?? span.end);
      const isKept = wrong || open || (found === 'plain' && isOpenEnd(tree, instruction));
      if (!isKept) addInstructionEdits({ document, instruction, rows, first, last: lastHead(instruction, rows, first, last) }, options, edits); // prettier-ignore
    }
    runs?.settle();
  }
  const isEndOpen = before !== undefined && isOpen(tree, before);
  outside.addEnd({ first: last + 1, isOpen: isEndOpen, isAfterLong: isLong }, edits);
  runs?.end();
  return edits;
}

/** The heredocs of a copy are files, which are not formatted. */
function isCopy({ kind }: Instruction): boolean {
  return kind === 'COPY' || kind === 'ADD';
}

/** Whether scripts in a dialect are formatted like those of a POSIX shell, or not at all. */
function isRead(shell: State['shell'] | undefined): boolean {
  return shell?.dialect === undefined || isPosix(shell.dialect);
}

/** The last row of an instruction before its heredocs. */
function lastHead(instruction: Instruction, rows: Rows, first: number, last: number): number {
  const body = heredocsOf(instruction)[0]?.body.start ?? Infinity;
  let head = last;
  while (head > first && rows.start(head) >= body) head--;
  return head;
}

function heredocsOf(instruction: Instruction): readonly Heredoc[] {
  return innermost(instruction).heredocs;
}

/** Whether an instruction starts a stage below instructions of another one. */
function startsStage({ kind }: Instruction, before: Instruction | undefined): boolean {
  return (
    kind === 'FROM' && before !== undefined && before.kind !== 'FROM' && before.kind !== 'unknown'
  );
}

/** Whether an instruction is the last one, and open; in a long file, the list of all is read only for this. */
function isOpenEnd(tree: Dockerfile, instruction: Instruction): boolean {
  return (
    isOpen(tree, instruction) && tree.instructions.at(-1)?.span.start === instruction.span.start
  );
}

/** Whether the text ends before the instruction does, so that added text would belong to it. */
function isOpen({ text, escape }: Dockerfile, instruction: Instruction): boolean {
  const heredocs = heredocsOf(instruction);
  if (heredocs.length > 0) return heredocs.some(({ terminator }) => terminator === undefined);
  const { end } = instruction.span;
  return text.charAt(end - 1) === escape && text.charAt(end - 2) !== escape;
}

interface InstructionRows {
  readonly document: Document;
  readonly instruction: Instruction;
  readonly rows: Rows;
  /** The indexes of the first row, and of the last one before its heredocs. */
  readonly first: number;
  readonly last: number;
}

function addInstructionEdits(place: InstructionRows, options: FormatOptions, edits: Edit[]): void {
  const { document, instruction, rows, first, last } = place;
  const { text, tree } = document;
  const begin = edits.length;
  const parts = partsOf(instruction);
  const { tabSize } = options;
  const { continued, levels, gaps } = headRows({
    document,
    instruction,
    parts,
    tabSize,
    rows,
    first,
    last,
  });
  let removed: RemovedLines | undefined;
  let next = 0;
  for (let at = first; at <= last; at++) {
    const added = continued[next];
    const isAdded = added?.start === rows.start(at);
    if (!isAdded && rows.isEmpty(at)) {
      removed ??= new RemovedLines(edits);
      removed.add(rows.start(at), rows.start(at + 1));
      continue;
    }
    const row = isAdded ? added : rows.at(at);
    if (row === undefined) continue;
    // Comments are indented like the line that follows them.
    const level = levels[next];
    if (isAdded) next++;
    const moved = at === first || options.continuedLines;
    const indent = level === undefined || !moved ? undefined : indentation(options, level);
    if (indent !== undefined) addIndent(text, row, indent, edits);
    if (row.to < row.end) edits.push(remove({ start: row.to, end: row.end }));
  }
  const mountBreak =
    options.mountsOnOwnLines && instruction.flags.length > 1
      ? mountLineBreak(instruction, rows.lineBreak + indentation(options, 1), tree.escape)
      : undefined;
  addGapEdits({ text, instruction, parts, escape: tree.escape, mountBreak }, edits);
  if (options.singleSpaces) addWordGapEdits(document, instruction, rows, edits);
  if (options.continuedLines && gaps) addWideGapEdits(continued, gaps, edits, begin);
  if (options.equalsSigns) addEqualsEdit(document, instruction, edits);
  if (options.heredocScripts) addBodyEdits(document, instruction, rows, options, edits);
  if (options.keywordCase !== 'keep') addCaseEdits(instruction, options.keywordCase, edits);
  sortFrom(edits, begin);
}

/** `ENV NAME value` → `ENV NAME=value`, if the value is on one line. */
function addEqualsEdit(document: Document, instruction: Instruction, edits: Edit[]): void {
  const inner = innermost(instruction);
  if (inner.kind !== 'ENV' && inner.kind !== 'LABEL') return;
  const [pair] = inner.pairs;
  if (pair === undefined) return;
  const text = equalsForm(document.tree, pair);
  if (text !== undefined) edits.push(replace(pair.span, text));
}

/**
 * Adds the edits that leave one space before escaped line breaks, unless these are aligned with the one above or below after
 * the edits from `begin` on.
 */
function addWideGapEdits(
  rows: readonly Row[],
  gaps: readonly (Span | undefined)[],
  edits: Edit[],
  begin: number,
): void {
  const others = edits.slice(begin).sort(compare);
  let next = 0;
  const columns = rows.map(({ start, to, next: end }) => {
    let column = to - start;
    for (; (others[next]?.span.start ?? Infinity) < end; next++) {
      const { span, text } = others[next] ?? { span: { start: 0, end: 0 }, text: '' };
      // Not the whitespace after the escape character.
      if (span.start < start || span.start >= to) continue;
      const broken = text.lastIndexOf('\n');
      // What is before a line that is added has no escaped line break of its own here.
      column = broken < 0 ? column + text.length - (span.end - span.start) : text.length - broken - 1 + to - span.end; // prettier-ignore
    }
    return column;
  });
  for (const [i, gap] of gaps.entries())
    if (gap && columns[i] !== columns[i - 1] && columns[i] !== columns[i + 1])
      edits.push(replace(gap, ' '));
}

/** The text between the flags of a RUN with several mounts: an escaped line break; undefined for others. */
function mountLineBreak(
  { kind, flags }: Instruction,
  lineBreak: string,
  escape: string,
): string | undefined {
  if (kind !== 'RUN' || flags.filter(({ name }) => name.text === 'mount').length < 2)
    return undefined;
  return ` ${escape}${lineBreak}`;
}

/** Adds the edits of the keywords of an instruction, whose case is not significant. */
function addCaseEdits(instruction: Instruction, keywordCase: KeywordCase, edits: Edit[]): void {
  const { kind, keyword } = instruction;
  if (kind === 'unknown') return;
  addCaseEdit(keyword, keywordCase, edits);
  if (kind === 'FROM' && instruction.as) addCaseEdit(instruction.as, keywordCase, edits);
  if (kind === 'HEALTHCHECK' && instruction.type) addCaseEdit(instruction.type, keywordCase, edits);
  if (kind === 'ONBUILD' && instruction.trigger)
    addCaseEdits(instruction.trigger, keywordCase, edits);
}

/** Only ASCII letters: other characters that BuildKit accepts as equal letters have no other case. */
function addCaseEdit({ raw, span }: Word, keywordCase: KeywordCase, edits: Edit[]): void {
  const cased = keywordCase === 'upper' ? raw.toUpperCase() : raw.toLowerCase();
  // A keyword that continues on another line is not changed.
  if (cased === raw || span.end - span.start !== raw.length || !/^[A-Za-z]+$/.test(raw)) return;
  edits.push(replace(span, cased));
}
