import { isDelimiter } from './characters.ts';
import type { Draft } from './instruction-draft.ts';
import { withoutRoom } from './exact-array.ts';
import { spanOf } from './lexer.ts';
import type { Pair, Word } from './tree.ts';
import { expandedWord, plainWord, quotedRanges } from './words.ts';
import { trouble } from './trouble.ts';

interface Pairs {
  readonly pairs: readonly Pair[];
  readonly words: readonly Word[];
}

const EQUALS = 61;

/** The index of the first equals sign in a range, or its end. */
function equalsAt(text: string, from: number, to: number): number {
  let at = from;
  while (at < to && text.charCodeAt(at) !== EQUALS) at++;
  return at;
}

/** Parses a word as `key=value` or as `key` alone. The names of ARG are not expanded. */
function pairAt(draft: Draft, word: Word, from: number, to: number, equals: number): Pair {
  const { line, errors, kind } = draft;
  const { span } = word;
  if (equals === to) {
    const key = kind === 'ARG' ? word : expandedWord(line, from, to, errors);
    return { span, key, value: undefined, legacy: false };
  }
  const key = keyAt(draft, word, from, equals);
  return { span, key, value: expandedWord(line, equals + 1, to, errors), legacy: false };
}

function keyAt({ line, errors, kind }: Draft, word: Word, from: number, equals: number): Word {
  if (equals > from)
    return kind === 'ARG'
      ? plainWord(line, from, equals)
      : expandedWord(line, from, equals, errors);
  const { start } = word.span;
  return { span: { start, end: start }, raw: '', text: '', variables: [], quote: undefined };
}

/** `ENV key the rest of the line`: one pair without an equals sign. */
function legacyPair(draft: Draft, kind: string): Pairs {
  const { line, from, to, errors, reader } = draft;
  const { text } = line;
  let keyEnd = from;
  while (keyEnd < to && !isDelimiter(text.charCodeAt(keyEnd))) keyEnd++;
  let at = keyEnd;
  while (at < to && isDelimiter(text.charCodeAt(at))) at++;
  const key = expandedWord(line, from, keyEnd, errors);
  const span = spanOf(line, from, to);
  if (at >= to) {
    reader.errors.push(trouble('missing-value', { span }, kind, key.raw));
    return { pairs: [{ span, key, value: undefined, legacy: true }], words: [key] };
  }
  const value = expandedWord(line, at, to, errors);
  return { pairs: [{ span, key, value, legacy: true }], words: [key, value] };
}

/**
 * The pairs of ENV and LABEL and the names of ARG (BuildKit line_parsers.go, parseNameVal and parseNameOrNameVal). The
 * first word decides between `key=value …` and the legacy form.
 */
export function readPairs(draft: Draft, kind: 'ARG' | 'ENV' | 'LABEL'): Pairs {
  const { line, from, to, reader } = draft;
  const { text } = line;
  const ranges = quotedRanges(text, from, to, line.escape.charCodeAt(0));
  const words: Word[] = [];
  const pairs: Pair[] = [];
  for (let i = 0; i + 1 < ranges.length; i += 2) {
    const start = ranges[i] ?? 0;
    const end = ranges[i + 1] ?? 0;
    const equals = equalsAt(text, start, end);
    if (i === 0 && equals === end && kind !== 'ARG') return legacyPair(draft, kind);
    const word = plainWord(line, start, end);
    words.push(word);
    pairs.push(pairAt(draft, word, start, end, equals));
    if (kind === 'ARG' || equals < end) continue;
    reader.errors.push(trouble('missing-equals', { span: word.span }, kind, word.raw));
  }
  return { pairs: withoutRoom(pairs), words: withoutRoom(words) };
}
