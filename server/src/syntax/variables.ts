import type { Span } from '../text/span.ts';
import { BACKSLASH, DOLLAR, DOUBLE_QUOTE, isDigit, SINGLE_QUOTE } from './characters.ts';
import type { Variable } from './tree.ts';
import { wordTrouble, type WordTrouble } from './trouble.ts';

/** A walk over a word by the rules of BuildKit's shell lexer (frontend/dockerfile/shell/lex.go). */
export interface Scan {
  readonly text: string;
  readonly end: number;
  readonly escape: number;
  /** Off in the bodies of heredocs, where quotes are characters as others. */
  readonly quotes: boolean;
  /** From indices in the scanned text to a place in the document. */
  readonly place: (from: number, to: number) => Span;
  readonly found: Variable[];
  at: number;
  /** How many `${` are open. */
  depth: number;
  /** The word without quotes and escapes up to `kept`. */
  out: string;
  kept: number;
  trouble: WordTrouble | undefined;
}

const OPEN = 123;
const CLOSE = 125;
const COLON = 58;
const SLASH = 47;
const UNDERSCORE = 95;
const NONE = -1;
/** Nobody writes this; it only keeps the stack from running over. */
const deepest = 200;

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
    out: '',
    kept: from,
    trouble: undefined,
  };
}

/** Notes the first trouble; always false. */
function fail(s: Scan, trouble: WordTrouble): false {
  s.trouble ??= trouble;
  return false;
}

/** Steps over a character that is syntax and not part of the word's text. */
function drop(s: Scan): void {
  if (s.depth === 0) {
    s.out += s.text.slice(s.kept, s.at);
    s.kept = s.at + 1;
  }
  s.at++;
}

function scanSingleQuote(s: Scan): boolean {
  const open = s.at;
  drop(s);
  while (s.at < s.end && s.text.charCodeAt(s.at) !== SINGLE_QUOTE) s.at++;
  if (s.at >= s.end) return fail(s, wordTrouble('unmatched-quote', { from: open, to: s.end }, "'"));
  drop(s);
  return true;
}

function scanDoubleQuote(s: Scan): boolean {
  const open = s.at;
  drop(s);
  while (s.at < s.end) {
    const code = s.text.charCodeAt(s.at);
    if (code === DOUBLE_QUOTE) {
      drop(s);
      return true;
    }
    if (code === DOLLAR) {
      if (!scanDollar(s)) return false;
    } else if (code === s.escape) {
      const next = s.at + 1 < s.end ? s.text.charCodeAt(s.at + 1) : NONE;
      // Other characters cannot be escaped here: the escape stays.
      if (next === DOUBLE_QUOTE || next === DOLLAR || next === s.escape) {
        drop(s);
        s.at++;
      } else s.at++;
    } else s.at++;
  }
  return fail(s, wordTrouble('unmatched-quote', { from: open, to: s.end }, '"'));
}

/** Walks to the stop character and over it, or to the end when there is none to look for; false at a trouble. */
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
      drop(s);
      if (s.at < s.end) s.at++;
    } else s.at++;
  }
  return stop === NONE;
}

/** The whole word; `text` is what it stands for, or the word as written where BuildKit refuses it. */
export function scanAll(s: Scan): void {
  scanUntil(s, NONE);
  s.out += s.text.slice(s.kept, s.end);
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

/** Steps over `$NAME` or `${NAME…}` and notes it; false at a trouble (lex.go, processDollar). */
export function scanDollar(s: Scan): boolean {
  const start = s.at;
  s.at++;
  if (s.at >= s.end || s.text.charCodeAt(s.at) !== OPEN) {
    const from = s.at;
    const name = scanName(s);
    if (name !== '') {
      s.found.push({ span: s.place(start, s.at), name, nameSpan: s.place(from, s.at) });
    }
    return true;
  }
  s.at++;
  const first = s.at < s.end ? s.text.charCodeAt(s.at) : NONE;
  if (first === NONE || s.depth >= deepest)
    return fail(s, wordTrouble('missing-brace', { from: start, to: s.end }));
  if (first === OPEN || first === CLOSE || first === COLON) {
    return fail(
      s,
      wordTrouble('bad-substitution', { from: start, to: s.at + 1 }, s.text.slice(start, s.at + 1)),
    );
  }
  s.depth++;
  const fine = scanBraces(s, start);
  s.depth--;
  return fine;
}

/** The inside of `${…}`. A variable that is not closed is noted too: somebody may be writing it. */
function scanBraces(s: Scan, start: number): boolean {
  const from = s.at;
  const name = scanName(s);
  const nameEnd = s.at;
  const index = s.found.length;
  const variable = (rest: Partial<Variable>): void => {
    const nameSpan = s.place(from, nameEnd);
    s.found[index] = { span: s.place(start, s.at), name, nameSpan, ...rest };
  };
  variable({});
  if (s.at >= s.end) return fail(s, wordTrouble('missing-brace', { from: start, to: s.end }));
  const operatorAt = s.at;
  let character = s.text.charAt(s.at++);
  if (character === '}') {
    variable({});
    return true;
  }
  if (character === '/') return scanReplacement(s, start, variable);
  const colon = character === ':';
  if (colon) character = s.at < s.end ? s.text.charAt(s.at++) : '';
  const written = s.text.slice(operatorAt, s.at);
  if (!colon && !'+-?#%'.includes(character)) {
    return fail(s, wordTrouble('unsupported-modifier', { from: start, to: s.at }, written));
  }
  const doubles = character === '#' || character === '%';
  if (doubles && s.at < s.end && s.text.charAt(s.at) === character) s.at++;
  const operandAt = s.at;
  const closed = scanUntil(s, CLOSE);
  const operandEnd = closed ? s.at - 1 : s.at;
  const operator = operatorOf(colon, character, operandAt - operatorAt - (colon ? 1 : 0) > 1);
  const operand = s.place(operandAt, operandEnd);
  variable(operator === undefined ? {} : { operator, operand });
  if (!closed) return fail(s, wordTrouble('missing-brace', { from: start, to: s.end }));
  if (operator === undefined)
    return fail(s, wordTrouble('unsupported-modifier', { from: start, to: s.at }, written));
  if (operator.startsWith('#') || operator.startsWith('%')) {
    return checkPattern(s, operandAt, operandEnd);
  }
  return true;
}

function operatorOf(colon: boolean, character: string, doubled: boolean): Variable['operator'] {
  switch (character) {
    case '-':
      return colon ? ':-' : '-';
    case '+':
      return colon ? ':+' : '+';
    case '?':
      return colon ? ':?' : '?';
    case '#':
      return colon ? undefined : doubled ? '##' : '#';
    case '%':
      return colon ? undefined : doubled ? '%%' : '%';
    default:
      return undefined;
  }
}

/** `${NAME/pattern/replacement}` and `${NAME//pattern/replacement}`, behind the first slash. */
function scanReplacement(
  s: Scan,
  start: number,
  variable: (rest: Partial<Variable>) => void,
): boolean {
  const all = s.at < s.end && s.text.charCodeAt(s.at) === SLASH;
  if (all) s.at++;
  const operandAt = s.at;
  const slashed = scanUntil(s, SLASH);
  const patternEnd = slashed ? s.at - 1 : s.at;
  const closed = slashed && scanUntil(s, CLOSE);
  const operand = s.place(operandAt, closed ? s.at - 1 : s.at);
  variable({ operator: all ? '//' : '/', operand });
  if (!slashed) return fail(s, wordTrouble('missing-slash', { from: start, to: s.end }));
  if (!closed) return fail(s, wordTrouble('missing-brace', { from: start, to: s.end }));
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
