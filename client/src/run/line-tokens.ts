/** Colors of the words in a docker command of a form. */
import type { LineToken } from '../form/page.ts';
import { wordsOf, type Span } from '../command-line/words.ts';
import { optionOf, shortOptions, table, type OptionName } from './options.ts';

/** The tokens of a line, sorted. Its line ends are LF. */
export function lineTokens(line: string): readonly LineToken[] {
  const { words, spans } = wordsOf(line, { folder: undefined, variables: {} });
  const verb = words.findIndex((word) => /^(?:run|create|update|commit)$/.test(word));
  const begin = /^(?:.*[/\\])?\w*docker(?:\.exe)?$/.test(words[0] ?? '') ? verb + 1 : 0;
  const program = spans.slice(0, begin).map((span): LineToken => ({ ...span, color: 'program' }));
  return [...program, ...optionTokens(words, spans, begin)].filter(({ start, end }) => end > start);
}

/** The options, and the image after them. */
function optionTokens(
  words: readonly string[],
  spans: readonly Span[],
  begin: number,
): readonly LineToken[] {
  const tokens: LineToken[] = [];
  for (let at = begin; at < words.length; at++) {
    const [word = '', span] = [words[at], spans[at]];
    if (span === undefined) break;
    if (!word.startsWith('-') || word === '--') {
      tokens.push({ ...span, color: 'image' });
      break;
    }
    const isWhole = span.end - span.start === word.length;
    const equals = word.indexOf('=');
    if (equals > 0 && isWhole) {
      const middle = span.start + equals;
      tokens.push({ start: span.start, end: middle, color: 'flag' });
      tokens.push(...valueTokens(word.slice(equals + 1), { start: middle + 1, end: span.end }));
      continue;
    }
    tokens.push({ ...span, color: 'flag' });
    const next = spans[at + 1];
    if (equals > 0 || next === undefined || !takesValue(word)) continue;
    tokens.push(...valueTokens(words[++at] ?? '', next));
  }
  return tokens;
}

/** Whether the next word is the value of the option. */
function takesValue(word: string): boolean {
  const names: readonly (OptionName | undefined)[] = word.startsWith('--')
    ? [optionOf(word.slice(2))]
    : Array.from(word.slice(1), (letter) => shortOptions.get(letter));
  const last = names.findIndex((name) => name === undefined || table[name].kind !== 'switch');
  const name = names[last];
  return name !== undefined && last === names.length - 1;
}

function valueTokens(value: string, { start, end }: Span): readonly LineToken[] {
  const equals = value.indexOf('=');
  // Quotes move the places: the whole word then has one color.
  if (/^[A-Za-z_]\w*=/.test(value) && end - start === value.length)
    return [{ start, end: start + equals, color: 'name' }];
  if (/^[~.]?\//.test(value) || /^[A-Za-z]:\\/.test(value)) return [{ start, end, color: 'path' }];
  return /^[\d.:]/.test(value) ? [{ start, end, color: 'number' }] : [];
}
