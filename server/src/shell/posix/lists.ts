/** Lists, chains and pipelines of commands. */
import { appended } from '../../text/exact-array.ts';
import type { Chain, Statement } from '../script.ts';
import {
  AMPERSAND,
  BANG,
  CLOSE_PAREN,
  NEWLINE,
  PIPE,
  SEMICOLON,
  wordBreak,
  kindsOf,
} from './characters.ts';
import { skipNewlines } from './heredocs.ts';
import { keywordAt, skipKeyword } from './keywords.ts';
import { none, type Reader } from './reader.ts';

/** Statements up to something that cannot begin one. */
export function readList(reader: Reader): Statement[] {
  if (!reader.enter()) return [];
  skipNewlines(reader);
  // Most lists have one or two statements: an array that grows would have room for many more.
  let found: readonly Statement[] | undefined;
  let code: number;
  do {
    const start = reader.at;
    let one = readPipeline(reader);
    if (one === undefined) break;
    code = reader.next();
    if (isDoubled(reader, code)) {
      one = readChain(reader, start, one);
      code = reader.next();
    }
    found = appended(found, one);
    if (reader.depth === 1) reader.ends = appended(reader.ends, reader.last);
  } while (code >= 0 && skipSeparator(reader, code));
  reader.depth--;
  // A list of its own, to which more may be added.
  return (found ?? []) as Statement[];
}

/** All statements up to a closing character or the end; anything else is an error. */
export function readBody(reader: Reader, close: number): Statement[] {
  const found = readList(reader);
  for (;;) {
    const code = skipNewlines(reader);
    if (code < 0 || code === close) return found;
    reader.addError(reader.at);
    const continues = skipUnexpected(reader, code) && skipSeparator(reader, reader.next());
    if (!continues && close < 0) {
      // A shell would not run the rest, so there are no commands to report.
      reader.at = reader.end;
      return found;
    }
    for (const one of readList(reader)) found.push(one);
  }
}

/** Skips something unexpected; returns whether it closes something, so that commands may follow. */
function skipUnexpected(reader: Reader, code: number): boolean {
  const keyword = keywordAt(reader, code);
  if (keyword !== '') {
    skipKeyword(reader, keyword);
    return true;
  }
  if ((kindsOf(code) & wordBreak) === 0) {
    // A word after something that no word may follow.
    if (!reader.enter()) return false;
    reader.grammar.command(reader);
    reader.depth--;
    return false;
  }
  const isTwice = reader.code(reader.at + 1) === code;
  reader.at += isTwice ? 2 : 1;
  return code === CLOSE_PAREN || (code === SEMICOLON && isTwice);
}

/** Skips `;`, `&` or line breaks, which begin with this character; returns whether there was one. */
function skipSeparator(reader: Reader, code: number): boolean {
  if (code !== NEWLINE) {
    const next = reader.code(reader.at + 1);
    if (code === SEMICOLON ? next === SEMICOLON || next === AMPERSAND : code !== AMPERSAND)
      return false;
    if (code === AMPERSAND && next === AMPERSAND) return false;
    reader.at++;
  }
  skipNewlines(reader);
  return true;
}

/** The chain that begins with a statement, after which there is an operator. */
function readChain(reader: Reader, start: number, first: Statement): Chain {
  const { source } = reader;
  const parts = [first];
  const operators: Chain['operators'][number][] = [];
  for (let code = reader.next(); isDoubled(reader, code); code = reader.next()) {
    const { at } = reader;
    reader.at += 2;
    skipNewlines(reader);
    const part = readPipeline(reader);
    if (part === undefined) {
      reader.addError(at + 2);
      break;
    }
    operators.push({ text: code === AMPERSAND ? '&&' : '||', span: source.span(at, at + 2) });
    parts.push(part);
  }
  return { kind: 'chain', span: source.span(start, reader.last), parts, operators };
}

/** `&&` or `||`. */
function isDoubled(reader: Reader, code: number): boolean {
  return (code === AMPERSAND || code === PIPE) && reader.code(reader.at + 1) === code;
}

/** Commands with pipes between them, which most statements have none of. */
function readPipeline(reader: Reader): Statement | undefined {
  const start = reader.at;
  const code = reader.next();
  const mayHavePrefix = code === BANG || (code === LOWER_T && mayBeTime(reader));
  const bangs = mayHavePrefix ? skipPrefixes(reader) : -1;
  const first = reader.grammar.command(reader);
  if (bangs < 0 && (first === undefined || reader.next() !== PIPE)) return first;
  const parts = first === undefined ? none : readPipes(reader, first);
  // The first of two `|` is not a pipe.
  if (bangs < 0 && parts.length === 1) return first;
  const span = reader.source.span(start, reader.last);
  return { kind: 'pipeline', span, parts, negated: bangs > 0 && bangs % 2 === 1 };
}

/** A command and those after it that pipes lead to. */
function readPipes(reader: Reader, first: Statement): readonly Statement[] {
  const parts = [first];
  while (reader.next() === PIPE) {
    const { at } = reader;
    const next = reader.code(at + 1);
    if (next === PIPE) break;
    reader.at += next === AMPERSAND ? 2 : 1;
    skipNewlines(reader);
    const part = reader.grammar.command(reader);
    if (part === undefined) {
      reader.addError(at + 1);
      break;
    }
    parts.push(part);
  }
  return parts;
}

const LOWER_T = 116;

/** Whether the `t` may begin `time`, whose letters may be on several lines. */
function mayBeTime({ text, at }: Reader): boolean {
  return 'i\\'.includes(text.charAt(at + 1));
}

/** Skips `!` and `time` with its options; returns the number of `!`, or -1 if there is neither. */
function skipPrefixes(reader: Reader): number {
  let count = -1;
  for (;;) {
    const code = reader.next();
    if (code !== BANG && code !== LOWER_T) return count;
    const keyword = keywordAt(reader, code);
    if (keyword !== '!' && keyword !== 'time') return count;
    skipKeyword(reader, keyword);
    count = Math.max(count, 0) + (keyword === '!' ? 1 : 0);
    if (keyword === 'time') for (const option of ['-p', '--']) skipOption(reader, option);
  }
}

function skipOption(reader: Reader, option: string): void {
  reader.next();
  const end = reader.at + option.length;
  if (!reader.text.startsWith(option, reader.at) || !reader.wordEnds(end)) return;
  reader.at = end;
  reader.last = end;
}
