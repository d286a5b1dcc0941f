/** Lists, chains and pipelines of commands. */
import { appended } from '../../text/exact-array.ts';
import type { Chain, Pipeline, Statement } from '../script.ts';
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
  do {
    const one = readChain(reader);
    if (one === undefined) break;
    found = appended(found, one);
    if (reader.depth === 1) addEnd(reader);
  } while (skipSeparator(reader));
  reader.depth--;
  // A list of its own, to which more may be added.
  return (found ?? []) as Statement[];
}

function addEnd(reader: Reader): void {
  reader.ends = appended(reader.ends, reader.last);
}

/** All statements up to a closing character or the end; anything else is an error. */
export function readBody(reader: Reader, close: number): Statement[] {
  const found = readList(reader);
  for (;;) {
    const code = skipNewlines(reader);
    if (code < 0 || code === close) return found;
    reader.addError(reader.at);
    const continues = skipUnexpected(reader, code) && skipSeparator(reader);
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

/** Skips `;`, `&` or line breaks; returns whether there was one. */
function skipSeparator(reader: Reader): boolean {
  const code = reader.next();
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

function readChain(reader: Reader): Statement | undefined {
  const start = reader.at;
  const first = readPipeline(reader);
  if (first === undefined) return undefined;
  let code = reader.next();
  if (!isDoubled(reader, code)) return first;
  const parts = [first];
  const operators: Chain['operators'][number][] = [];
  while (isDoubled(reader, code)) {
    const { at } = reader;
    reader.at += 2;
    skipNewlines(reader);
    const part = readPipeline(reader);
    if (part === undefined) {
      reader.addError(at + 2);
      break;
    }
    operators.push({
      text: code === AMPERSAND ? '&&' : '||',
      span: reader.source.span(at, at + 2),
    });
    parts.push(part);
    code = reader.next();
  }
  const span = reader.source.span(start, reader.last);
  return { kind: 'chain', span, parts, operators };
}

/** `&&` or `||`. */
function isDoubled(reader: Reader, code: number): boolean {
  return (code === AMPERSAND || code === PIPE) && reader.code(reader.at + 1) === code;
}

function readPipeline(reader: Reader): Statement | undefined {
  const start = reader.at;
  const bangs = skipPrefixes(reader);
  const first = reader.grammar.command(reader);
  if (first === undefined && bangs < 0) return undefined;
  let parts: Statement[] | undefined;
  while (first !== undefined && isPipe(reader)) {
    const { at } = reader;
    reader.at += reader.code(at + 1) === AMPERSAND ? 2 : 1;
    skipNewlines(reader);
    const part = reader.grammar.command(reader);
    if (part === undefined) {
      reader.addError(at + 1);
      break;
    }
    (parts ??= [first]).push(part);
  }
  if (first !== undefined && parts === undefined && bangs < 0) return first;
  return pipelineNode(reader, start, {
    parts: parts ?? (first === undefined ? none : [first]),
    negated: bangs > 0 && bangs % 2 === 1,
  });
}

function pipelineNode(
  { source, last }: Reader,
  start: number,
  { parts, negated }: Pick<Pipeline, 'parts' | 'negated'>,
): Pipeline {
  return { kind: 'pipeline', span: source.span(start, last), parts, negated };
}

function isPipe(reader: Reader): boolean {
  return reader.next() === PIPE && reader.code(reader.at + 1) !== PIPE;
}

const LOWER_T = 116;

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
