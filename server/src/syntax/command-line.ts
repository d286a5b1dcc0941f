import type { Masked } from '../text/span.ts';
import type { JsonString } from './json.ts';
import { type Line, nextBreak, offsetAt, pieceAt, spanOf } from './lexer.ts';
import type { CommandLine, Word } from './tree.ts';
import { decodedWord } from './words.ts';

/** The words of a JSON array. */
export function jsonWords(line: Line, strings: readonly JsonString[]): readonly Word[] {
  return strings.map(({ from, to, text, indices }) =>
    decodedWord(line, from, to, text, indices, false, undefined),
  );
}

/**
 * The script from an index of the line to an offset of the document, with exactly the length of that range.
 * Continuations are written as in a shell; comments and empty lines between them are replaced with spaces.
 */
export function masked(line: Line, from: number, end: number): Masked {
  const at = offsetAt(line, from);
  const { document, escape, joins, places, text } = line;
  if (joins.length === 0) return { at, text: document.slice(at, end) };
  let result = '';
  let done = at;
  for (let piece = pieceAt(line, from); piece + 1 < places.length; piece++) {
    const pieceStart = places[piece] ?? 0;
    const hole = pieceStart + (joins[piece + 1] ?? text.length) - (joins[piece] ?? 0);
    const next = places[piece + 1] ?? end;
    if (next >= end) break;
    // A backslash directly before the line feed is already what the shell expects.
    if (next === hole + 2 && escape === '\\') continue;
    const behind = nextBreak(document, hole) + 1;
    result += document.slice(done, hole) + ' '.repeat(behind - hole - 2) + '\\\n';
    result += ' '.repeat(next - behind);
    done = next;
  }
  return { at, text: result + document.slice(done, end) };
}

/** Exec form if the arguments are an array of strings, otherwise shell form. */
export function commandLine(
  line: Line,
  from: number,
  to: number,
  argv: readonly Word[] | undefined,
  end: number,
): CommandLine | undefined {
  if (from >= to) return undefined;
  const { start } = spanOf(line, from, to);
  if (argv) return { form: 'exec', span: { start, end }, argv };
  return { form: 'shell', span: { start, end }, script: masked(line, from, end) };
}
