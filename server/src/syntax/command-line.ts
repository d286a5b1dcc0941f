import type { MaskedText } from '../text/span.ts';
import type { JsonString } from './json.ts';
import { type Line, nextBreak, offsetAt, partAt, spanOf } from './lexer.ts';
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
export function maskScript(line: Line, from: number, end: number): MaskedText {
  const at = offsetAt(line, from);
  const { document, escape, partStarts, partOffsets, text } = line;
  if (partStarts.length === 0) return { at, text: document.slice(at, end) };
  let result = '';
  let copiedTo = at;
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
  return { at, text: result + document.slice(copiedTo, end) };
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
  return { form: 'shell', span: { start, end }, script: maskScript(line, from, end) };
}
