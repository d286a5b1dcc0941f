import { isDelimiter } from './characters.ts';
import type { Draft } from './instruction-draft.ts';
import { withoutRoom } from '../text/exact-array.ts';
import { spanOf } from './lexer.ts';
import type { Pair, Word } from './tree.ts';
import { equalsAt, expandedWord, plainWord, quotedRanges } from './words.ts';
import { trouble } from './trouble.ts';

/** Parses a word as `key=value` or as `key` alone. The names of ARG are not expanded. */
function pairAt({ line, errors, kind }: Draft, from: number, to: number, equals: number): Pair {
  const span = spanOf(line, from, to);
  if (equals === from) errors?.push(trouble('empty-name', { span }, kind));
  const key =
    equals === from
      ? emptyWord(span.start)
      : kind === 'ARG'
        ? plainWord(line, from, equals)
        : expandedWord(line, from, equals, errors);
  const value = equals < to ? expandedWord(line, equals + 1, to, errors) : undefined;
  return { span, key, value, legacy: false };
}

function emptyWord(start: number): Word {
  return { span: { start, end: start }, raw: '', text: '', variables: [], quote: undefined };
}

/** `ENV key the rest of the line`: one pair without an equals sign. */
function legacyPair({ line, from, to, errors, reader, kind }: Draft): readonly Pair[] {
  const { text } = line;
  let keyEnd = from;
  while (keyEnd < to && !isDelimiter(text.charCodeAt(keyEnd))) keyEnd++;
  let at = keyEnd;
  while (at < to && isDelimiter(text.charCodeAt(at))) at++;
  const key = expandedWord(line, from, keyEnd, errors);
  const span = spanOf(line, from, to);
  if (at >= to) {
    reader.errors.push(trouble('missing-value', { span }, kind, key.raw));
    return [{ span, key, value: undefined, legacy: true }];
  }
  const value = expandedWord(line, at, to, errors);
  return [{ span, key, value, legacy: true }];
}

/**
 * The pairs of ENV and LABEL and the names of ARG (BuildKit line_parsers.go, parseNameVal and parseNameOrNameVal). The
 * first word decides between `key=value …` and the legacy form.
 */
export function readPairs(draft: Draft): readonly Pair[] {
  const { line, from, to, reader, kind } = draft;
  const { text } = line;
  const ranges = quotedRanges(text, from, to, line.escape.charCodeAt(0));
  const pairs: Pair[] = [];
  for (let i = 0; i + 1 < ranges.length; i += 2) {
    const start = ranges[i] ?? 0;
    const end = ranges[i + 1] ?? 0;
    const equals = equalsAt(text, start, end);
    if (i === 0 && equals === end && kind !== 'ARG') return legacyPair(draft);
    const pair = pairAt(draft, start, end, equals);
    pairs.push(pair);
    if (kind === 'ARG' || equals < end) continue;
    reader.errors.push(trouble('missing-equals', pair, kind, pair.key.raw));
  }
  return withoutRoom(pairs);
}
