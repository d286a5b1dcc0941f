import { BACKSLASH, DASH, DOUBLE_QUOTE, isSpace, SINGLE_QUOTE } from './characters.ts';
import { type Line, skipSpace, spanOf } from './lexer.ts';
import type { Flag } from './tree.ts';
import type { SyntaxTrouble } from './trouble.ts';
import { decodedWord } from './words.ts';

/** Flags whose values BuildKit expands (instructions/commands.go, Expand). */
const expanding: ReadonlySet<string> = new Set([
  'chown',
  'chmod',
  'checksum',
  'exclude',
  'platform',
  'mount',
]);

/** A flag as BuildKit hears it: without quotes and backslashes. */
interface Heard {
  readonly text: string;
  /** Where each character stood, where quotes or backslashes were taken off. */
  readonly indices: readonly number[] | undefined;
  readonly end: number;
}

/** Reads one word; the escape character is always the backslash here. */
function hear(text: string, from: number, to: number): Heard {
  let at = from;
  while (at < to) {
    const code = text.charCodeAt(at);
    if (isSpace(code)) break;
    if (code === BACKSLASH || code === DOUBLE_QUOTE || code === SINGLE_QUOTE) {
      return hearQuoted(text, from, at, to);
    }
    at++;
  }
  return { text: text.slice(from, at), indices: undefined, end: at };
}

function hearQuoted(text: string, from: number, special: number, to: number): Heard {
  const indices: number[] = [];
  for (let i = from; i < special; i++) indices.push(i);
  const parts = [text.slice(from, special)];
  let quote = 0;
  let at = special;
  for (; at < to; at++) {
    const code = text.charCodeAt(at);
    if (quote === 0 && isSpace(code)) break;
    if (code === quote) quote = 0;
    else if (quote === 0 && (code === DOUBLE_QUOTE || code === SINGLE_QUOTE)) quote = code;
    else if (code !== BACKSLASH || ++at < to) {
      indices.push(at);
      parts.push(text.charAt(at));
    }
  }
  return { text: parts.join(''), indices, end: Math.min(at, to) };
}

function flag(line: Line, from: number, heard: Heard, errors: SyntaxTrouble[] | undefined): Flag {
  const { text, indices, end } = heard;
  const equals = text.indexOf('=');
  const index = (i: number): number => (indices ? (indices[i] ?? end) : from + i);
  const nameText = text.slice(2, equals < 0 ? undefined : equals);
  const nameFrom = index(1) + 1;
  const nameTo = equals < 0 ? end : index(equals);
  const name = decodedWord(line, nameFrom, nameTo, nameText, undefined, false, undefined);
  const span = spanOf(line, from, end);
  if (equals < 0) return { span, name, value: undefined };
  const valueFrom = index(equals) + 1;
  const valueIndices = indices?.slice(equals + 1) ?? undefined;
  const expands = expanding.has(nameText);
  const valueText = text.slice(equals + 1);
  const value = decodedWord(line, valueFrom, end, valueText, valueIndices, expands, errors);
  return { span, name, value };
}

/** The flags in front of the arguments and where these begin (BuildKit split_command.go, extractBuilderFlags). */
export function readFlags(
  line: Line,
  from: number,
  to: number,
  errors: SyntaxTrouble[] | undefined,
): { readonly flags: readonly Flag[]; readonly rest: number } {
  const { text } = line;
  const flags: Flag[] = [];
  let at = skipSpace(text, from, to);
  while (at + 1 < to && text.charCodeAt(at) === DASH && text.charCodeAt(at + 1) === DASH) {
    const heard = hear(text, at, to);
    if (heard.text !== '--') flags.push(flag(line, at, heard, errors));
    at = skipSpace(text, heard.end, to);
    if (heard.text === '--') break;
  }
  return { flags, rest: at };
}
