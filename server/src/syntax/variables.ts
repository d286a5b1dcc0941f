import { nameEnd } from '../text/name-end.ts';
import type { Span } from '../text/span.ts';
import { BACKSLASH, DOLLAR, DOUBLE_QUOTE, isDigit, SINGLE_QUOTE } from './characters.ts';
import type { Variable } from './tree.ts';
import { wordTrouble, type WordTrouble } from './trouble.ts';

/** The state of scanning a word by the rules of BuildKit's shell lexer (frontend/dockerfile/shell/lex.go). */
export interface Scan {
  readonly text: string;
  readonly end: number;
  readonly escape: number;
  /** False in the bodies of heredocs, where quotes are ordinary characters. */
  readonly quotes: boolean;
  /** Converts indices of the scanned text to a span of the document. */
  readonly place: (from: number, to: number) => Span;
  readonly found: Variable[];
  at: number;
  /** The number of `${` that are open. */
  depth: number;
  /** The text of the word without quotes and escapes, up to the index `copiedTo`. */
  unquoted: string;
  copiedTo: number;
  trouble: WordTrouble | undefined;
}

const OPEN = 123;
const CLOSE = 125;
const COLON = 58;
const SLASH = 47;
const UNDERSCORE = 95;
const NONE = -1;
/**
 * More variables of one word are not kept: a word of a megabyte could have hundreds of thousands. The model covers no
 * more than that of a whole file.
 */
export const mostVariables = 40_000;
/** Deeper nesting is an error, to prevent a stack overflow. */
const maxDepth = 200;

/**
 * The index after `$NAME` or `${NAME}`; -1 if anything else begins with the `$`: a variable with an operator, a parameter
 * of the shell, or a name with letters beyond ASCII.
 */
export function simpleVariableEnd(text: string, at: number): number {
  const isBraced = text.charCodeAt(at + 1) === OPEN;
  const start = isBraced ? at + 2 : at + 1;
  const end = nameEnd(text, start);
  const next = text.charCodeAt(end);
  if (end === start || (isBraced ? next !== CLOSE : next > 127)) return -1;
  return isBraced ? end + 1 : end;
}

export function scan(
  text: string,
  from: number,
  end: number,
  escape: number,
  place: (from: number, to: number) => Span,
  quotes = true,
): Scan {
  return {
    text,
    end,
    escape,
    quotes,
    place,
    found: [],
    at: from,
    depth: 0,
    unquoted: '',
    copiedTo: from,
    trouble: undefined,
  };
}

/** Sets the first error; always returns false. */
function fail(s: Scan, trouble: WordTrouble): false {
  s.trouble ??= trouble;
  return false;
}

/** Skips a character that is not part of the word's text. */
function skipSyntax(s: Scan): void {
  if (s.depth === 0) {
    s.unquoted += s.text.slice(s.copiedTo, s.at);
    s.copiedTo = s.at + 1;
  }
  s.at++;
}

function scanSingleQuote(s: Scan): boolean {
  const open = s.at;
  skipSyntax(s);
  while (s.at < s.end && s.text.charCodeAt(s.at) !== SINGLE_QUOTE) s.at++;
  if (s.at >= s.end) return fail(s, wordTrouble('unmatched-quote', { from: open, to: s.end }, "'"));
  skipSyntax(s);
  return true;
}

function scanDoubleQuote(s: Scan): boolean {
  const open = s.at;
  skipSyntax(s);
  while (s.at < s.end) {
    const code = s.text.charCodeAt(s.at);
    if (code === DOUBLE_QUOTE) {
      skipSyntax(s);
      return true;
    }
    if (code === DOLLAR) {
      if (!scanDollar(s)) return false;
    } else if (code === s.escape) {
      const next = s.at + 1 < s.end ? s.text.charCodeAt(s.at + 1) : NONE;
      // Other characters cannot be escaped here: the escape stays.
      if (next === DOUBLE_QUOTE || next === DOLLAR || next === s.escape) {
        skipSyntax(s);
        s.at++;
      } else s.at++;
    } else s.at++;
  }
  return fail(s, wordTrouble('unmatched-quote', { from: open, to: s.end }, '"'));
}

/** Scans to after the stop character, or to the end if there is none; returns false on an error. */
export function scanUntil(s: Scan, stop: number): boolean {
  while (s.at < s.end) {
    const code = s.text.charCodeAt(s.at);
    if (code === stop) {
      s.at++;
      return true;
    }
    if (code === DOLLAR) {
      if (!scanDollar(s)) return false;
    } else if (s.quotes && code === SINGLE_QUOTE) {
      if (!scanSingleQuote(s)) return false;
    } else if (s.quotes && code === DOUBLE_QUOTE) {
      if (!scanDoubleQuote(s)) return false;
    } else if (code === s.escape) {
      skipSyntax(s);
      if (s.at < s.end) s.at++;
    } else s.at++;
  }
  return stop === NONE;
}

/** Scans the whole word. */
export function scanAll(s: Scan): void {
  scanUntil(s, NONE);
  s.unquoted += s.text.slice(s.copiedTo, s.end);
}

function isNamePart(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  if (code < 0x80) {
    const lower = code | 32;
    return isDigit(code) || code === UNDERSCORE || (lower >= 97 && lower <= 122);
  }
  return /[\p{L}\p{Nd}]/u.test(text.charAt(at));
}

/** A name of letters, digits and `_`; or digits alone; or one of the shell's special parameters. */
function scanName(s: Scan): string {
  const from = s.at;
  const first = s.at < s.end ? s.text.charAt(s.at) : '';
  if (first !== '' && '@*#?-$!'.includes(first)) s.at++;
  else if (isDigit(first.charCodeAt(0))) {
    while (s.at < s.end && isDigit(s.text.charCodeAt(s.at))) s.at++;
  } else while (s.at < s.end && isNamePart(s.text, s.at)) s.at++;
  return s.text.slice(from, s.at);
}

/** Scans `$NAME` or `${NAME…}` and adds the variable; returns false on an error (lex.go, processDollar). */
export function scanDollar(s: Scan): boolean {
  const start = s.at;
  s.at++;
  if (s.at >= s.end || s.text.charCodeAt(s.at) !== OPEN) {
    const from = s.at;
    const name = scanName(s);
    if (name !== '' && s.found.length < mostVariables) {
      s.found.push({ span: s.place(start, s.at), name, nameSpan: s.place(from, s.at) });
    }
    return true;
  }
  s.at++;
  const first = s.at < s.end ? s.text.charCodeAt(s.at) : NONE;
  if (first === NONE || s.depth >= maxDepth)
    return fail(s, wordTrouble('missing-brace', { from: start, to: s.end }));
  if (first === OPEN || first === CLOSE || first === COLON) {
    return fail(
      s,
      wordTrouble('bad-substitution', { from: start, to: s.at + 1 }, s.text.slice(start, s.at + 1)),
    );
  }
  s.depth++;
  const isValid = scanBraces(s, start);
  s.depth--;
  return isValid;
}

/**
 * Scans the inside of `${…}`. A variable that is not closed is added too, because it may be incomplete while typing.
 */
function scanBraces(s: Scan, start: number): boolean {
  const from = s.at;
  const name = scanName(s);
  const nameEnd = s.at;
  const index = s.found.length;
  const variable = (rest: Partial<Variable>): void => {
    if (index >= mostVariables) return;
    const nameSpan = s.place(from, nameEnd);
    s.found[index] = { span: s.place(start, s.at), name, nameSpan, ...rest };
  };
  const operatorAt = s.at;
  if (s.at < s.end && s.text.charCodeAt(s.at) === CLOSE) {
    s.at++;
    variable({});
    return true;
  }
  variable({});
  if (s.at >= s.end) return fail(s, wordTrouble('missing-brace', { from: start, to: s.end }));
  let character = s.text.charAt(s.at++);
  if (character === '/') return scanReplacement(s, start, variable);
  const hasColon = character === ':';
  if (hasColon) character = s.at < s.end ? s.text.charAt(s.at++) : '';
  const written = s.text.slice(operatorAt, s.at);
  if (!hasColon && !'+-?#%'.includes(character)) {
    return fail(s, wordTrouble('unsupported-modifier', { from: start, to: s.at }, written));
  }
  const mayDouble = character === '#' || character === '%';
  if (mayDouble && s.at < s.end && s.text.charAt(s.at) === character) s.at++;
  const operandAt = s.at;
  const isClosed = scanUntil(s, CLOSE);
  const operandEnd = isClosed ? s.at - 1 : s.at;
  const operator = operatorOf(hasColon, character, operandAt - operatorAt - (hasColon ? 1 : 0) > 1);
  const operand = s.place(operandAt, operandEnd);
  variable(operator === undefined ? {} : { operator, operand });
  if (!isClosed) return fail(s, wordTrouble('missing-brace', { from: start, to: s.end }));
  if (operator === undefined)
    return fail(s, wordTrouble('unsupported-modifier', { from: start, to: s.at }, written));
  if (operator.startsWith('#') || operator.startsWith('%')) {
    return checkPattern(s, operandAt, operandEnd);
  }
  return true;
}

function operatorOf(
  hasColon: boolean,
  character: string,
  isDoubled: boolean,
): Variable['operator'] {
  switch (character) {
    case '-':
      return hasColon ? ':-' : '-';
    case '+':
      return hasColon ? ':+' : '+';
    case '?':
      return hasColon ? ':?' : '?';
    case '#':
      return hasColon ? undefined : isDoubled ? '##' : '#';
    case '%':
      return hasColon ? undefined : isDoubled ? '%%' : '%';
    default:
      return undefined;
  }
}

/** Scans `${NAME/pattern/replacement}` and `${NAME//pattern/replacement}` after the first slash. */
function scanReplacement(
  s: Scan,
  start: number,
  variable: (rest: Partial<Variable>) => void,
): boolean {
  const all = s.at < s.end && s.text.charCodeAt(s.at) === SLASH;
  if (all) s.at++;
  const operandAt = s.at;
  const hasSlash = scanUntil(s, SLASH);
  const patternEnd = hasSlash ? s.at - 1 : s.at;
  const isClosed = hasSlash && scanUntil(s, CLOSE);
  const operand = s.place(operandAt, isClosed ? s.at - 1 : s.at);
  variable({ operator: all ? '//' : '/', operand });
  if (!hasSlash) return fail(s, wordTrouble('missing-slash', { from: start, to: s.end }));
  if (!isClosed) return fail(s, wordTrouble('missing-brace', { from: start, to: s.end }));
  return checkPattern(s, operandAt, patternEnd);
}

/** In a pattern only `*`, `?`, the backslash, `}` and `/` can be escaped. */
function checkPattern(s: Scan, from: number, to: number): boolean {
  for (let at = from; at < to; at++) {
    if (s.text.charCodeAt(at) !== BACKSLASH) continue;
    at++;
    if (at < to && '*?\\}/\'"'.includes(s.text.charAt(at))) continue;
    return fail(s, wordTrouble('bad-pattern', { from: from, to: to }, s.text.slice(from, to)));
  }
  return true;
}
