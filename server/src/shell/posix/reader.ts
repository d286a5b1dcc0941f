/** The state of parsing a script: the position, and what was found in the current word. */
import type { Span } from '../../text/span.ts';
import type { Redirect, ShellWord, Statement } from '../script.ts';
import { errorAt } from '../separators.ts';
import type { Source } from '../source.ts';
import {
  BACKSLASH,
  HASH,
  NEWLINE,
  SPACE,
  TAB,
  digit,
  kindsOf,
  letter,
  wordBreak,
} from './characters.ts';
import type { PosixVariable } from './word.ts';

/** Functions that call each other recursively. They are passed here, so that files import only downwards. */
export interface Grammar {
  /** Statements up to something that cannot begin one. */
  readonly list: (reader: Reader) => Statement[];
  /** All statements up to a closing character or the end; anything else is an error. */
  readonly body: (reader: Reader, close: number) => Statement[];
  readonly command: (reader: Reader) => Statement | undefined;
  /** Reads what the `$` at the current position begins. In quotes, other quotes are ordinary characters. */
  readonly dollar: (reader: Reader, inQuotes: boolean) => void;
}

/** A heredoc whose body begins on the next line. */
export interface Heredoc {
  readonly redirect: { body: ShellWord | undefined } & Redirect;
  readonly delimiter: string;
  readonly quoted: boolean;
  /** `<<-`: leading tabs are removed. */
  readonly stripsTabs: boolean;
}

export const none: readonly never[] = [];

/** Deeper nesting is an error, to prevent a stack overflow. */
const maxDepth = 100;

export class Reader {
  readonly source: Source;
  readonly text: string;
  readonly errors: Span[];
  readonly grammar: Grammar;
  /** Where the outermost statements end. */
  ends: readonly number[] = none;
  at = 0;
  /** Where the text to read ends, which may be the end of a heredoc's body. */
  end: number;
  /** The end of the last token. */
  last = 0;
  depth: number;
  heredocs: Heredoc[] = [];
  /** Whether it is inside `$(…)`, whose end also ends heredocs. */
  isEnclosed = false;

  /** What was found in the current word; words inside a substitution save and restore it. */
  variables: PosixVariable[] | undefined = undefined;
  scripts: Statement[] | undefined = undefined;
  /** The number of substitutions so far that contain statements. */
  substitutions = 0;
  expands = false;
  /** Whether the position is in double quotes. */
  quoted = false;
  /**
   * Starts and ends of characters that do not belong to the value, such as quotes and escapes. Those of inner words
   * come last.
   */
  readonly gaps: number[] = [];
  /** The text that replaces a gap, by the start of the gap; only `$'…'` has one. */
  decoded: Map<number, string> | undefined = undefined;
  /** Where reading arithmetic has failed, so that it is not tried again for everything around it. */
  failures: Set<number> | undefined = undefined;

  /** A substitution that is read on its own continues the errors and the depth of the script around it. */
  constructor(source: Source, grammar: Grammar, errors: Span[] = [], depth = 0) {
    this.source = source;
    this.text = source.text;
    this.end = source.text.length;
    this.grammar = grammar;
    this.errors = errors;
    this.depth = depth;
  }

  addError(at: number): void {
    this.errors.push(errorAt(this.source, at));
  }

  /** Enters a level of nesting. If it is too deep, the rest of the text is skipped. */
  enter(): boolean {
    if (this.depth >= maxDepth) {
      this.addError(this.at);
      this.at = this.end;
      return false;
    }
    this.depth++;
    return true;
  }

  /** The character at an index; -1 after the end. */
  code(at: number): number {
    return at < this.end ? this.text.charCodeAt(at) : -1;
  }

  /** Skips whitespace, line continuations and a comment; returns the character after them, -1 at the end. */
  next(): number {
    const { text, end } = this;
    let { at } = this;
    let code = -1;
    while (at < end) {
      code = text.charCodeAt(at);
      if (code === SPACE || code === TAB) at++;
      else if (code === BACKSLASH && at + 1 < end && text.charCodeAt(at + 1) === NEWLINE) at += 2;
      else if (code === HASH) {
        const line = text.indexOf('\n', at);
        at = line < 0 || line > end ? end : line;
        code = NEWLINE;
        break;
      } else break;
    }
    this.at = at;
    return at < end ? code : -1;
  }

  /** The index after line continuations. */
  afterContinuations(at: number): number {
    let place = at;
    while (this.code(place) === BACKSLASH && this.code(place + 1) === NEWLINE) place += 2;
    return place;
  }

  /** The end of a name that may continue after line continuations: they do not end a name (POSIX, 2.2.1). */
  continuedName(at: number): number {
    let end = at;
    for (;;) {
      let next = this.afterContinuations(end);
      if (next === end || (kindsOf(this.code(next)) & (letter | digit)) === 0) return end;
      while ((kindsOf(this.code(next)) & (letter | digit)) !== 0) next++;
      end = next;
    }
  }

  /** Whether a word that extends to this index ends there. */
  wordEnds(at: number): boolean {
    const place = this.afterContinuations(at);
    return place >= this.end || (kindsOf(this.text.charCodeAt(place)) & wordBreak) !== 0;
  }

  /** Adds a range that does not belong to the value of the word. */
  addGap(start: number, end: number): void {
    this.gaps.push(start, end);
  }

  addFailure(at: number): void {
    (this.failures ??= new Set()).add(at);
  }
}
