/** Lists, chains and pipelines of commands. */
import type { Chain, Pipeline, Statement } from '../script.ts';
import {
  AMPERSAND,
  BANG,
  CLOSE_PAREN,
  NEWLINE,
  PIPE,
  SEMICOLON,
  breaks,
  kindsOf,
} from './characters.ts';
import { newlines } from './heredocs.ts';
import { keywordAt, take } from './keywords.ts';
import { none, type Reading } from './reading.ts';

/** Statements up to something that cannot begin one. */
export function list(reading: Reading): Statement[] {
  const found: Statement[] = [];
  if (!reading.enter()) return found;
  newlines(reading);
  do {
    const one = chain(reading);
    if (one === undefined) break;
    found.push(one);
    if (reading.depth === 1) reading.ends.push(reading.last);
  } while (separated(reading));
  reading.depth--;
  return found;
}

/** All statements up to a closing character or the end; anything else is an error. */
export function body(reading: Reading, close: number): Statement[] {
  const found = list(reading);
  for (;;) {
    const code = newlines(reading);
    if (code < 0 || code === close) return found;
    reading.error(reading.at);
    const goesOn = stepOver(reading, code) && separated(reading);
    if (!goesOn && close < 0) {
      // A shell would not run the rest, so there are no commands to report.
      reading.at = reading.end;
      return found;
    }
    for (const one of list(reading)) found.push(one);
  }
}

/** Skips something unexpected; returns whether it closes something, so that commands may follow. */
function stepOver(reading: Reading, code: number): boolean {
  const keyword = keywordAt(reading, code);
  if (keyword !== '') {
    take(reading, keyword);
    return true;
  }
  if ((kindsOf(code) & breaks) === 0) {
    // A word after something that no word may follow.
    if (!reading.enter()) return false;
    reading.grammar.command(reading);
    reading.depth--;
    return false;
  }
  const isTwice = reading.code(reading.at + 1) === code;
  reading.at += isTwice ? 2 : 1;
  return code === CLOSE_PAREN || (code === SEMICOLON && isTwice);
}

/** Skips `;`, `&` or line breaks; returns whether there was one. */
function separated(reading: Reading): boolean {
  const code = reading.next();
  if (code !== NEWLINE) {
    const next = reading.code(reading.at + 1);
    if (code === SEMICOLON ? next === SEMICOLON || next === AMPERSAND : code !== AMPERSAND)
      return false;
    if (code === AMPERSAND && next === AMPERSAND) return false;
    reading.at++;
  }
  newlines(reading);
  return true;
}

function chain(reading: Reading): Statement | undefined {
  const start = reading.at;
  const first = pipeline(reading);
  if (first === undefined) return undefined;
  let code = reading.next();
  if (!isTwice(reading, code)) return first;
  const parts = [first];
  const operators: Chain['operators'][number][] = [];
  while (isTwice(reading, code)) {
    const { at } = reading;
    reading.at += 2;
    newlines(reading);
    const part = pipeline(reading);
    if (part === undefined) {
      reading.error(at + 2);
      break;
    }
    operators.push({
      text: code === AMPERSAND ? '&&' : '||',
      span: reading.source.span(at, at + 2),
    });
    parts.push(part);
    code = reading.next();
  }
  const span = reading.source.span(start, reading.last);
  return { kind: 'chain', span, parts, operators };
}

/** `&&` or `||`. */
function isTwice(reading: Reading, code: number): boolean {
  return (code === AMPERSAND || code === PIPE) && reading.code(reading.at + 1) === code;
}

function pipeline(reading: Reading): Statement | undefined {
  const start = reading.at;
  const signs = prefixes(reading);
  const first = reading.grammar.command(reading);
  if (first === undefined && signs < 0) return undefined;
  let parts: Statement[] | undefined;
  while (first !== undefined && isPipe(reading)) {
    const { at } = reading;
    reading.at += reading.code(at + 1) === AMPERSAND ? 2 : 1;
    newlines(reading);
    const part = reading.grammar.command(reading);
    if (part === undefined) {
      reading.error(at + 1);
      break;
    }
    (parts ??= [first]).push(part);
  }
  if (first !== undefined && parts === undefined && signs < 0) return first;
  return piped(reading, start, {
    parts: parts ?? (first === undefined ? none : [first]),
    negated: signs > 0 && signs % 2 === 1,
  });
}

function piped(
  { source, last }: Reading,
  start: number,
  { parts, negated }: Pick<Pipeline, 'parts' | 'negated'>,
): Pipeline {
  return { kind: 'pipeline', span: source.span(start, last), parts, negated };
}

function isPipe(reading: Reading): boolean {
  return reading.next() === PIPE && reading.code(reading.at + 1) !== PIPE;
}

const LOWER_T = 116;

/** Skips `!` and `time` with its options; returns the number of `!`, or -1 if there is neither. */
function prefixes(reading: Reading): number {
  let count = -1;
  for (;;) {
    const code = reading.next();
    if (code !== BANG && code !== LOWER_T) return count;
    const keyword = keywordAt(reading, code);
    if (keyword !== '!' && keyword !== 'time') return count;
    take(reading, keyword);
    count = Math.max(count, 0) + (keyword === '!' ? 1 : 0);
    if (keyword === 'time') for (const option of ['-p', '--']) stepOverOption(reading, option);
  }
}

function stepOverOption(reading: Reading, option: string): void {
  reading.next();
  const end = reading.at + option.length;
  if (!reading.text.startsWith(option, reading.at) || !reading.wordEnds(end)) return;
  reading.at = end;
  reading.last = end;
}
