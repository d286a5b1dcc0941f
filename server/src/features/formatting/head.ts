/** The lines of one instruction up to its heredocs: which of them can be indented, and how far. */
import type { Document } from '../../model/document.ts';
import type { Script } from '../../shell/script.ts';
import { HASH } from '../../syntax/characters.ts';
import { commandLineOf } from '../../syntax/instruction-node.ts';
import type { CommandLine, Instruction } from '../../syntax/tree.ts';
import type { Node } from '../../text/span.ts';
import { innermost, isArray, partsOf } from './gaps.ts';
import { quoteWalker } from './quotes.ts';
import { type Row, rowIndexAt, widthOf } from './rows.ts';
import { nodeAt, type ScriptPlace, scriptPlace } from './script-place.ts';

/** A line of an instruction; the level is undefined if its indentation must not change. */
export interface HeadRow {
  readonly row: Row;
  readonly kind: 'first' | 'continued' | 'comment' | 'empty';
  readonly level: number | undefined;
}

interface Head {
  readonly document: Document;
  readonly instruction: Instruction;
  readonly rows: readonly Row[];
  readonly tabSize: number;
}

/** All lines with their levels, including the first one. */
export function headRows(head: Head): readonly HeadRow[] {
  const { document, rows } = head;
  const { text } = document;
  const [only, second] = rows;
  if (only && second === undefined) return [{ row: only, kind: 'first', level: 0 }];
  const kinds = rows.map((row, i): HeadRow['kind'] => {
    if (i === 0) return 'first';
    if (row.empty) return 'empty';
    return text.charCodeAt(row.from) === HASH ? 'comment' : 'continued';
  });
  const continued = rows.filter((_, i) => kinds[i] === 'first' || kinds[i] === 'continued');
  const levels = continued.length > 1 ? levelsOf({ ...head, rows: continued }) : [0];
  const byStart = new Map(continued.map(({ start }, i) => [start, levels[i]]));
  const result: HeadRow[] = [];
  let below: number | undefined;
  // From the end, because comments are indented like the line that follows them.
  for (let i = rows.length - 1; i >= 0; i--) {
    const row = rows[i];
    const kind = kinds[i];
    if (row === undefined || kind === undefined) continue;
    if (kind === 'first' || kind === 'continued') below = byStart.get(row.start);
    result.push({ row, kind, level: kind === 'empty' ? 0 : below });
  }
  return result.reverse();
}

/** The levels of lines that are neither comments nor empty. */
function levelsOf(head: Head): readonly (number | undefined)[] {
  const { document, instruction, rows } = head;
  const { text } = document;
  const parts = partsOf(instruction);
  const array = isArray(instruction, text);
  const command = shellCommand(instruction);
  const script = command && document.model.script(innermost(instruction));
  const levels = command && script ? scriptLevels(head, command, script) : undefined;
  const inColumn = !command && areAligned(head, parts);
  return rows.map((row, i) => {
    const { from, to } = row;
    if (i === 0) return 0;
    const part = nodeAt(parts, from);
    if (part?.span.start === from) return inColumn ? undefined : 1;
    if (command && from >= command.span.start) return levels?.[i];
    if (part) return undefined;
    if (text.charAt(from) === document.tree.escape && isBare(row) && from > row.start) return 1;
    if (!array || !/^[\],[]/.test(text.slice(from, to))) return undefined;
    return text.charAt(from) === ']' ? 0 : 1;
  });
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

function shellCommand(instruction: Instruction): (CommandLine & { form: 'shell' }) | undefined {
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

/** The levels of the lines of a script, by its syntax. */
function scriptLevels(
  { document: { text }, rows, tabSize }: Head,
  { script: masked }: CommandLine & { form: 'shell' },
  script: Script,
): readonly (number | undefined)[] | undefined {
  const posix = script.dialect === 'sh' || script.dialect === 'bash';
  if (!posix || script.errors.length > 0) return undefined;
  const free = quoteWalker(masked.text);
  const loose = apart(text, rows);
  const places = rows.map((row, i): ScriptPlace | undefined => {
    if (row.from <= masked.at) return { depth: 0 };
    if (!free(row.from - masked.at) || !loose[i]) return undefined;
    const place = scriptPlace(script, row.from, text);
    return place.inWord ? undefined : place;
  });
  const widths = rows.map((row) => widthOf(text, row, tabSize));
  const outer = widths.filter((_, i) => i > 0 && isOuter(places[i]));
  const base = outer.reduce(
    (least: number | undefined, width) => Math.min(least ?? width, width),
    undefined,
  );
  const levels: (number | undefined)[] = [];
  for (const [i, place] of places.entries()) {
    if (place === undefined || i === 0) levels.push(i === 0 ? 0 : undefined);
    else if (place.unit === undefined) levels.push(1 + place.depth);
    else {
      const unitRow = rowIndexAt(rows, place.unit);
      const above = levels[unitRow];
      const width = unitRow === 0 ? base : widths[unitRow];
      // Where a command continues, deeper indentation is kept as one level.
      const step = above !== undefined && width !== undefined && (widths[i] ?? 0) > width ? 1 : 0;
      levels.push(Math.max(1, above ?? 1 + place.depth) + step);
    }
  }
  return levels;
}

function isOuter(place: ScriptPlace | undefined): boolean {
  return place !== undefined && place.depth === 0 && place.unit === undefined;
}
