/** The lines of one instruction up to its heredocs: which of them can be indented, and how far. */
import type { Document } from '../../model/document.ts';
import { isPosix } from '../../shell/dialect.ts';
import type { Script } from '../../shell/script.ts';
import { HASH } from '../../syntax/characters.ts';
import { commandLineOf } from '../../syntax/instruction-node.ts';
import type { CommandLine, Instruction } from '../../syntax/tree.ts';
import type { MaskedText, Node, Span } from '../../text/span.ts';
import { innermost, isArray } from './gaps.ts';
import { quoteWalker } from './quotes.ts';
import { isSpaceOrTab, type Row, rowIndexAt, type Rows, widthOf } from './rows.ts';
import { type ScriptLayout, windowsLayout } from './windows-layout.ts';
import { nodeAt, type ScriptPlace, scriptPlace } from './script-place.ts';

/** The first line and those that continue it: all that are neither comments nor empty. */
export interface HeadRows {
  readonly continued: readonly Row[];
  /** For each of them, its level; undefined if its indentation must not change. */
  readonly levels: readonly (number | undefined)[];
  /** For each of them, several spaces before its escaped line break that can be one; undefined if there are none. */
  readonly gaps?: readonly (Span | undefined)[] | undefined;
}

interface Parted {
  readonly document: Document;
  readonly instruction: Instruction;
  /** The parts of the instruction. */
  readonly parts: readonly Node[];
  readonly tabSize: number;
}

interface Head extends Parted {
  readonly rows: readonly Row[];
}

/** The lines of an instruction between two rows, and their levels. */
export function headRows(
  head: Parted & { readonly rows: Rows; readonly first: number; readonly last: number },
): HeadRows {
  const { document, instruction, parts, tabSize, rows, first, last } = head;
  const { text } = document;
  const top = rows.at(first);
  const continued = top ? [top] : [];
  for (let at = first + 1; at <= last; at++) {
    const row = rows.at(at);
    if (row && !row.empty && text.charCodeAt(row.from) !== HASH) continued.push(row);
  }
  // Most instructions have no other lines.
  if (continued.length === 1) return { continued, levels: firstLevel };
  return { continued, ...levelsOf({ document, instruction, parts, tabSize, rows: continued }) };
}

const firstLevel: readonly number[] = [0];

/** The levels of lines that are neither comments nor empty. */
function levelsOf(head: Head): Omit<HeadRows, 'continued'> {
  const { document, instruction, rows, parts } = head;
  const { text } = document;
  const array = isArray(instruction, text);
  const command = shellCommand(instruction);
  const layout = command && layoutOf(head, command);
  const inColumn = !command && areAligned(head, parts);
  const levels = rows.map((row, i) => {
    const { from, to } = row;
    if (i === 0) return 0;
    const part = nodeAt(parts, from);
    if (part?.span.start === from) return inColumn ? undefined : 1;
    if (command && from >= command.span.start) return layout?.levels[i];
    if (part) return undefined;
    if (text.charAt(from) === document.tree.escape && isBare(row) && from > row.start) return 1;
    if (!array || !/^[\],[]/.test(text.slice(from, to))) return undefined;
    return text.charAt(from) === ']' ? 0 : 1;
  });
  return { levels, gaps: layout?.gaps.some((gap) => gap) === true ? layout.gaps : undefined };
}

/** Whether all further arguments are aligned with the first one, as labels often are; this alignment is kept. */
function areAligned({ document: { text }, rows }: Head, parts: readonly Node[]): boolean {
  const [row] = rows;
  const [keyword, first] = parts;
  // Otherwise the first argument moves, and the others would no longer be aligned.
  if (!row || !keyword || !first || row.from > row.start) return false;
  if (text.slice(keyword.span.end, first.span.start) !== ' ') return false;
  const alignment = ' '.repeat(first.span.start - row.start);
  const below = rows.slice(1).filter(({ from }) => nodeAt(parts, from)?.span.start === from);
  return below.every(({ start, from }) => text.slice(start, from) === alignment);
}

function shellCommand(instruction: Instruction): ShellForm | undefined {
  const command = commandLineOf(innermost(instruction));
  return command?.form === 'shell' ? command : undefined;
}

/** Whether a line contains only the escape character. */
function isBare({ from, to }: Row): boolean {
  return to - from === 1;
}

/**
 * For each line, whether adding whitespace before it changes nothing: whitespace exists already, or an operator ends
 * the previous line.
 */
function apart(text: string, rows: readonly Row[]): readonly boolean[] {
  const result: boolean[] = [];
  // The last line that adds text to the joined line.
  let above = 0;
  for (const [i, row] of rows.entries()) {
    const before = rows[above];
    const indented = above > 0 && before !== undefined && isBare(before);
    if (i === 0 || before === undefined) result.push(false);
    else result.push(indented ? result[above] === true : isApart(text, before, row));
    if (!isBare(row) || row.from > row.start) above = i;
  }
  return result;
}

function isApart(text: string, before: Row, { start, from }: Row): boolean {
  // The end of the text before the escape character.
  const end = before.to - 1;
  const last = text.charAt(end - 1);
  const last2 = text.charAt(end - 2);
  if (last === '\\') return false;
  if (last === ' ' || last === '\t') return last2 !== '\\';
  if (from > start) return true;
  return /[;|&]/.test(last) && !/[<>\\]/.test(last2) && /[\w./"'$-]/.test(text.charAt(from));
}

const outermost: ScriptPlace = { depth: 0 };

type ShellForm = CommandLine & { form: 'shell' };

/** The levels of the lines of a script, by its syntax. */
function layoutOf(head: Head, { script: masked }: ShellForm): ScriptLayout | undefined {
  const { document, instruction, rows } = head;
  const { model, text } = document;
  const script = model.scriptOnce(innermost(instruction));
  if (script === undefined || script.errors.length > 0) return undefined;
  const loose = apart(text, rows);
  const gaps = rows.map((row, i) => (i < rows.length - 1 ? gapBefore(text, row) : undefined));
  const lines = { text, rows, tabSize: head.tabSize, loose, gaps };
  return isPosix(script.dialect)
    ? posixLayout(head, placesOf(lines, masked, script))
    : windowsLayout(lines, masked, script.dialect);
}

interface Lines {
  readonly rows: readonly Row[];
  /** For each line, whether whitespace before it separates words already. */
  readonly loose: readonly boolean[];
  /** For each line, several spaces before its escaped line break. */
  readonly gaps: readonly (Span | undefined)[];
}

interface Places {
  /** For each line, its place; undefined if whitespace before it may be significant. */
  readonly places: readonly (ScriptPlace | undefined)[];
  readonly gaps: readonly (Span | undefined)[];
}

function placesOf(
  { text, rows, loose, gaps: wide }: Lines & { readonly text: string },
  masked: MaskedText,
  script: Script,
): Places {
  const free = quoteWalker(masked.text);
  const gaps: (Span | undefined)[] = [];
  const places = rows.map((row, i): ScriptPlace | undefined => {
    // The walker goes forward only: first to the start of the line, then to its end.
    const freedom = row.from <= masked.at ? 'outside' : free(row.from - masked.at);
    const gap = wide[i];
    gaps.push(
      gap && gap.start > masked.at && free(gap.start - masked.at) !== 'none' ? gap : undefined,
    );
    if (row.from <= masked.at) return outermost;
    if (freedom === 'none' || !loose[i]) return undefined;
    const place = scriptPlace(script, row.from, text);
    const isNested = (place.substitutions ?? 0) > 0;
    return place.inWord || isNested !== (freedom === 'substitution') ? undefined : place;
  });
  return { places, gaps };
}

/** The levels of lines by their places in a script of a POSIX shell. */
function posixLayout(
  { document: { text }, rows, tabSize }: Head,
  { places, gaps }: Places,
): ScriptLayout {
  const widths = rows.map((row) => widthOf(text, row, tabSize));
  let base: number | undefined;
  for (let i = 1; i < rows.length; i++)
    if (isOuter(places[i])) base = Math.min(base ?? Infinity, widths[i] ?? Infinity);
  const levels: (number | undefined)[] = [];
  // The first line that continues a pipeline decides for all.
  let pipelines: Map<number, number> | undefined;
  for (const [i, place] of places.entries()) {
    if (place === undefined || i === 0) levels.push(i === 0 ? 0 : undefined);
    else if (place.unit === undefined) levels.push(1 + place.depth);
    else {
      const unitRow = rowIndexAt(rows, place.unit);
      const above = levels[unitRow];
      const width = unitRow === 0 ? base : widths[unitRow];
      // Where a command continues, deeper indentation is kept as one level.
      const step = above !== undefined && width !== undefined && (widths[i] ?? 0) > width ? 1 : 0;
      const { substitutions = 0, depth } = place;
      const level =
        substitutions > 0
          ? Math.max(1, above ?? 1) + substitutions + depth
          : Math.max(1, above ?? 1 + depth) + step;
      const inPipeline = place.inPipeline ? pipelines?.get(place.unit) : undefined;
      if (place.inPipeline && inPipeline === undefined)
        (pipelines ??= new Map()).set(place.unit, level);
      levels.push(inPipeline ?? level);
    }
  }
  return { levels, gaps };
}

/** Several spaces or tabs before the last character of a line, without one that is escaped. */
function gapBefore(text: string, { from, to }: Row): Span | undefined {
  const end = to - 1;
  let start = end;
  while (start > from && isSpaceOrTab(text.charCodeAt(start - 1))) start--;
  return end - start > 1 && start > from && !/[\\`]/.test(text.charAt(start - 1))
    ? { start, end }
    : undefined;
}

function isOuter(place: ScriptPlace | undefined): boolean {
  return place !== undefined && place.depth === 0 && place.unit === undefined;
}
