/** Formatting while somebody types: a new line in an instruction that goes on begins where such lines do. */
import { document as documentOf, type Document } from '../../model/document.ts';
import { type Edit, replace } from '../../text/edit.ts';
import { type FormatOptions, indentation } from './options.ts';
import { quoteWalker } from './quotes.ts';
import { isPlainBlank, type Row, rowsOf } from './rows.ts';

/** What becomes of the line on which an offset is, right after its line break was typed. */
export function onNewLine(
  { uri, text }: Document,
  offset: number,
  options: FormatOptions,
): readonly Edit[] {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  // What is below is not yet part of anything: only what is above tells where the line belongs.
  const above = documentOf(uri, text.slice(0, start));
  const indent = start === 0 ? undefined : belowOf(above, options);
  if (indent === undefined) return [];
  let end = start;
  while (end < text.length && isPlainBlank(text.charCodeAt(end))) end++;
  const place = { start, end };
  return text.slice(start, end) === indent ? [] : [replace(place, indent)];
}

/** The blanks for a line behind the end of a text; undefined where nothing goes on there, or blanks count. */
function belowOf({ text, tree }: Document, options: FormatOptions): string | undefined {
  const instruction = tree.instructions.at(-1);
  const rows = rowsOf(text);
  const last = rows.at(-1);
  if (instruction === undefined || last === undefined) return undefined;
  const { span, kind, heredocs } = instruction;
  const goesOn =
    heredocs.length === 0 &&
    kind !== 'unknown' &&
    text.charAt(last.to - 1) === tree.escape &&
    text.charAt(last.to - 2) !== tree.escape &&
    span.end === last.to;
  // A line that ends within a word or in quotes has blanks of its own.
  if (!goesOn || !/[ \t;&|]/.test(text.charAt(last.to - 2))) return undefined;
  const before = text.slice(span.start, last.to - 1).replace(/^\s*#.*$/gm, '');
  if (!quoteWalker(before)(before.length)) return undefined;
  return last.start > span.start ? blanksOf(text, last) : indentation(options, 1);
}

function blanksOf(text: string, { start, from }: Row): string {
  return text.slice(start, from);
}
