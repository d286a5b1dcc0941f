import { withoutRoom } from '../text/exact-array.ts';
import type { MaskedText, Span } from '../text/span.ts';
import type { JsonString } from './json.ts';
import { type Line, nextBreak, offsetAt, partAt, spanOf } from './lexer.ts';
import type { Variable, Word } from './tree.ts';
import type { SyntaxTrouble } from './trouble.ts';
import { decodedWord, isPlain } from './words.ts';

/** The words of a JSON array, all of which are in double quotes. */
export function jsonWords(
  line: Line,
  strings: readonly JsonString[],
  use: 'written' | 'expanded',
  errors?: SyntaxTrouble[],
): readonly Word[] {
  const escape = line.escape.charCodeAt(0);
  const words: Word[] = [];
  for (const { from, to, text, indices } of strings) {
    const raw = line.text.slice(from, to);
    const isWritten = use === 'written' || isPlain(text, 0, text.length, escape);
    words.push(
      isWritten
        ? { span: spanOf(line, from, to), raw, text, variables: noVariables, quote: '"' }
        : decodedWord(line, from, to, text, indices, true, errors),
    );
  }
  return withoutRoom(words);
}

const noVariables: readonly Variable[] = [];

/**
 * The script at a place that begins at an index of the line, with exactly the length of that place. Continuations are
 * written as in a shell; comments and empty lines between them are replaced with spaces.
 */
export function maskScript(line: Line, from: number, { start, end }: Span): MaskedText {
  const text = line.isShell ? line.document.slice(start, end) : maskedText(line, from, end);
  return { at: start, text };
}

function maskedText(line: Line, from: number, end: number): string {
  const { document, escape, partStarts, partOffsets, text } = line;
  let result = '';
  let copiedTo = offsetAt(line, from);
  for (let part = partAt(line, from); part + 1 < partOffsets.length; part++) {
    const partStart = partOffsets[part] ?? 0;
    const partEnd = partStart + (partStarts[part + 1] ?? text.length) - (partStarts[part] ?? 0);
    const next = partOffsets[part + 1] ?? end;
    if (next >= end) break;
    // A backslash directly before the line feed is already what the shell expects.
    if (next === partEnd + 2 && escape === '\\') continue;
    const nextLine = nextBreak(document, partEnd) + 1;
    result += document.slice(copiedTo, partEnd) + ' '.repeat(nextLine - partEnd - 2) + '\\\n';
    result += ' '.repeat(next - nextLine);
    copiedTo = next;
  }
  return result + document.slice(copiedTo, end);
}
