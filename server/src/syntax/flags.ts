import { withoutRoom } from '../text/exact-array.ts';
import { BACKSLASH, DOUBLE_QUOTE, isSpace, SINGLE_QUOTE } from './characters.ts';
import { type Line, skipSpace, spanOf } from './lexer.ts';
import type { Flag } from './tree.ts';
import type { SyntaxTrouble } from './trouble.ts';
import { decodedWord, equalsAt, isPlain, plainWord } from './words.ts';

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
  /** The index of each character in the line. */
  readonly indices: readonly number[];
  readonly end: number;
}

/** Reads one word. The escape character is always the backslash here. */
function readFlagText(text: string, from: number, to: number): FlagText {
  const indices: number[] = [];
  let read = '';
  let quote = 0;
  let at = from;
  for (; at < to; at++) {
    const code = text.charCodeAt(at);
    if (quote === 0 && isSpace(code)) break;
    if (code === quote) quote = 0;
    else if (quote === 0 && (code === DOUBLE_QUOTE || code === SINGLE_QUOTE)) quote = code;
    else if (code !== BACKSLASH || ++at < to) {
      indices.push(at);
      read += text.charAt(at);
    }
  }
  return { text: read, indices, end: Math.min(at, to) };
}

function parseFlag(
  line: Line,
  from: number,
  { text, indices, end }: FlagText,
  errors: SyntaxTrouble[] | undefined,
): Flag {
  const equals = text.indexOf('=');
  const index = (i: number): number => indices[i] ?? end;
  const nameText = text.slice(2, equals < 0 ? undefined : equals);
  const nameFrom = index(1) + 1;
  const nameTo = equals < 0 ? end : index(equals);
  const name = decodedWord(line, nameFrom, nameTo, nameText, undefined, false, undefined);
  const span = spanOf(line, from, end);
  if (equals < 0) return { span, name, value: undefined };
  const valueFrom = index(equals) + 1;
  const valueIndices = indices.slice(equals + 1);
  const expands = expandedFlags.has(nameText);
  const valueText = text.slice(equals + 1);
  const value = decodedWord(line, valueFrom, end, valueText, valueIndices, expands, errors);
  return { span, name, value };
}

/** A flag without quotes, escapes and variables, as most are. */
function plainFlag(line: Line, from: number, end: number): Flag {
  const equals = equalsAt(line.text, from, end);
  const value = equals < end ? plainWord(line, equals + 1, end) : undefined;
  return { span: spanOf(line, from, end), name: plainWord(line, from + 2, equals), value };
}

/** The flags at an index, and where the arguments begin (BuildKit split_command.go, extractBuilderFlags). */
export function readFlags(
  line: Line,
  from: number,
  to: number,
  errors: SyntaxTrouble[] | undefined,
): { readonly flags: readonly Flag[]; readonly rest: number } {
  const { text, escape } = line;
  const flags: Flag[] = [];
  let at = from;
  let isLast = false;
  while (!isLast && at + 1 < to && text.startsWith('--', at)) {
    let end = at + 2;
    while (end < to && !isSpace(text.charCodeAt(end))) end++;
    isLast = end === at + 2;
    if (!isLast && escape === '\\' && isPlain(text, at, end, BACKSLASH))
      flags.push(plainFlag(line, at, end));
    else if (!isLast) {
      const flagText = readFlagText(text, at, to);
      ({ end } = flagText);
      isLast = flagText.text === '--';
      if (!isLast) flags.push(parseFlag(line, at, flagText, errors));
    }
    at = skipSpace(text, end, to);
  }
  return { flags: withoutRoom(flags), rest: at };
}
