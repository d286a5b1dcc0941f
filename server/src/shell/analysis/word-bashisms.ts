/** Syntax inside a word that bash supports, but not the other shells that can be `/bin/sh`. */
import type { ShellWord } from '../script.ts';
import { replace, type Edit } from '../../text/edit.ts';
import type { Span } from '../../text/span.ts';

interface WordBashism {
  readonly span: Span;
  readonly what: string;
  readonly codes: readonly string[];
  readonly silent?: true;
  readonly edits?: readonly Edit[];
  /** It expands to several words, which matters only where a list of words is allowed. */
  readonly isBrace?: true;
}

interface Pattern {
  readonly regex: RegExp;
  readonly codes: readonly string[];
  /** busybox supports it too. */
  readonly onlyDash?: true;
  /** Also applies in double quotes. */
  readonly inQuotes?: true;
  readonly silent?: true;
}

const patterns: readonly Pattern[] = [
  { regex: /\$\{!\w+/g, codes: ['SC2039', 'SC3053'], inQuotes: true },
  { regex: /\$\{\w+\[/g, codes: ['SC2039', 'SC3054'], inQuotes: true },
  { regex: /\$\{\w+(?:\^|,)/g, codes: ['SC2039', 'SC3059'], inQuotes: true },
  { regex: /\$\{\w+\//g, codes: ['SC2039', 'SC3060'], inQuotes: true, onlyDash: true },
  { regex: /\$\{\w+:(?=\d|\s*-?\d|\$)(?!-)/g, codes: ['SC2039', 'SC3057'], inQuotes: true, onlyDash: true }, // prettier-ignore
  { regex: /\$'/g, codes: ['SC2039', 'SC3003'], onlyDash: true, silent: true },
  { regex: /[<>]\(/g, codes: ['SC2039', 'SC3001'], onlyDash: true },
];

const item = String.raw`(?:[\w./*@+%=~-]|\$\w+|\$\{\w+\})*`;
const braces = new RegExp(
  String.raw`(?<!\$)\{(?:${item}(?:,${item})+|-?\d+\.\.-?\d+|[a-zA-Z]\.\.[a-zA-Z])\}`,
  'g',
);
/** A repetition count of a regular expression. */
const repetition = /^\{\d*,\d*\}$/;

/** Matches the start of all patterns above; most words with a variable contain none of them. */
const anyStart = /(?<!\$)\{|\$\{(?:!|\w+[[^,/:])|\$'|[<>]\(/;

/** The bash syntax in a word whose `raw` has the length of its span. */
export function wordBashisms(
  { raw, span, literal }: ShellWord,
  isDash: boolean,
): readonly WordBashism[] {
  if ((literal && !raw.includes("$'")) || !anyStart.test(raw)) return none;
  const found: WordBashism[] = [];
  const quotes = quotesOf(raw);
  const placeOf = (index: number, { length }: string): Span => ({
    start: span.start + index,
    end: span.start + index + length,
  });
  for (const { regex, codes, onlyDash, inQuotes, silent } of patterns) {
    if (onlyDash && !isDash) continue;
    for (const { 0: what, index } of raw.matchAll(regex)) {
      const quote = quotes[index];
      if (quote === "'" || quote === '\\' || (quote === '"' && inQuotes !== true)) continue;
      found.push({ span: placeOf(index, what), what, codes, ...(silent && { silent }) });
    }
  }
  const groups = [...raw.matchAll(braces)].filter(
    ({ 0: what, index }) => quotes[index] === ' ' && !repetition.test(what),
  );
  for (const { 0: what, index } of groups) {
    const edit = groups.length === 1 ? expandBraces(raw, what, index) : undefined;
    found.push({
      span: placeOf(index, what),
      what,
      codes: ['SC2039', 'SC3009'],
      silent: true,
      isBrace: true,
      ...(edit !== undefined && { edits: [replace(span, edit)] }),
    });
  }
  return found;
}

const none: readonly WordBashism[] = [];
const maxWords = 6;

/** The words to which the braces expand; undefined if they are not written out. */
function expandBraces(raw: string, group: string, index: number): string | undefined {
  if (group.includes('..') && !group.includes(',')) return undefined;
  const items = group.slice(1, -1).split(',');
  const [before, after] = [raw.slice(0, index), raw.slice(index + group.length)];
  const isSimple = !/[{}()`]/.test(before.replace(/\$\{\w+\}/g, '') + after.replace(/\$\{\w+\}/g, '')); // prettier-ignore
  if (!isSimple || items.length > maxWords) return undefined;
  return items.map((one) => `${before}${one}${after}`).join(' ');
}

/** What quotes each character: a quote, `\`, or a space if it is unquoted. */
function quotesOf(raw: string): readonly string[] {
  const quotes: string[] = [];
  let open = ' ';
  for (let i = 0; i < raw.length; i++) {
    const char = raw[i] ?? '';
    quotes.push(open);
    if (char === '\\' && open !== "'") {
      quotes.push('\\');
      i++;
    } else if (open === ' ' && (char === '"' || char === "'")) open = char;
    else if (char === open) open = ' ';
  }
  return quotes;
}
