/**
 * Instructions whose script has only plain words, `&&` and `||`, as most have. Their layout follows from the places of the words:
 * neither the parts of the instruction nor the commands of the script are parsed.
 */
import { AMPERSAND, PIPE } from '../../shell/posix/characters.ts';
import { longestScript } from '../../shell/parse.ts';
import { BACKSLASH, CR, HASH, LF, SPACE } from '../../syntax/characters.ts';
import { lineEnd, nextBreak } from '../../syntax/lexer.ts';
import { type Edit, remove, replace } from '../../text/edit.ts';
import { keepCode } from '../../text/kept-code.ts';
import { defaultOptions, type FormatOptions, indentation } from './options.ts';
import { RemovedLines } from './outside-rows.ts';
import { addCased, type Placed } from './plain-line.ts';
import { isReserved, plainWordEnd } from './plain-words.ts';
import { addIndent, isSpaceOrTab, type Row, widthOf } from './rows.ts';

/** BuildKit refuses lines that are longer than this number of bytes, of which a character has at most three. */
const longestLine = 65_535 / 3;

/** A line of an instruction that is neither a comment nor empty. */
interface Line extends Pick<Row, 'start' | 'from'> {
  start: number;
  from: number;
  to: number;
  end: number;
  /** In columns. */
  width: number;
  /** The index of the line where the command began that continues here; -1 at the start of a command and of an operator. */
  unit: number;
  /** Undefined if its indentation must not change. */
  level: number | undefined;
  /** The number of gaps up to its end. */
  gaps: number;
  /** Where several spaces before its escaped line break begin; -1 if there are none. */
  wideFrom: number;
  /** The length after all other edits, and that of the next line with words. */
  length: number;
  nextLength: number;
}

const newLine: Line = { start: 0, from: 0, to: 0, end: 0, width: 0, unit: -1, level: undefined, gaps: 0, wideFrom: -1, length: 0, nextLength: 0 }; // prettier-ignore

/** Reads one instruction after the other. What is known of the last one is in objects that are used again. */
export class PlainScripts {
  readonly #text: string;
  readonly #options: FormatOptions;
  readonly #lines: Line[] = [];
  #count = 0;
  /** The start and the end of each whitespace between words, and around operators, that is not one space. */
  readonly #gaps: number[] = [];
  #keyword = 0;
  #keywordEnd = 0;
  #script = 0;
  /** Whether the lines of a script of this length are indented, and its words moved, by its commands. */
  #isParsed = true;

  constructor(text: string, options: FormatOptions) {
    this.#text = text;
    this.#options = options;
  }
  /** Whether an instruction is such a one, in a file in which a backslash escapes line breaks. */
  read({ kind, span: { start, end } }: Placed): boolean {
    if (kind !== 'RUN' && kind !== 'CMD' && kind !== 'ENTRYPOINT') return false;
    const text = this.#text;
    let above = start;
    while (isSpaceOrTab(text.charCodeAt(above - 1))) above--;
    if (above > 0 && text.charCodeAt(above - 1) !== LF) return false;
    this.#keyword = start;
    this.#keywordEnd = start + kind.length;
    this.#script = this.#afterSpace(this.#keywordEnd);
    this.#isParsed = end - this.#script <= longestScript;
    this.#count = 0;
    this.#gaps.length = 0;
    // Flags may be refused.
    if (this.#script === this.#keywordEnd || text.startsWith('--', this.#script)) return false;
    return this.#readWords(this.#addLine(above, start));
  }
  #afterSpace(from: number): number {
    let at = from;
    while (isSpaceOrTab(this.#text.charCodeAt(at))) at++;
    return at;
  }
  #addLine(start: number, from: number): Line {
    const line = (this.#lines[this.#count++] ??= { ...newLine });
    line.start = start;
    line.from = from;
    line.unit = -1;
    line.level = undefined;
    line.wideFrom = -1;
    return line;
  }
  /** Reads all words. */
  #readWords(first: Line): boolean {
    const text = this.#text;
    let line = first;
    /** The index of the line where the command began; -1 between commands. */
    let unit = -1;
    for (let end = this.#script; ;) {
      const at = this.#afterSpace(end);
      const code = text.charCodeAt(at);
      line.gaps = this.#gaps.length;
      if (at === text.length || isBreak(text, at)) {
        line.to = end;
        line.end = at;
        return unit >= 0 && at - line.start <= longestLine;
      }
      if (code === BACKSLASH) {
        // A word that ends here could go on below.
        if (at === line.from || at === this.#script || (at === end && unit >= 0)) return false;
        if (at - end > 1) line.wideFrom = end;
        line.to = at + 1;
        line.end = this.#afterSpace(at + 1);
        if (!isBreak(text, line.end) || line.end - line.start > longestLine) return false;
        const next = this.#nextWords(nextBreak(text, line.end) + 1);
        if (next === undefined) return false;
        if (at === end && !isApart(text, next)) return false;
        line = next;
        if (this.#isParsed) line.unit = unit;
        end = line.from;
        continue;
      }
      const isOperator = code === AMPERSAND || code === PIPE;
      if (at - end > 1 || (at > end && text.charCodeAt(end) !== SPACE)) {
        if (!isOperator || !endsLine(text, at + 2)) this.#gaps.push(end, at);
      }
      if (isOperator) {
        if (text.charCodeAt(at + 1) !== code || unit < 0) return false;
        if (at === line.from) line.unit = -1;
        unit = -1;
        end = at + 2;
      } else {
        end = plainWordEnd(text, at, text.length);
        if (end === at || (unit < 0 && isReserved(text, at, end))) return false;
        if (unit < 0) unit = this.#count - 1;
      }
    }
  }
  /** The next line that is neither a comment nor empty; undefined at the end of the text. */
  #nextWords(begin: number): Line | undefined {
    const text = this.#text;
    for (let start = begin; start < text.length;) {
      const from = this.#afterSpace(start);
      if (from === text.length) return undefined;
      if (!isBreak(text, from) && text.charCodeAt(from) !== HASH) return this.#addLine(start, from);
      const eol = nextBreak(text, from);
      if (eol - start > longestLine) return undefined;
      start = eol + 1;
    }
    return undefined;
  }
  /** Adds the edits of the last instruction that was read; its script is known if a POSIX shell runs it. */
  addEdits(isKnown: boolean, edits: Edit[]): void {
    const { continuedLines, keywordCase } = this.#options;
    const hasSingleSpaces = isKnown && this.#isParsed && this.#options.singleSpaces;
    const text = this.#text;
    this.#setLevels(isKnown);
    this.#setLengths(hasSingleSpaces);
    const removed = new RemovedLines(edits);
    let gap = 0;
    let above: Line | undefined;
    for (let i = 0; i < this.#count; i++) {
      const line = this.#lines[i] as Line;
      const indent = this.#indentOf(line);
      if (above) this.#addBetween(above, line, removed, edits);
      if (indent !== undefined) addIndent(text, line, indent, edits);
      if (i === 0) {
        addCased(text, this.#keyword, this.#keywordEnd, keywordCase, edits);
        if (this.#script - this.#keywordEnd > 1 || text.charCodeAt(this.#keywordEnd) !== SPACE)
          edits.push(replace({ start: this.#keywordEnd, end: this.#script }, ' '));
      }
      for (; gap < line.gaps; gap += 2)
        if (hasSingleSpaces) edits.push(replace(this.#gapAt(gap), ' '));
      const { wideFrom, length, nextLength, to } = line;
      const isAligned = length === above?.length || length === nextLength;
      if (wideFrom >= 0 && isKnown && continuedLines && !isAligned)
        edits.push(replace({ start: wideFrom, end: to - 1 }, ' '));
      if (to < line.end) edits.push(remove({ start: to, end: line.end }));
      above = line;
    }
  }
  /** Removes the empty lines between two lines, and indents the comments like the second one. */
  #addBetween(above: Line, below: Line, removed: RemovedLines, edits: Edit[]): void {
    const text = this.#text;
    const indent = this.#indentOf(below);
    for (let start = nextBreak(text, above.end) + 1; start < below.start;) {
      const from = this.#afterSpace(start);
      const eol = nextBreak(text, from);
      if (isBreak(text, from)) removed.add(start, eol + 1);
      else {
        if (indent !== undefined) addIndent(text, { start, from }, indent, edits);
        const end = lineEnd(text, start, eol);
        let to = end;
        while (isSpaceOrTab(text.charCodeAt(to - 1))) to--;
        if (to < end) edits.push(remove({ start: to, end }));
      }
      start = eol + 1;
    }
  }
  #gapAt(index: number) {
    return { start: this.#gaps[index] ?? 0, end: this.#gaps[index + 1] ?? 0 };
  }
  /** What the indentation of a line must be. */
  #indentOf({ level }: Line): string | undefined {
    return level === undefined ? undefined : indentation(this.#options, level);
  }
  #setLevels(isKnown: boolean): void {
    const { continuedLines, tabSize } = this.#options;
    const lines = this.#lines;
    const [first] = lines;
    if (first) first.level = 0;
    if (!isKnown || !continuedLines || this.#count === 1) return;
    let base = Infinity;
    for (let i = 1; i < this.#count; i++) {
      const line = lines[i] as Line;
      line.width = widthOf(this.#text, line, tabSize);
      if (line.unit < 0) base = Math.min(base, line.width);
    }
    for (let i = 1; i < this.#count; i++) {
      const line = lines[i] as Line;
      const above = lines[line.unit];
      // Where a command continues, deeper indentation is kept as one level.
      const step = above && line.width > (line.unit === 0 ? base : above.width) ? 1 : 0;
      line.level = Math.max(1, above?.level ?? 1) + step;
    }
  }
  #setLengths(hasSingleSpaces: boolean): void {
    let next = -1;
    for (let i = this.#count - 1; i >= 0; i--) {
      const line = this.#lines[i] as Line;
      const { start, from, to } = line;
      line.length = to - start;
      const indent = this.#indentOf(line);
      if (indent !== undefined) line.length += indent.length - (from - start);
      if (i === 0) line.length += 1 - (this.#script - this.#keywordEnd);
      if (hasSingleSpaces)
        for (let at = this.#lines[i - 1]?.gaps ?? 0; at < line.gaps; at += 2) {
          const gap = this.#gapAt(at);
          line.length += 1 - (gap.end - gap.start);
        }
      line.nextLength = next;
      next = line.length;
    }
  }
}

function isBreak(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code === LF || (code === CR && text.charCodeAt(at + 1) === LF);
}

/** Whether adding whitespace before a line that follows an operator without a space changes nothing. */
function isApart(text: string, { start, from }: Line): boolean {
  return from > start || /[\w./$-]/.test(text.charAt(from));
}

/** Whether an operator ends a line: it may be aligned with those of other lines. */
export function endsLine(text: string, operatorEnd: number): boolean {
  return /^[ \t]*\\?\r?\n/.test(text.slice(operatorEnd, operatorEnd + 100));
}

keepCode(new PlainScripts('', defaultOptions));
