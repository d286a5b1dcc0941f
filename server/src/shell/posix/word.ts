/** Words of POSIX scripts. Their properties are computed when they are read, because most words are only compared. */
import type { Span } from '../../text/span.ts';
import type { ShellVariable, ShellWord, Statement } from '../script.ts';
import type { Source } from '../source.ts';
import {
  BACKSLASH,
  BANG,
  CARET,
  CLOSE_BRACKET,
  DOLLAR,
  DOUBLE_QUOTE,
  OPEN_BRACKET,
  QUESTION,
  QUOTE,
  STAR,
  TILDE,
} from './characters.ts';

export class PosixVariable implements ShellVariable {
  private readonly source: Source;
  private readonly start: number;
  private readonly nameStart: number;
  private readonly nameEnd: number;
  readonly quoted: boolean;
  /** Set later for `${…}`, which is created before its end is known. */
  end: number;

  constructor(source: Source, start: number, nameStart: number, nameEnd: number, quoted: boolean) {
    this.source = source;
    this.start = start;
    this.nameStart = nameStart;
    this.nameEnd = nameEnd;
    this.end = nameEnd;
    this.quoted = quoted;
  }
  get span(): Span {
    return this.source.span(this.start, this.end);
  }
  get name(): string {
    const written = this.source.text.slice(this.nameStart, this.nameEnd);
    return written.includes('\n') ? written.replaceAll('\\\n', '') : written;
  }
  get nameSpan(): Span {
    return this.source.span(this.nameStart, this.nameEnd);
  }
}

/** What was found in a word with special characters. */
export interface WordContents {
  /** Where its value begins, after the `=` of an assignment; -1 for the start of the word. */
  readonly from: number;
  /** The value, if it differs from what is written. */
  readonly text: string | undefined;
  /** Whether something in it is expanded. File name patterns are searched for later. */
  readonly expands: boolean;
  readonly variables: readonly ShellVariable[];
  readonly scripts: readonly Statement[];
}

/** A word whose value is what is written; it may be a file name pattern. */
export const plainContents: WordContents = {
  from: -1,
  text: undefined,
  expands: false,
  variables: [],
  scripts: [],
};

export class PosixWord implements ShellWord {
  private readonly source: Source;
  private readonly start: number;
  private readonly end: number;
  private readonly found: WordContents;
  private value: string | undefined;
  private written: string | undefined;
  private place: Span | undefined;

  constructor(source: Source, start: number, end: number, found: WordContents) {
    this.source = source;
    this.start = start;
    this.end = end;
    this.found = found;
    this.value = found.text;
    this.written = undefined;
    this.place = undefined;
  }
  get span(): Span {
    return (this.place ??= this.source.span(this.start, this.end));
  }
  get text(): string {
    return (this.value ??= this.source.text.slice(this.start, this.end));
  }
  get raw(): string {
    const { source, found } = this;
    // For most words the value is what is written, and both are read.
    if (found.text === undefined && source.isWritten) return this.text;
    return (this.written ??= source.raw(this.start, this.end));
  }
  get variables(): readonly ShellVariable[] {
    return this.found.variables;
  }
  get scripts(): readonly Statement[] {
    return this.found.scripts;
  }
  get literal(): boolean {
    const { text } = this.source;
    const { expands, from } = this.found;
    if (expands || text.charCodeAt(this.start) === TILDE) return false;
    return !hasPattern(text, from < 0 ? this.start : from, this.end);
  }
}

/** A text in which quotes and patterns have no meaning: bodies and delimiters of heredocs. */
export class Verbatim implements ShellWord {
  readonly span: Span;
  readonly text: string;
  readonly raw: string;
  readonly literal: boolean;
  readonly variables: readonly ShellVariable[];
  readonly scripts: readonly Statement[];

  constructor(
    source: Source,
    { start, end }: Span,
    found: Pick<WordContents, 'text' | 'expands' | 'variables' | 'scripts'> = plainContents,
  ) {
    this.span = source.span(start, end);
    this.raw = source.raw(start, end);
    this.text = found.text ?? source.text.slice(start, end);
    this.literal = !found.expands;
    this.variables = found.variables;
    this.scripts = found.scripts;
  }
}

/** Whether a word contains an unquoted `*`, `?` or `[…]`; nothing else in it may be expanded. */
export function hasPattern(text: string, start: number, end: number): boolean {
  let open = -1;
  for (let at = start; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code === STAR || code === QUESTION) return true;
    if (code === BACKSLASH) at++;
    else if (code === QUOTE || code === DOUBLE_QUOTE) at = closingQuote(text, at, end);
    else if (code === OPEN_BRACKET && open < 0) open = firstMember(text, at + 1);
    else if (code === CLOSE_BRACKET && open >= 0 && at > open) return true;
  }
  return false;
}

/** A bracket that comes first in a set, negated or not, is a member of it. */
function firstMember(text: string, at: number): number {
  const code = text.charCodeAt(at);
  return code === BANG || code === CARET ? at + 1 : at;
}

/** The index of the quote that closes the one at `open`. */
function closingQuote(text: string, open: number, end: number): number {
  const quote = text.charCodeAt(open);
  const escapes = quote === DOUBLE_QUOTE || text.charCodeAt(open - 1) === DOLLAR;
  let at = open + 1;
  while (at < end && text.charCodeAt(at) !== quote)
    at += escapes && text.charCodeAt(at) === BACKSLASH ? 2 : 1;
  return at;
}
