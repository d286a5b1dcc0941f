/** Formatting while typing: a new line in a continued instruction is indented like the lines before it. */
import { document as documentOf, type Document } from '../../model/document.ts';
import { type Edit, replace } from '../../text/edit.ts';
import { type FormatOptions, indentation } from './options.ts';
import { quoteWalker } from './quotes.ts';
import { isSpaceOrTab, type Row, Rows } from './rows.ts';

/** Edits for the line at an offset, right after its line break was typed. */
export function onNewLine(
  { uri, text }: Document,
  offset: number,
  options: FormatOptions,
): readonly Edit[] {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  // The text below does not belong to the line yet, so only the text above determines its indentation.
  const above = documentOf(uri, text.slice(0, start));
  const indent = start === 0 ? undefined : nextLineIndent(above, options);
  if (indent === undefined) return [];
  let end = start;
  while (end < text.length && isSpaceOrTab(text.charCodeAt(end))) end++;
  const place = { start, end };
  return text.slice(start, end) === indent ? [] : [replace(place, indent)];
}

/**
 * The indentation for a line after the end of a text; undefined if nothing continues there, or if whitespace is
 * significant.
 */
function nextLineIndent({ text, tree }: Document, options: FormatOptions): string | undefined {
  const instruction = tree.instructions.at(-1);
  const rows = new Rows(text);
  const last = rows.at(rows.count - 1);
  if (instruction === undefined || last === undefined) return undefined;
  const { span, kind, heredocs } = instruction;
  const isContinued =
    heredocs.length === 0 &&
    kind !== 'unknown' &&
    text.charAt(last.to - 1) === tree.escape &&
    text.charAt(last.to - 2) !== tree.escape &&
    span.end === last.to;
  // If a line ends within a word or in quotes, whitespace on the next line is significant.
  if (!isContinued || !/[ \t;&|]/.test(text.charAt(last.to - 2))) return undefined;
  const before = text.slice(span.start, last.to - 1).replace(/^\s*#.*$/gm, '');
  if (quoteWalker(before)(before.length) !== 'outside') return undefined;
  return last.start > span.start ? indentOfRow(text, last) : indentation(options, 1);
}

function indentOfRow(text: string, { start, from }: Row): string {
  return text.slice(start, from);
}
