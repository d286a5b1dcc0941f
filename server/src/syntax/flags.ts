import { BACKSLASH, DASH, DOUBLE_QUOTE, isSpace, SINGLE_QUOTE } from './characters.ts';
import { type Line, skipSpace, spanOf } from './lexer.ts';
import type { Flag } from './tree.ts';
import type { SyntaxTrouble } from './trouble.ts';
import { decodedWord } from './words.ts';

/** Flags whose values BuildKit expands (instructions/commands.go, Expand). */
const expandedFlags: ReadonlySet<string> = new Set([
  'chown',
  'chmod',
  'checksum',
  'exclude',
  'platform',
  'mount',
]);

/** A flag without quotes and backslashes, as BuildKit uses it. */
interface FlagText {
  readonly text: string;
  /** The index of each character in the line; undefined if no quotes or backslashes were removed. */
  readonly indices: readonly number[] | undefined;
  readonly end: number;
}

/** Reads one word. The escape character is always the backslash here. */
function readFlagText(text: string, from: number, to: number): FlagText {
  let at = from;
  while (at < to) {
    const code = text.charCodeAt(at);
    if (isSpace(code)) break;
    if (code === BACKSLASH || code === DOUBLE_QUOTE || code === SINGLE_QUOTE) {
      return readQuotedFlagText(text, from, at, to);
    }
    at++;
  }
  return { text: text.slice(from, at), indices: undefined, end: at };
}

function readQuotedFlagText(text: string, from: number, special: number, to: number): FlagText {
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

function parseFlag(
  line: Line,
  from: number,
  flagText: FlagText,
  errors: SyntaxTrouble[] | undefined,
): Flag {
  const { text, indices, end } = flagText;
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
  const expands = expandedFlags.has(nameText);
  const valueText = text.slice(equals + 1);
  const value = decodedWord(line, valueFrom, end, valueText, valueIndices, expands, errors);
  return { span, name, value };
}

/** The flags before the arguments, and where the arguments begin (BuildKit split_command.go, extractBuilderFlags). */
export function readFlags(
  line: Line,
  from: number,
  to: number,
  errors: SyntaxTrouble[] | undefined,
): { readonly flags: readonly Flag[]; readonly rest: number } {
  const { text } = line;
  let flags: Flag[] | undefined;
  let at = skipSpace(text, from, to);
  while (at + 1 < to && text.charCodeAt(at) === DASH && text.charCodeAt(at + 1) === DASH) {
    const flagText = readFlagText(text, at, to);
    if (flagText.text !== '--') {
      const flag = parseFlag(line, at, flagText, errors);
      if (flags === undefined) flags = [flag];
      else flags.push(flag);
    }
    at = skipSpace(text, flagText.end, to);
    if (flagText.text === '--') break;
  }
  return { flags: flags ?? noFlags, rest: at };
}

const noFlags: readonly Flag[] = [];
