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
import { readDelimiter } from './heredocs.ts';
import type { Heredoc, Reader } from './reader.ts';
import { Verbatim } from './word.ts';
import { beginsWord, readWord } from './words.ts';

/**
 * The index of the operator of the redirect at the current position, which begins with this character; -1 if there is
 * none.
 */
export function operatorAt(reader: Reader, code: number): number {
  const { at } = reader;
  if (code === LESS || code === GREATER) return reader.code(at + 1) === OPEN_PAREN ? -1 : at;
  if (code === AMPERSAND) return reader.code(at + 1) === GREATER ? at : -1;
  if ((kindsOf(code) & digit) !== 0) return operatorAfterDescriptor(reader, digit, at);
  if (code !== OPEN_BRACE || (kindsOf(reader.code(at + 1)) & letter) === 0) return -1;
  return operatorAfterDescriptor(reader, letter | digit, at + 1);
}

/** `2>` and `{fd}>`: there is no whitespace between the descriptor and its operator. */
function operatorAfterDescriptor(reader: Reader, kinds: number, start: number): number {
  let at = start;
  while ((kindsOf(reader.code(at)) & kinds) !== 0) at++;
  if (kinds !== digit) {
    if (reader.code(at) !== CLOSE_BRACE) return -1;
    at++;
  }
  const code = reader.code(at);
  return code === LESS || code === GREATER ? at : -1;
}

/** The redirect whose operator is at the index that `operatorAt` returned. */
export function readRedirect(reader: Reader, operatorStart: number): Redirect {
  const start = reader.at;
  const operator = operatorOf(reader, operatorStart);
  reader.at = operatorStart + operator.length;
  reader.last = reader.at;
  const code = reader.next();
  if (operator === '<<' || operator === '<<-') return readHeredoc(reader, start, operator);
  const at = reader.at;
  const isWord = beginsWord(reader, code) && code !== HASH;
  if (!isWord) {
    reader.addError(at);
    return redirectNode(reader, start, operator, undefined);
  }
  const target: ShellWord = readWord(reader);
  return redirectNode(reader, start, operator, target);
}

/** The body of a heredoc is set when the next line is read. */
function redirectNode(
  { source, last }: Reader,
  start: number,
  operator: string,
  target: ShellWord | undefined,
): Heredoc['redirect'] {
  return { span: source.span(start, last), operator, target, body: undefined };
}

function operatorOf({ text }: Reader, at: number): string {
  const second = text.charCodeAt(at + 1);
  switch (text.charCodeAt(at)) {
    case AMPERSAND:
      return text.charCodeAt(at + 2) === GREATER ? '&>>' : '&>';
    case LESS:
      if (second === AMPERSAND) return '<&';
      if (second === GREATER) return '<>';
      return second === LESS ? inputOperator(text.charCodeAt(at + 2)) : '<';
    default:
      if (second === GREATER) return '>>';
      if (second === AMPERSAND) return '>&';
      return second === PIPE ? '>|' : '>';
  }
}

function inputOperator(third: number): string {
  if (third === LESS) return '<<<';
  return third === DASH ? '<<-' : '<<';
}

function readHeredoc(reader: Reader, start: number, operator: string): Redirect {
  const at = reader.at;
  const delimiter = readDelimiter(reader);
  const { source } = reader;
  if (reader.at === at) {
    reader.addError(at);
    const redirect = redirectNode(reader, start, operator, undefined);
    redirect.body = new Verbatim(source, { start: reader.last, end: reader.last });
    return redirect;
  }
  reader.last = reader.at;
  const end = new Verbatim(
    source,
    { start: at, end: reader.last },
    verbatimContents(delimiter.text),
  );
  const redirect = redirectNode(reader, start, operator, end);
  reader.heredocs.push({
    redirect,
    delimiter: delimiter.text,
    quoted: delimiter.quoted,
    stripsTabs: operator === '<<-',
  });
  return redirect;
}

function verbatimContents(text: string): ConstructorParameters<typeof Verbatim>[2] {
  return { text, expands: false, variables: [], scripts: [] };
}
