/**
 * Scripts of simple commands, as most are. What is where in them follows from one pass over the characters, so that neither
 * statements nor words are made.
 */
import type { MaskedText } from '../text/span.ts';
import { programName } from './dialect.ts';
import { nameEnd } from '../text/name-end.ts';
import { longestScript } from './parse.ts';
import {
  AMPERSAND,
  BACKSLASH,
  CLOSE_BRACE,
  DASH,
  DOLLAR,
  DOUBLE_QUOTE,
  EQUALS,
  HASH,
  NEWLINE,
  OPEN_BRACE,
  PIPE,
  PLUS,
  QUOTE,
  SEMICOLON,
  SPACE,
  TAB,
  kindsOf,
  special,
  specialInQuotes,
  wordBreak,
} from './posix/characters.ts';
import { reservedWords } from './posix/keywords.ts';
import { namesVariables } from './variable-commands.ts';
import type { VariableUse } from './variable-uses.ts';
import { mayRunCommand } from './wrappers.ts';
import { keepCode } from '../text/kept-code.ts';

type PlainUse = Pick<VariableUse, 'name' | 'span' | 'kind'>;

/** The kinds of uses are those of `VariableUse`; an option is a word that begins with `-`, with its value. */
type PlainKind = 'read' | 'assignment' | 'prefix' | 'command' | 'option' | 'string' | 'operator';

/** Reads one script after the other. What is found in the last one is in lists that are used again. */
export class PlainScript {
  /** In the order of their starts, without ordinary words; a string comes after its variables. */
  readonly kinds: PlainKind[] = [];
  /** The start and the end of each part, of uses those of the name. */
  readonly places: number[] = [];
  #text = '';
  #offset = 0;

  /** Reads a script of a POSIX shell; returns false if its tree is required, because there is more in it. */
  read({ text, at }: MaskedText): boolean {
    this.#text = text;
    this.#offset = at;
    this.kinds.length = 0;
    this.places.length = 0;
    return text.length <= longestScript && this.#readWords();
  }
  /** The uses of variables, the same ones as `variableUses` finds in the tree. */
  uses(text: string): readonly PlainUse[] {
    const uses: PlainUse[] = [];
    for (let i = 0; i < this.kinds.length; i++) {
      const kind = this.kinds[i];
      if (kind !== 'read' && kind !== 'assignment' && kind !== 'prefix') continue;
      const span = { start: this.places[2 * i] ?? 0, end: this.places[2 * i + 1] ?? 0 };
      uses.push({ name: text.slice(span.start, span.end), span, kind });
    }
    return uses;
  }
  #readWords(): boolean {
    const text = this.#text;
    let [hasWord, hasName] = [false, false];
    /** The index of the first assignment of the command. */
    let first = 0;
    let operator = -1;
    for (let at = 0; at < text.length;) {
      const code = text.charCodeAt(at);
      if (code === SPACE || code === TAB) at++;
      else if (code === BACKSLASH && text.charCodeAt(at + 1) === NEWLINE) at += 2;
      else if (code === SEMICOLON || code === AMPERSAND || code === PIPE) {
        const isDoubled = text.charCodeAt(at + 1) === code;
        if (!hasWord || code === (isDoubled ? SEMICOLON : AMPERSAND)) return false;
        operator = code;
        const end = isDoubled ? at + 2 : at + 1;
        this.#add(at, end, 'operator');
        at = end;
        hasWord = hasName = false;
        first = this.kinds.length;
      } else {
        const start = at;
        const from = hasName ? at : this.#afterAssigned(at);
        const isName = !hasName && from === start;
        const index = this.kinds.length;
        if (isName) this.#add(start, start, 'command');
        else if (code === DASH) this.#add(start, start, 'option');
        at = this.#wordEnd(from);
        if (at <= start || code === HASH) return false;
        hasWord = true;
        if (isName || code === DASH) this.places[2 * index + 1] = this.#offset + at;
        if (!isName) continue;
        hasName = true;
        if (!isPlainName(text.slice(start, at))) return false;
        this.#setPrefixes(first, index);
      }
    }
    // After other operators, a command is missing.
    return hasWord || operator === SEMICOLON;
  }
  /** The assignments before a command are its environment. */
  #setPrefixes(first: number, end: number): void {
    for (let i = first; i < end; i++) if (this.kinds[i] === 'assignment') this.kinds[i] = 'prefix';
  }
  #add(start: number, end: number, kind: PlainKind): void {
    this.kinds.push(kind);
    this.places.push(this.#offset + start, this.#offset + end);
  }
  /** Adds an assignment; returns the index after its `=`, or the start if there is none. */
  #afterAssigned(start: number): number {
    const end = nameEnd(this.#text, start);
    const equals = this.#text.charCodeAt(end) === PLUS ? end + 1 : end;
    if (end === start || this.#text.charCodeAt(equals) !== EQUALS) return start;
    this.#add(start, end, 'assignment');
    return equals + 1;
  }
  /** Adds the variables and strings of a word; returns its end, or -1 if there is more in it than quotes and variables. */
  #wordEnd(from: number): number {
    const text = this.#text;
    /** Where the string begins that is open. */
    let quote = -1;
    for (let at = from; ; at++) {
      const code = text.charCodeAt(at);
      const kinds = kindsOf(code);
      const isEnd = at >= text.length;
      const isQuoted = quote >= 0;
      if (code === QUOTE && !isQuoted) {
        const close = text.indexOf("'", at + 1);
        this.#add(at, close + 1, 'string');
        at = close;
      } else if (code === DOUBLE_QUOTE) {
        if (isQuoted) this.#add(quote, at + 1, 'string');
        quote = isQuoted ? -1 : at;
      } else if (code === DOLLAR) at = this.#variableEnd(at) - 1;
      else if (isQuoted && code === BACKSLASH) at++;
      else if (isQuoted ? isEnd || (kinds & specialInQuotes) !== 0 : (kinds & special) !== 0)
        return -1;
      else if (!isQuoted && (isEnd || (kinds & wordBreak) !== 0)) return at;
      if (at < 0) return -1;
    }
  }
  /** Adds `$NAME` or `${NAME}`; returns its end, or -1 if it is something else. */
  #variableEnd(dollar: number): number {
    const text = this.#text;
    const isInBraces = text.charCodeAt(dollar + 1) === OPEN_BRACE;
    const start = dollar + (isInBraces ? 2 : 1);
    const end = nameEnd(text, start);
    const next = text.charCodeAt(end);
    // A name can continue on the next line.
    if (end === start || (isInBraces ? next !== CLOSE_BRACE : next === BACKSLASH)) return -1;
    this.#add(start, end, 'read');
    return isInBraces ? end + 1 : end;
  }
}

/** Whether a word is the name of a command whose arguments are neither names of variables nor commands. */
function isPlainName(word: string): boolean {
  const name = programName(word);
  return !notName.test(word) && !reservedWords.has(word) && !namesVariables(name) && !mayRunCommand(name); // prettier-ignore
}

/** Quotes, subscripts and reserved words without letters. */
const notName = /["'[]|^[!\]}]/;

keepCode(new PlainScript());
