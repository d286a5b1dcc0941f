/** Heredocs whose script formatting leaves as it is, found without reading it. */
import { SPACE, TAB } from '../../syntax/characters.ts';
import { type FormatOptions, indentation } from './options.ts';
import { isReserved, plainWordEnd } from './plain-words.ts';
import { isSpaceOrTab, type Rows } from './rows.ts';

/**
 * Whether the lines between the first and the last one of an instruction have nothing to format, if they are the script of a
 * heredoc: each is a command of plain words with single spaces, and all are indented alike. Scripts that cannot be read are not
 * formatted at all, and nor are several heredocs.
 */
export function hasPlainBody(
  rows: Rows,
  first: number,
  last: number,
  options: FormatOptions,
): boolean {
  const { text } = rows;
  let indent: string | undefined;
  for (let at = first + 1; at < last; at++) {
    const start = rows.start(at);
    // Without the line break.
    const end = rows.start(at + 1) - 1;
    if (start === end) continue;
    // The author decides whether the script is indented.
    indent ??= isSpaceOrTab(text.charCodeAt(start)) ? bodyIndent(rows, first, start, options) : '';
    if (!text.startsWith(indent, start)) return false;
    if (!isPlainCommand(text, start + indent.length, end)) return false;
  }
  return true;
}

/** The indentation of a script whose first line is indented. With `<<-`, which removes tabs, tabs stay tabs. */
function bodyIndent(rows: Rows, first: number, start: number, options: FormatOptions): string {
  const { text } = rows;
  const isTabbed = text.charCodeAt(start) === TAB;
  if (isTabbed && text.slice(rows.start(first), rows.start(first + 1)).includes('<<-')) return '\t';
  return indentation(options, 1);
}

function isPlainCommand(text: string, from: number, end: number): boolean {
  let at = plainWordEnd(text, from, end);
  if (at === from || isReserved(text, from, at)) return false;
  while (at < end) {
    if (text.charCodeAt(at) !== SPACE) return false;
    const start = at + 1;
    at = plainWordEnd(text, start, end);
    if (at === start) return false;
  }
  return true;
}
