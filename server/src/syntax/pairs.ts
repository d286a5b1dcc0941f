import type { Draft } from './build.ts';
import { isBlank } from './characters.ts';
import { spanOf } from './lexer.ts';
import type { Pair, Word } from './tree.ts';
import { eachRange, expandedWord, plainWord, quotedRanges } from './words.ts';

interface Pairs {
  readonly pairs: readonly Pair[];
  readonly words: readonly Word[];
}

/** `key=value` or `key` alone at a range of the line. The names of ARG are not expanded. */
function pairAt({ line, errors, kind }: Draft, from: number, to: number): Pair {
  const span = spanOf(line, from, to);
  const equals = line.text.indexOf('=', from);
  const keyEnd = equals < 0 || equals >= to ? to : equals;
  const key =
    kind === 'ARG' ? plainWord(line, from, keyEnd) : expandedWord(line, from, keyEnd, errors);
  if (keyEnd === to) return { span, key, legacy: false };
  return { span, key, value: expandedWord(line, equals + 1, to, errors), legacy: false };
}

/** `ENV key the rest of the line`: one pair without an equals sign. */
function legacyPair(draft: Draft, kind: string): Pairs {
  const { line, from, to, errors, reading } = draft;
  const { text } = line;
  let keyEnd = from;
  while (keyEnd < to && !isBlank(text.charCodeAt(keyEnd))) keyEnd++;
  let at = keyEnd;
  while (at < to && isBlank(text.charCodeAt(at))) at++;
  const key = expandedWord(line, from, keyEnd, errors);
  const span = spanOf(line, from, to);
  if (at >= to) {
    reading.errors.push({ code: 'missing-value', values: [kind, key.raw], span });
    return { pairs: [{ span, key, legacy: true }], words: [key] };
  }
  const value = expandedWord(line, at, to, errors);
  return { pairs: [{ span, key, value, legacy: true }], words: [key, value] };
}

/**
 * The pairs of ENV and LABEL, the names of ARG (BuildKit line_parsers.go, parseNameVal and parseNameOrNameVal): the
 * first word decides between `key=value …` and the old form.
 */
export function readPairs(draft: Draft, kind: 'ARG' | 'ENV' | 'LABEL'): Pairs {
  const { line, from, to, reading } = draft;
  const ranges = quotedRanges(line.text, from, to, line.escape.charCodeAt(0));
  const words = eachRange(ranges, (a, b) => plainWord(line, a, b));
  const [first] = words;
  if (first === undefined) return { pairs: [], words };
  if (kind !== 'ARG' && !first.raw.includes('=')) return legacyPair(draft, kind);
  const pairs: Pair[] = [];
  words.forEach((word, i) => {
    pairs.push(pairAt(draft, ranges[2 * i] ?? 0, ranges[2 * i + 1] ?? 0));
    if (kind === 'ARG' || word.raw.includes('=')) return;
    reading.errors.push({ code: 'missing-equals', values: [kind, word.raw], span: word.span });
  });
  return { pairs, words };
}
