import { withoutRoom } from '../text/exact-array.ts';
import type { MaskedText, Span } from '../text/span.ts';
import { BACKSLASH, BRACKET, CLOSE_BRACKET, COMMA, DOUBLE_QUOTE, SPACE } from './characters.ts';
import type { Draft } from './instruction-draft.ts';
import { jsonArray, type JsonString, skipJsonSpace } from './json.ts';
import { type Line, nextBreak, offsetAt, partAt, spanOf } from './lexer.ts';
import type { CommandLine, Variable, Word } from './tree.ts';
import { trouble, type SyntaxTrouble } from './trouble.ts';
import { decodedWord, isPlain } from './words.ts';

/** The arguments as an array of strings. An array that contains anything else is an error and is not used. */
export function stringArray(
  { line, to, reader, node }: Draft,
  from: number,
): readonly JsonString[] | undefined {
  if (line.text.charCodeAt(from) !== BRACKET) return undefined;
  const array = jsonArray(line.text, from, to);
  if (array !== 'other') return array;
  reader.errors.push(trouble('not-string-array', { span: spanOf(line, from, to) }, node.kind));
  return undefined;
}

/** BuildKit line_parsers.go, parseMaybeJSON. */
export function readCommand(draft: Draft, from: number): CommandLine | undefined {
  const { line, to } = draft;
  if (from >= to) return undefined;
  const span = spanOf(line, from, to);
  if (line.text.charCodeAt(from) === BRACKET) {
    const argv = plainArray(line, from, to) ?? writtenArray(draft, from);
    if (argv) return { form: 'exec', span, argv };
  }
  return { form: 'shell', span, script: maskScript(line, from, span) };
}

/** The words of an array of one or more strings without escapes, as nearly all are; undefined for anything else. */
function plainArray(line: Line, from: number, to: number): readonly Word[] | undefined {
  const { text } = line;
  const words: Word[] = [];
  let at = from;
  do {
    const open = skipJsonSpace(text, at + 1, to);
    if (text.charCodeAt(open) !== DOUBLE_QUOTE) return undefined;
    let close = open + 1;
    for (let code = 0; code !== DOUBLE_QUOTE; close++) {
      code = text.charCodeAt(close);
      if (close >= to || code < SPACE || code === BACKSLASH) return undefined;
    }
    words.push({
      span: spanOf(line, open, close),
      raw: text.slice(open, close),
      text: text.slice(open + 1, close - 1),
      variables: noVariables,
      quote: '"',
    });
    at = skipJsonSpace(text, close, to);
  } while (text.charCodeAt(at) === COMMA);
  return at === to - 1 && text.charCodeAt(at) === CLOSE_BRACKET ? withoutRoom(words) : undefined;
}

function writtenArray(draft: Draft, from: number): readonly Word[] | undefined {
  const array = stringArray(draft, from);
  return array && jsonWords(draft.line, array, 'written');
}

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
