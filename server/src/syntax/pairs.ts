import { isDelimiter } from './characters.ts';
import type { Draft } from './instruction-draft.ts';
import { withoutRoom } from '../text/exact-array.ts';
import { skipSpace, spanOf } from './lexer.ts';
import type { Pair, Word } from './tree.ts';
import { equalsAt, expandedWord, plainWord, quotedEnd } from './words.ts';
import { trouble } from './trouble.ts';

function emptyWord(start: number): Word {
  return { span: { start, end: start }, raw: '', text: '', variables: [], quote: undefined };
}

/** `ENV key the rest of the line`: one pair without an equals sign. */
function legacyPair({ line, from, to, errors, reader, node }: Draft): readonly Pair[] {
  const { text } = line;
  let keyEnd = from;
  while (keyEnd < to && !isDelimiter(text.charCodeAt(keyEnd))) keyEnd++;
  let at = keyEnd;
  while (at < to && isDelimiter(text.charCodeAt(at))) at++;
  const key = expandedWord(line, from, keyEnd, errors);
  const span = spanOf(line, from, to);
  if (at >= to) {
    reader.errors.push(trouble('missing-value', { span }, node.kind, key.raw));
    return [{ span, key, value: undefined, legacy: true }];
  }
  const value = expandedWord(line, at, to, errors);
  return [{ span, key, value, legacy: true }];
}

/**
 * The pairs of ENV and LABEL and the names of ARG (BuildKit line_parsers.go, parseNameVal and parseNameOrNameVal). The
 * first word decides between `key=value …` and the legacy form. The names of ARG are not expanded.
 */
export function readPairs(draft: Draft): readonly Pair[] {
  const { line, from, to, reader, node, errors } = draft;
  const { text } = line;
  const { kind } = node;
  const isArg = kind === 'ARG';
  const escape = line.escape.charCodeAt(0);
  const pairs: Pair[] = [];
  let start = skipSpace(text, from, to);
  // An escape character alone at the end is not a word.
  while (start < to && (start < to - 1 || text.charCodeAt(start) !== escape)) {
    const end = quotedEnd(text, start, to, escape);
    const equals = equalsAt(text, start, end);
    if (equals === end && !isArg && pairs.length === 0) return legacyPair(draft);
    const span = spanOf(line, start, end);
    if (equals === start) errors?.push(trouble('empty-name', { span }, kind));
    const key =
      equals === start
        ? emptyWord(span.start)
        : isArg
          ? plainWord(line, start, equals)
          : expandedWord(line, start, equals, errors);
    const value = equals < end ? expandedWord(line, equals + 1, end, errors) : undefined;
    pairs.push({ span, key, value, legacy: false });
    if (equals === end && !isArg)
      reader.errors.push(trouble('missing-equals', { span }, kind, key.raw));
    start = skipSpace(text, end, to);
  }
  if (pairs.length === 0) errors?.push(trouble('no-arguments', node.keyword, kind));
  return withoutRoom(pairs);
}
