/** Redirects such as `>file`, `2>&1` and `<<EOF`. */
import type { Redirect, ShellWord } from '../script.ts';
import {
  AMPERSAND,
  CLOSE_BRACE,
  DASH,
  GREATER,
  HASH,
  LESS,
  OPEN_BRACE,
  OPEN_PAREN,
  PIPE,
  digit,
  kindsOf,
  letter,
} from './characters.ts';
import { delimiterOf } from './heredocs.ts';
import type { Heredoc, Reading } from './reading.ts';
import { Verbatim } from './word.ts';
import { beginsWord, word } from './words.ts';

/**
 * The index of the operator of the redirect at the current position, which begins with this character; -1 if there is
 * none.
 */
export function operatorAt(reading: Reading, code: number): number {
  const { at } = reading;
  if (code === LESS || code === GREATER) return reading.code(at + 1) === OPEN_PAREN ? -1 : at;
  if (code === AMPERSAND) return reading.code(at + 1) === GREATER ? at : -1;
  if ((kindsOf(code) & digit) !== 0) return behindDescriptor(reading, digit, at);
  if (code !== OPEN_BRACE || (kindsOf(reading.code(at + 1)) & letter) === 0) return -1;
  return behindDescriptor(reading, letter | digit, at + 1);
}

/** `2>` and `{fd}>`: there is no whitespace between the descriptor and its operator. */
function behindDescriptor(reading: Reading, kinds: number, start: number): number {
  let at = start;
  while ((kindsOf(reading.code(at)) & kinds) !== 0) at++;
  if (kinds !== digit) {
    if (reading.code(at) !== CLOSE_BRACE) return -1;
    at++;
  }
  const code = reading.code(at);
  return code === LESS || code === GREATER ? at : -1;
}

/** The redirect whose operator is at the index that `operatorAt` returned. */
export function redirect(reading: Reading, operatorStart: number): Redirect {
  const start = reading.at;
  const operator = operatorOf(reading, operatorStart);
  reading.at = operatorStart + operator.length;
  reading.last = reading.at;
  const code = reading.next();
  if (operator === '<<' || operator === '<<-') return heredoc(reading, start, operator);
  const at = reading.at;
  const isWord = beginsWord(reading, code) && code !== HASH;
  if (!isWord) {
    reading.error(at);
    return made(reading, start, operator, undefined);
  }
  const target: ShellWord = word(reading);
  return made(reading, start, operator, target);
}

/** The body of a heredoc is set when the next line is read. */
function made(
  { source, last }: Reading,
  start: number,
  operator: string,
  target: ShellWord | undefined,
): Heredoc['redirect'] {
  return { span: source.span(start, last), operator, target, body: undefined };
}

function operatorOf({ text }: Reading, at: number): string {
  const second = text.charCodeAt(at + 1);
  switch (text.charCodeAt(at)) {
    case AMPERSAND:
      return text.charCodeAt(at + 2) === GREATER ? '&>>' : '&>';
    case LESS:
      if (second === AMPERSAND) return '<&';
      if (second === GREATER) return '<>';
      return second === LESS ? insertion(text.charCodeAt(at + 2)) : '<';
    default:
      if (second === GREATER) return '>>';
      if (second === AMPERSAND) return '>&';
      return second === PIPE ? '>|' : '>';
  }
}

function insertion(third: number): string {
  if (third === LESS) return '<<<';
  return third === DASH ? '<<-' : '<<';
}

function heredoc(reading: Reading, start: number, operator: string): Redirect {
  const at = reading.at;
  const delimiter = delimiterOf(reading);
  const { source } = reading;
  if (reading.at === at) {
    reading.error(at);
    const redirect = made(reading, start, operator, undefined);
    redirect.body = new Verbatim(source, { start: reading.last, end: reading.last });
    return redirect;
  }
  reading.last = reading.at;
  const end = new Verbatim(source, { start: at, end: reading.last }, verbatim(delimiter.text));
  const redirect = made(reading, start, operator, end);
  reading.heredocs.push({
    redirect,
    delimiter: delimiter.text,
    quoted: delimiter.quoted,
    strips: operator === '<<-',
  });
  return redirect;
}

function verbatim(text: string): ConstructorParameters<typeof Verbatim>[2] {
  return { text, expands: false, variables: [], scripts: [] };
}
