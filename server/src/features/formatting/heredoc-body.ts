/**
 * The layout of the script in `RUN <<EOF`: indentation, and whitespace at the ends of its lines. Lines in quotes, in
 * heredocs of the script and in words are not changed, nor are scripts that cannot be read completely.
 */
import type { Document } from '../../model/document.ts';
import { heredocScript } from '../../model/scripts.ts';
import { longestScript } from '../../shell/parse.ts';
import type { Redirect, Script, Statement } from '../../shell/script.ts';
import type { Heredoc, Instruction } from '../../syntax/tree.ts';
import { type Edit, remove, replace } from '../../text/edit.ts';
import type { MaskedText, Span } from '../../text/span.ts';
import { bodyPlace, type BodyPlace } from './body-place.ts';
import { innermost } from './gaps.ts';
import { type FormatOptions, indentation } from './options.ts';
import { type Freedom, quoteWalker } from './quotes.ts';
import { type Row, rowIndexAt, type Rows, widthOf } from './rows.ts';

/** Adds the edits of the lines of the script in a heredoc. */
export function addBodyEdits(
  document: Document,
  instruction: Instruction,
  rows: Rows,
  options: FormatOptions,
  edits: Edit[],
): void {
  const found = readableBody(document, instruction);
  if (found === undefined) return;
  const { heredoc, script, masked } = found;
  const { text } = document;
  const lines = bodyLines(rows, heredoc);
  const states = statesOf(lines, script, masked);
  const levels = levelsOf({ text, lines, states, script, tabSize: options.tabSize });
  const isTabbed = heredoc.chomp && lines.some(({ start }) => text.charAt(start) === '\t');
  const { tabSize } = options;
  const insertSpaces = options.insertSpaces && !isTabbed;
  for (const [i, row] of lines.entries()) {
    const { start, from, to, end } = row;
    const state = states[i];
    if (state === undefined) continue;
    const level = levels[i];
    const indent =
      level === undefined || from === end
        ? undefined
        : indentation({ tabSize, insertSpaces }, level);
    if (indent !== undefined && text.slice(start, from) !== indent)
      edits.push(replace({ start, end: from }, indent));
    const isEscaped = text.charAt(to - 1) === '\\';
    if (state.isEndFree && to < end && !(isEscaped && to > from))
      edits.push(remove({ start: to, end }));
  }
}

interface ReadableBody {
  readonly heredoc: Heredoc;
  readonly script: Script;
  readonly masked: MaskedText;
}

/** The script in the heredoc if a POSIX shell runs it and all of it can be read. */
function readableBody(document: Document, instruction: Instruction): ReadableBody | undefined {
  const inner = innermost(instruction);
  const [heredoc] = inner.heredocs;
  if (inner.kind !== 'RUN' || heredoc?.terminator === undefined) return undefined;
  const masked = heredocScript(document.tree, inner);
  // What is after a line feed is another line for BuildKit only.
  if (masked === undefined || /[\r\f\v]/.test(masked.text)) return undefined;
  // Lines of its own heredocs are not known.
  if (masked.text.length > longestScript) return undefined;
  if (document.text.slice(heredoc.body.start, heredoc.body.end) !== masked.text) return undefined;
  const script = document.model.scriptOnce(inner);
  if (script === undefined || script.errors.length > 0) return undefined;
  return script.dialect === 'sh' || script.dialect === 'bash'
    ? { heredoc, script, masked }
    : undefined;
}

function bodyLines(rows: Rows, { body }: Heredoc): readonly Row[] {
  const lines: Row[] = [];
  let row = body.start < body.end ? rows.containing(body.start) : undefined;
  while (row && row.start < body.end) {
    lines.push(row);
    row = row.next < body.end ? rows.containing(row.next) : undefined;
  }
  return lines;
}

/** What is known of a line; undefined for lines that must not change. */
interface LineState {
  /** Whether the whitespace at its start is insignificant. */
  readonly start: Freedom;
  readonly isEndFree: boolean;
  readonly isComment: boolean;
  /** The line ends with an escaped line break. */
  readonly isContinued: boolean;
}

function statesOf(
  lines: readonly Row[],
  script: Script,
  masked: MaskedText,
): readonly (LineState | undefined)[] {
  const { at } = masked;
  const inner = innerBodies(script.statements, masked);
  const free = quoteWalker(inner.text, true);
  return lines.map(({ start, from, to, end }) => {
    const isFixed = inner.fixed(start);
    const before = free(from - at);
    const after = free(to - at);
    if (isFixed) return undefined;
    const isComment = before !== 'none' && masked.text.charAt(from - at) === '#';
    const isContinued =
      to === end && /(?:^|[^\\])(?:\\\\)*\\$/.test(masked.text.slice(from - at, to - at));
    return {
      start: before,
      isEndFree: isComment || after !== 'none',
      isComment,
      isContinued: isContinued && !isComment,
    };
  });
}

/** The text with the heredocs of the script masked, and whether a line is in one of them. */
function innerBodies(
  statements: readonly Statement[],
  { text, at }: MaskedText,
): { readonly text: string; readonly fixed: (offset: number) => boolean } {
  // Most scripts have none.
  if (!text.includes('<<')) return { text, fixed: () => false };
  const spans: Span[] = [];
  const add = ({ body }: Redirect): void => {
    if (body === undefined) return;
    // The line after the body ends it.
    const found = text.indexOf('\n', body.span.end - at);
    spans.push({ start: body.span.start, end: found < 0 ? at + text.length : at + found + 1 });
  };
  eachRedirect(statements, add);
  spans.sort((a, b) => a.start - b.start);
  let masked = '';
  let last = 0;
  for (const { start, end } of spans) {
    if (start - at < last) continue;
    masked += text.slice(last, start - at) + ' '.repeat(end - start);
    last = end - at;
  }
  masked += text.slice(last);
  return { text: masked, fixed: (offset) => isInside(spans, offset) };
}

/** Whether an offset is in one of some sorted spans. */
function isInside(spans: readonly Span[], offset: number): boolean {
  let [low, high] = [0, spans.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((spans[middle]?.start ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  const found = spans[low - 1];
  return found !== undefined && offset < found.end;
}

function eachRedirect(statements: readonly Statement[], use: (redirect: Redirect) => void): void {
  for (const one of statements) {
    if (one.kind === 'pipeline' || one.kind === 'chain') eachRedirect(one.parts, use);
    else {
      one.redirects.forEach(use);
      const words = one.kind === 'command' ? [...one.assignments, ...one.args] : one.words;
      for (const { scripts } of words) eachRedirect(scripts, use);
      if (one.kind === 'block') eachRedirect(one.bodies, use);
    }
  }
}

interface Body {
  readonly text: string;
  readonly lines: readonly Row[];
  readonly states: readonly (LineState | undefined)[];
  readonly script: Script;
  readonly tabSize: number;
}

const closing = /^(?:fi|done|esac|else|elif|\}|\)|;;)/;

/** For each line, its level; undefined if its indentation must not change. */
function levelsOf(body: Body): readonly (number | undefined)[] {
  const { text, lines, states, script, tabSize } = body;
  const first = lines.find((row, i) => !row.empty && states[i]?.isComment === false);
  // The author decides whether scripts are indented.
  const base: BodyPlace = { deeper: first && first.from > first.start ? 1 : 0 };
  const widths = lines.map((row) => widthOf(text, row, tabSize));
  const levels: (number | undefined)[] = [];
  // The first line that continues a statement decides for all.
  let steps: Map<number, number> | undefined;
  for (const [i, row] of lines.entries()) {
    const state = states[i];
    const isFree = state && state.start !== 'none' && isApart(body, i);
    if (!isFree || row.empty || state.isComment) {
      levels.push(undefined);
      continue;
    }
    const place = bodyPlace(script.statements, { offset: row.from, text }, base);
    const isNested = place.inSubstitution === true;
    if (place.inWord || isNested !== (state.start === 'substitution')) {
      levels.push(undefined);
      continue;
    }
    const { anchor, deeper, continues } = place;
    if (anchor === undefined) levels.push(deeper);
    else {
      const above = rowIndexAt(lines, anchor);
      const level = levels[above];
      const isDeeper = (widths[i] ?? 0) > (widths[above] ?? 0);
      const step = continues ? (steps?.get(anchor) ?? (isDeeper ? 1 : 0)) : 0;
      if (continues) (steps ??= new Map()).set(anchor, step);
      levels.push(level === undefined ? undefined : level + deeper + step);
    }
  }
  addCommentLevels(body, widths, levels);
  return levels;
}

/** Comments are indented like the next line; above the end of a block, like its content unless they are not deeper. */
function addCommentLevels(
  body: Body,
  widths: readonly number[],
  levels: (number | undefined)[],
): void {
  const { text, lines, states } = body;
  // After the last command, like the script.
  let level = levels.find((one) => one !== undefined);
  let inner = level;
  let width = Infinity;
  for (let i = lines.length - 1; i >= 0; i--) {
    const row = lines[i];
    if (row === undefined || row.empty) continue;
    if (states[i]?.isComment === true) {
      if (isApart(body, i)) levels[i] = (widths[i] ?? 0) > width ? inner : level;
      continue;
    }
    level = levels[i];
    const isClosing = level !== undefined && closing.test(text.slice(row.from, row.from + 5));
    inner = isClosing ? (level ?? 0) + 1 : level;
    width = widths[i] ?? 0;
  }
}

/** Whether more or less whitespace before a line changes nothing: it starts a line for the shell, or follows whitespace. */
function isApart({ text, lines, states }: Body, index: number): boolean {
  const before = lines[index - 1];
  const row = lines[index];
  if (row === undefined || before === undefined) return row !== undefined;
  if (states[index - 1]?.isContinued !== true) return true;
  // The end of the text before the escaped line break.
  const end = before.to - 1;
  return /[ \t]/.test(text.charAt(end - 1)) && text.charAt(end - 2) !== '\\';
}
