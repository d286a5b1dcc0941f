/**
 * Instructions that are far down in a very long file. Their parts are parsed again when something reads them: keeping the
 * parts of a hundred thousand instructions takes longer than parsing, as V8 moves all of them when it collects garbage.
 */
import { cacheEntries, type CacheEntry } from '../text/object-cache.ts';
import type { Span } from '../text/span.ts';
import { readHeredocs } from './heredoc.ts';
import type { InstructionNode } from './instruction-node.ts';
import { readInstruction } from './instruction.ts';
import { kindOf, placeOf, wordEnd } from './keyword.ts';
import { type Line, nextLine, type Reader } from './lexer.ts';
import type { Dockerfile, Instruction, Kind } from './tree.ts';
import { writtenWord } from './words.ts';

/** Has the properties of every kind of instruction. Its parts are kept from the first time that one of them is read. */
class LaterInstruction {
  readonly kind: Kind;
  readonly span: Span;
  readonly #text: string;
  readonly #escape: Dockerfile['escape'];
  #whole: InstructionNode | undefined;
  /** Defined from the start, so that setting it does not change the shape. */
  [cacheEntries]: CacheEntry | undefined;

  constructor(kind: Kind, span: Span, { document, escape }: Line) {
    this.kind = kind;
    this.span = span;
    this.#text = document;
    this.#escape = escape;
    this.#whole = undefined;
    this[cacheEntries] = undefined;
  }
  get #parts(): InstructionNode {
    return (this.#whole ??= instructionFrom(this.#text, this.#escape, this.span.start));
  }
  /** The outline of a file reads no more of its instructions than this. */
  get keyword() {
    if (this.#whole) return this.#whole.keyword;
    const { start, end } = this.span;
    const keywordEnd = wordEnd(this.#text, start, end);
    const raw = this.#text.slice(start, keywordEnd);
    // Another keyword may be continued on the next line.
    return kindOf(raw) === this.kind && this.kind !== 'unknown'
      ? writtenWord({ start, end: keywordEnd }, raw)
      : this.#parts.keyword;
  }
  get flags() {
    return this.#parts.flags;
  }
  get heredocs() {
    return this.#parts.heredocs;
  }
  get words() {
    return this.#parts.words;
  }
  get onbuild() {
    return this.#parts.onbuild;
  }
  get image() {
    return this.#parts.image;
  }
  get as() {
    return this.#parts.as;
  }
  get name() {
    return this.#parts.name;
  }
  get command() {
    return this.#parts.command;
  }
  get type() {
    return this.#parts.type;
  }
  get sources() {
    return this.#parts.sources;
  }
  get target() {
    return this.#parts.target;
  }
  get json() {
    return this.#parts.json;
  }
  get pairs() {
    return this.#parts.pairs;
  }
  get trigger() {
    return this.#parts.trigger;
  }
  get args() {
    return this.#parts.args;
  }
}

/** The instruction on a line, without its parts; `place` is its place without heredocs. */
export function laterInstruction(reader: Reader, line: Line, place = placeOf(line)): Instruction {
  const written = line.text.slice(line.from, line.to);
  // The bodies of heredocs are on the lines below.
  if (!written.includes('<<')) return instructionAtPlace(place, line);
  const { kind, span } = place;
  // An array has no heredocs, and a trigger may have some: this takes reading all parts.
  if ((kind !== 'RUN' && kind !== 'COPY' && kind !== 'ADD') || written.includes('['))
    return instructionAtPlace(readInstruction(reader, line), line);
  const last = readHeredocs(reader, line, false, false).at(-1);
  const end = last ? (last.terminator ?? last.body).end : span.end;
  return instructionAtPlace({ kind, span: { start: span.start, end } }, line);
}

/** An instruction without its parts, whose place is known. */
function instructionAtPlace(
  { kind, span }: Pick<Instruction, 'kind' | 'span'>,
  line: Line,
): Instruction {
  return new LaterInstruction(kind, span, line) as Instruction;
}

/** The instruction whose keyword is at an offset. */
export function instructionFrom(
  text: string,
  escape: Dockerfile['escape'],
  start: number,
): InstructionNode {
  const reader: Reader = {
    document: text,
    escape,
    next: start,
    comments: [],
    emptyContinuations: [],
    errors: [],
    mayHaveHeredocs: true,
  };
  return readInstruction(reader, nextLine(reader) as Line) as InstructionNode;
}
