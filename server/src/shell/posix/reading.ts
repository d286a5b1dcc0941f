/** A script on the way: where its reader stands, and what it has found of the word it is in. */
import type { Span } from '../../text/span.ts';
import type { Redirect, ShellWord, Statement } from '../script.ts';
import { errorAt } from '../separators.ts';
import type { Source } from '../source.ts';
import { BACKSLASH, HASH, NEWLINE, SPACE, TAB, breaks, kindsOf } from './characters.ts';
import type { PosixVariable } from './word.ts';

/** What reads one inside the other, without end: files import downwards only. */
export interface Grammar {
  /** Statements up to what can not begin one. */
  readonly list: (reading: Reading) => Statement[];
  /** All statements up to a character or the end; what can not stand there is an error. */
  readonly body: (reading: Reading, close: number) => Statement[];
  readonly command: (reading: Reading) => Statement | undefined;
  /** What a `$` begins, at which the reader stands; in quotes other quotes are mere signs. */
  readonly dollar: (reading: Reading, inQuotes: boolean) => void;
}

/** A redirect whose body comes with the next line. */
export interface Heredoc {
  readonly redirect: { body: ShellWord | undefined } & Redirect;
  readonly delimiter: string;
  readonly quoted: boolean;
  /** `<<-`: tabs before lines do not count. */
  readonly strips: boolean;
}

export const none: readonly never[] = [];

/** Nobody nests as deep, and what does must not use up the stack. */
const deepest = 100;

export class Reading {
  readonly source: Source;
  readonly text: string;
  readonly errors: Span[];
  readonly grammar: Grammar;
  /** Where the outermost statements end. */
  readonly ends: number[] = [];
  at = 0;
  /** Where the text ends for the reader: it may be inside a heredoc. */
  end: number;
  /** Where the last thing that counts ended. */
  last = 0;
  depth: number;
  heredocs: Heredoc[] = [];
  /** Inside `$(…)`, whose end ends heredocs too. */
  enclosed = false;

  /** What was found of the word on the way; words inside a substitution put theirs back. */
  variables: PosixVariable[] | undefined = undefined;
  scripts: Statement[] | undefined = undefined;
  expands = false;
  /** Whether what is read is kept whole by double quotes. */
  quoted = false;
  /** Starts and ends of what does not belong to the value: quotes and escapes. The inner word's stand on top. */
  readonly gaps: number[] = [];
  /** What stands for a gap, by its start: `$'…'` alone has such. */
  decoded: Map<number, string> | undefined = undefined;
  /** Where something was tried that is not there, so that it is not tried again with all around it. */
  refused: Set<number> | undefined = undefined;

  constructor(
    source: Source,
    grammar: Grammar,
    { errors, depth }: Pick<Reading, 'errors' | 'depth'>,
  ) {
    this.source = source;
    this.text = source.text;
    this.end = source.text.length;
    this.grammar = grammar;
    this.errors = errors;
    this.depth = depth;
  }

  error(at: number): void {
    this.errors.push(errorAt(this.source, at));
  }

  /** One level deeper. Too deep, the rest of the text stays unread. */
  enter(): boolean {
    if (this.depth >= deepest) {
      this.error(this.at);
      this.at = this.end;
      return false;
    }
    this.depth++;
    return true;
  }

  /** The character at a place, -1 behind the end. */
  code(at: number): number {
    return at < this.end ? this.text.charCodeAt(at) : -1;
  }

  /** Steps over blanks, continued lines and a comment; the character behind them, -1 at the end. */
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

  /** The place behind continued lines. */
  joined(at: number): number {
    let place = at;
    while (this.code(place) === BACKSLASH && this.code(place + 1) === NEWLINE) place += 2;
    return place;
  }

  /** Whether a word that goes to this place ends there. */
  wordEnds(at: number): boolean {
    const place = this.joined(at);
    return place >= this.end || (kindsOf(this.text.charCodeAt(place)) & breaks) !== 0;
  }

  /** From here to there nothing belongs to the value of the word. */
  gap(start: number, end: number): void {
    this.gaps.push(start, end);
  }

  refuse(at: number): void {
    (this.refused ??= new Set()).add(at);
  }
}
