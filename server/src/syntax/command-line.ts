import { withoutRoom } from '../text/exact-array.ts';
import type { MaskedText, Span } from '../text/span.ts';
import { BACKSLASH, BRACKET, CLOSE_BRACKET, COMMA, DOUBLE_QUOTE, SPACE } from './characters.ts';
import type { Draft } from './instruction-draft.ts';
import { jsonArray, skipJsonSpace } from './json.ts';
import { type Line, nextBreak, offsetAt, partAt, spanOf } from './lexer.ts';
import type { Variable, Word } from './tree.ts';
import { trouble } from './trouble.ts';
import { decodedWord, isPlain, plainWord } from './words.ts';

/** Sets the command that begins at an index (BuildKit line_parsers.go, parseMaybeJSON). */
export function readCommand(draft: Draft, from: number): void {
  const { node, line, to } = draft;
  if (from >= to) return;
  const span = spanOf(line, from, to);
  const argv = line.text.charCodeAt(from) === BRACKET ? arrayWords(draft, from, false) : undefined;
  if (argv) {
    node.command = { form: 'exec', span, argv };
    return;
  }
  node.command = { form: 'shell', span, script: maskScript(line, from, span) };
  // If it is not continued, the words follow from the command.
  if (line.partStarts.length > 0) node.listed = [plainWord(line, from, to)];
}

/**
 * The words of an array of strings, which begins with the bracket at an index; undefined if it is not valid. An array that
 * contains anything else is an error and is not used.
 */
export function arrayWords(
  draft: Draft,
  from: number,
  expands: boolean,
): readonly Word[] | undefined {
  const { line, to } = draft;
  return plainArray(line, from, to, expands) ?? anyArray(draft, from, expands);
}

/** An array of one or more strings without escapes and, if they are expanded, without variables, as nearly all are. */
function plainArray(
  line: Line,
  from: number,
  to: number,
  expands: boolean,
): readonly Word[] | undefined {
  const { text } = line;
  const words: Word[] = [];
  let at = from;
  do {
    const open = skipJsonSpace(text, at + 1, to);
    if (text.charCodeAt(open) !== DOUBLE_QUOTE) return undefined;
    let close = open + 1;
    for (let code = text.charCodeAt(close); code !== DOUBLE_QUOTE; code = text.charCodeAt(++close))
      if (close >= to || code < SPACE || code === BACKSLASH) return undefined;
    if (expands && !isPlain(text, open + 1, close, line.escape.charCodeAt(0))) return undefined;
    words.push({
      span: spanOf(line, open, close + 1),
      raw: text.slice(open, close + 1),
      text: text.slice(open + 1, close),
      variables: noVariables,
      quote: '"',
    });
    at = skipJsonSpace(text, close + 1, to);
  } while (text.charCodeAt(at) === COMMA);
  return at === to - 1 && text.charCodeAt(at) === CLOSE_BRACKET ? withoutRoom(words) : undefined;
}

function anyArray(draft: Draft, from: number, expands: boolean): readonly Word[] | undefined {
  const { line, to, reader, node, errors } = draft;
  const array = jsonArray(line.text, from, to);
  if (array !== 'other')
    return array?.map((string) =>
      decodedWord(line, string.from, string.to, string.text, string.indices, expands, errors),
    );
  reader.errors.push(trouble('not-string-array', { span: spanOf(line, from, to) }, node.kind));
  return undefined;
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
