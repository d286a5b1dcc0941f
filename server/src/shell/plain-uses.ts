/**
 * The uses of variables in scripts of simple commands, as most are: they follow from the places of the words, so that neither
 * statements nor words are made. `variableUses` finds the same ones in the tree of a script.
 */
import type { MaskedText, Span } from '../text/span.ts';
import { programName } from './dialect.ts';
import { nameEnd } from './name-end.ts';
import { longestScript } from './parse.ts';
import {
  AMPERSAND,
  BACKSLASH,
  CLOSE_BRACE,
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

type PlainUse = Pick<VariableUse, 'name' | 'span' | 'kind'>;

/** The uses in a script of a POSIX shell, in the order of the text; undefined if they are known only from its tree. */
export function plainUses(script: MaskedText): readonly PlainUse[] | undefined {
  const reader = new PlainReader(script);
  return script.text.length <= longestScript && reader.read() ? reader.uses : undefined;
}

class PlainReader {
  readonly uses: PlainUse[] = [];
  readonly #text: string;
  readonly #offset: number;

  constructor({ text, at }: MaskedText) {
    this.#text = text;
    this.#offset = at;
  }
  /** Reads all words; returns whether nothing else is in the script. */
  read(): boolean {
    const text = this.#text;
    let [hasWord, hasName] = [false, false];
    /** The index of the first assignment of the command. */
    let first = 0;
    for (let at = 0; at < text.length;) {
      const code = text.charCodeAt(at);
      if (code === SPACE || code === TAB) at++;
      else if (code === BACKSLASH && text.charCodeAt(at + 1) === NEWLINE) at += 2;
      else if (code === SEMICOLON || code === AMPERSAND || code === PIPE) {
        const isDoubled = text.charCodeAt(at + 1) === code;
        if (!hasWord || code === (isDoubled ? SEMICOLON : AMPERSAND)) return false;
        at += isDoubled ? 2 : 1;
        hasWord = hasName = false;
        first = this.uses.length;
      } else {
        const start = at;
        const from = hasName ? at : this.#afterAssigned(at);
        at = this.#wordEnd(from);
        if (at <= start || code === HASH) return false;
        hasWord = true;
        if (hasName || from > start) continue;
        hasName = true;
        if (!isPlainName(text.slice(start, at))) return false;
        this.#setPrefixes(first);
      }
    }
    return true;
  }
  /** The assignments before a command are its environment. */
  #setPrefixes(first: number): void {
    const { uses } = this;
    for (let i = first; i < uses.length; i++) {
      const use = uses[i] as PlainUse;
      if (use.kind === 'assignment') uses[i] = { ...use, kind: 'prefix' };
    }
  }
  #add(start: number, end: number, kind: PlainUse['kind']): void {
    const span: Span = { start: this.#offset + start, end: this.#offset + end };
    this.uses.push({ name: this.#text.slice(start, end), span, kind });
  }
  /** Adds an assignment; returns the index after its `=`, or the start if there is none. */
  #afterAssigned(start: number): number {
    const end = nameEnd(this.#text, start);
    const equals = this.#text.charCodeAt(end) === PLUS ? end + 1 : end;
    if (end === start || this.#text.charCodeAt(equals) !== EQUALS) return start;
    this.#add(start, end, 'assignment');
    return equals + 1;
  }
  /** Adds the variables of a word; returns its end, or -1 if there is more in it than quotes and variables. */
  #wordEnd(from: number): number {
    const text = this.#text;
    let isQuoted = false;
    for (let at = from; ; at++) {
      const code = text.charCodeAt(at);
      const kinds = kindsOf(code);
      const isEnd = at >= text.length;
      if (code === DOUBLE_QUOTE) isQuoted = !isQuoted;
      else if (code === DOLLAR) at = this.#variableEnd(at) - 1;
      else if (isQuoted && code === BACKSLASH) at++;
      else if (!isQuoted && code === QUOTE) at = text.indexOf("'", at + 1);
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
