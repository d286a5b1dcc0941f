/** Scripts of plain words, `&&` and `||`, as most are: their layout is known without reading them. */
import { AMPERSAND, PIPE } from '../../shell/posix/characters.ts';
import { BACKSLASH, LF, SPACE } from '../../syntax/characters.ts';
import { type Edit, replace } from '../../text/edit.ts';
import type { MaskedText } from '../../text/span.ts';
import { isReserved, plainWordEnd } from './plain-words.ts';
import { isSpaceOrTab } from './rows.ts';

/** Longer scripts are read, for which there is a limit. */
const longest = 10_000;

/**
 * The offsets where the commands of a script start and end, one after the other. Undefined if the script has anything else
 * than plain words, `&&` and `||`.
 */
export function plainCommands({ at, text }: MaskedText): readonly number[] | undefined {
  const { length } = text;
  if (length > longest) return undefined;
  const commands: number[] = [];
  let isInCommand = false;
  /** The end of the last word. */
  let end = 0;
  for (let index = 0; index < length;) {
    const code = text.charCodeAt(index);
    if (isSpaceOrTab(code)) index++;
    else if (code === BACKSLASH) {
      // A word that ends here could go on below.
      if (text.charCodeAt(index + 1) !== LF || (index === end && isInCommand)) return undefined;
      index += 2;
    } else if (code === AMPERSAND || code === PIPE) {
      if (text.charCodeAt(index + 1) !== code || !isInCommand) return undefined;
      commands.push(at + end);
      isInCommand = false;
      index += 2;
    } else {
      end = plainWordEnd(text, index, length);
      if (end === index) return undefined;
      if (!isInCommand && isReserved(text, index, end)) return undefined;
      if (!isInCommand) commands.push(at + index);
      isInCommand = true;
      index = end;
    }
  }
  if (!isInCommand) return undefined;
  commands.push(at + end);
  return commands;
}

/**
 * The start of the command that goes on at an offset after its start; undefined between commands and at the start of one.
 */
export function continuedCommand(commands: readonly number[], offset: number): number | undefined {
  // Of the starts and ends up to the offset, the last one.
  let low = 0;
  let high = commands.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((commands[middle] ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  // An even index is that of a start.
  const start = (low & 1) === 1 ? commands[low - 1] : undefined;
  return start === offset ? undefined : start;
}

/** Adds the edits that leave one space between words and operators on the same line of such a script. */
export function addPlainGapEdits(text: string, script: MaskedText, edits: Edit[]): void {
  const { at, text: masked } = script;
  const { length } = masked;
  for (let index = 1; index < length; index++) {
    if (!isSpaceOrTab(masked.charCodeAt(index))) continue;
    const start = index;
    while (isSpaceOrTab(masked.charCodeAt(index))) index++;
    if (index === start + 1 && masked.charCodeAt(start) === SPACE) continue;
    // Indentation, and whitespace at the end of a line.
    if (masked.charCodeAt(start - 1) === LF || index >= length) continue;
    const next = masked.charCodeAt(index);
    if (next === BACKSLASH) continue;
    if ((next === AMPERSAND || next === PIPE) && endsLine(text, at + index + 2)) continue;
    edits.push(replace({ start: at + start, end: at + index }, ' '));
  }
}

/** Whether an operator ends a line: it may be aligned with those of other lines. */
export function endsLine(text: string, operatorEnd: number): boolean {
  return /^[ \t]*\\?\r?\n/.test(text.slice(operatorEnd, operatorEnd + 100));
}
