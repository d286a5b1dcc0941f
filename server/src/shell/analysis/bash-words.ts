/** What bash knows inside a word, and the shells in the place of `/bin/sh` do not. */
import type { ShellWord } from '../script.ts';
import { replace, type Edit } from '../../text/edit.ts';
import type { Span } from '../../text/span.ts';

interface InWord {
  readonly span: Span;
  readonly what: string;
  readonly codes: readonly string[];
  readonly silent?: true;
  readonly edits?: readonly Edit[];
  /** It makes several words of one, where there may be several. */
  readonly isBrace?: true;
}

interface Pattern {
  readonly sign: RegExp;
  readonly codes: readonly string[];
  /** busybox has it too. */
  readonly onlyDash?: true;
  /** Holds in double quotes as well. */
  readonly inQuotes?: true;
  readonly silent?: true;
}

const patterns: readonly Pattern[] = [
  { sign: /\$\{!\w+/g, codes: ['SC2039', 'SC3053'], inQuotes: true },
  { sign: /\$\{\w+\[/g, codes: ['SC2039', 'SC3054'], inQuotes: true },
  { sign: /\$\{\w+(?:\^|,)/g, codes: ['SC2039', 'SC3059'], inQuotes: true },
  { sign: /\$\{\w+\//g, codes: ['SC2039', 'SC3060'], inQuotes: true, onlyDash: true },
  { sign: /\$\{\w+:(?=\d|\s*-?\d|\$)(?!-)/g, codes: ['SC2039', 'SC3057'], inQuotes: true, onlyDash: true }, // prettier-ignore
  { sign: /\$'/g, codes: ['SC2039', 'SC3003'], onlyDash: true, silent: true },
  { sign: /[<>]\(/g, codes: ['SC2039', 'SC3001'], onlyDash: true },
];

const item = String.raw`(?:[\w./*@+%=~-]|\$\w+|\$\{\w+\})*`;
const braces = new RegExp(
  String.raw`(?<!\$)\{(?:${item}(?:,${item})+|-?\d+\.\.-?\d+|[a-zA-Z]\.\.[a-zA-Z])\}`,
  'g',
);
/** How often something may stand in a regular expression. */
const repetition = /^\{\d*,\d*\}$/;

/** Begins all of the above; most words with a variable have none of them. */
const begun = /(?<!\$)\{|\$\{(?:!|\w+[[^,/:])|\$'|[<>]\(/;

/** Those of a word; its `raw` is as long as its place. */
export function bashWords({ raw, span, literal }: ShellWord, isDash: boolean): readonly InWord[] {
  if ((literal && !raw.includes("$'")) || !begun.test(raw)) return none;
  const found: InWord[] = [];
  const quotes = quotesOf(raw);
  const placeOf = (index: number, { length }: string): Span => ({
    start: span.start + index,
    end: span.start + index + length,
  });
  for (const { sign, codes, onlyDash, inQuotes, silent } of patterns) {
    if (onlyDash && !isDash) continue;
    for (const { 0: what, index } of raw.matchAll(sign)) {
      const quote = quotes[index];
      if (quote === "'" || quote === '\\' || (quote === '"' && inQuotes !== true)) continue;
      found.push({ span: placeOf(index, what), what, codes, ...(silent && { silent }) });
    }
  }
  const groups = [...raw.matchAll(braces)].filter(
    ({ 0: what, index }) => quotes[index] === ' ' && !repetition.test(what),
  );
  for (const { 0: what, index } of groups) {
    const edit = groups.length === 1 ? spreadOut(raw, what, index) : undefined;
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

const none: readonly InWord[] = [];
const mostWords = 6;

/** All words that the braces stand for. */
function spreadOut(raw: string, group: string, index: number): string | undefined {
  if (group.includes('..') && !group.includes(',')) return undefined;
  const items = group.slice(1, -1).split(',');
  const [before, behind] = [raw.slice(0, index), raw.slice(index + group.length)];
  const isSimple = !/[{}()`]/.test(before.replace(/\$\{\w+\}/g, '') + behind.replace(/\$\{\w+\}/g, '')); // prettier-ignore
  if (!isSimple || items.length > mostWords) return undefined;
  return items.map((one) => `${before}${one}${behind}`).join(' ');
}

/** For each character what quotes it: a quote, `\` or a blank for nothing. */
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
