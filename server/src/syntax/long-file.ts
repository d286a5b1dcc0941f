/**
 * Files with very many instructions. Only the first ones are kept with their parts; what is refused further down is found
 * when it is read.
 */
import { firstFrom } from '../text/sorted.ts';
import type { Span } from '../text/span.ts';
import { checkOrder } from './check/order.ts';
import { readInstruction } from './instruction.ts';
import { placeOf } from './keyword.ts';
import { laterInstruction } from './later-instruction.ts';
import { nextLine, type Reader } from './lexer.ts';
import type { Comment, Directive, Dockerfile, Instruction } from './tree.ts';
import type { SyntaxTrouble } from './trouble.ts';

/** The parts of no more instructions are kept. The largest of 444 real Dockerfiles has about 250. */
export const mostKept = 20_000;

interface KeptPart {
  readonly directives: readonly Directive[];
  readonly instructions: readonly Instruction[];
  /** Where the instructions begin whose parts are not kept. */
  readonly laterStart: number;
}

/**
 * The tree of a file whose first instructions have been read. The reader is after them, or after later ones of an
 * earlier tree.
 */
export function longFile(reader: Reader, part: KeptPart): Dockerfile {
  return new LongFile(reader, part);
}

/** What is read of a file from its start on. */
interface ReadPart {
  readonly instructions: readonly Instruction[];
  readonly comments: readonly Comment[];
  readonly emptyContinuations: readonly Span[];
}

/** Later instructions are read up to where something asks for them. */
export class LongFile implements Dockerfile {
  readonly text: string;
  readonly escape: Dockerfile['escape'];
  readonly directives: readonly Directive[];
  /** What is refused in the instructions that are kept. */
  readonly keptErrors: readonly SyntaxTrouble[];
  readonly laterStart: number;
  /** What is read so far. */
  readonly soFar: ReadPart;
  readonly #instructions: Instruction[];
  /** After the last instruction that is read so far. */
  readonly #reader: Reader;
  #errors: readonly SyntaxTrouble[] | undefined;

  constructor(reader: Reader, { directives, instructions, laterStart }: KeptPart) {
    const { document, escape, comments, emptyContinuations, errors } = reader;
    this.text = document;
    this.escape = escape;
    this.directives = directives;
    this.keptErrors = errors.sort((a, b) => a.span.start - b.span.start);
    this.laterStart = laterStart;
    this.#instructions = [...instructions];
    this.soFar = { instructions: this.#instructions, comments, emptyContinuations };
    this.#reader = { ...reader, errors: [] };
  }
  get instructions(): readonly Instruction[] {
    return this.upTo(Infinity).instructions;
  }
  get comments(): readonly Comment[] {
    return this.upTo(Infinity).comments;
  }
  get emptyContinuations(): readonly Span[] {
    return this.upTo(Infinity).emptyContinuations;
  }
  /** What begins before an offset, and more if more is read already. */
  upTo(offset: number): ReadPart {
    while (this.#reader.next < offset && this.#readNext());
    return this.soFar;
  }
  /** The instruction at an index of the list. */
  at(index: number): Instruction | undefined {
    while (this.#instructions.length <= index && this.#readNext());
    return this.#instructions[index];
  }
  #readNext(): boolean {
    const line = nextLine(this.#reader);
    if (line) this.#instructions.push(laterInstruction(this.#reader, line));
    return line !== undefined;
  }
  get errors(): readonly SyntaxTrouble[] {
    return (this.#errors ??= this.#allErrors());
  }
  /** Whether the places of all instructions are known. */
  get isRead(): boolean {
    return this.#reader.next >= this.text.length;
  }
  /** In the same order as those of a file that is not long. */
  #allErrors(): readonly SyntaxTrouble[] {
    const errors = [...this.keptErrors];
    const reader = laterReader(this, errors);
    for (let line = nextLine(reader); line; line = nextLine(reader)) readInstruction(reader, line);
    checkOrder(this.text, this.instructions, errors);
    return errors.sort((a, b) => a.span.start - b.span.start);
  }
}

/** Reads the later instructions again; what is refused in them is added to `errors`. */
function laterReader(
  { text: document, escape, laterStart: next }: LongFile,
  errors: SyntaxTrouble[],
): Reader {
  return {
    document,
    escape,
    next,
    comments: [],
    emptyContinuations: [],
    errors,
    mayHaveHeredocs: true,
  };
}

type Placing = (place: Pick<Instruction, 'kind' | 'span'>) => boolean;

/**
 * All instructions with their parts, for reading them once: those of later ones are not kept. What is refused in an
 * instruction is added to `errors` before it. Later ones for which `needsNoParts` is true are faster without them.
 */
export function* wholeInstructions(
  tree: Dockerfile,
  errors: SyntaxTrouble[],
  needsNoParts?: Placing,
): Iterable<Instruction> {
  if (!(tree instanceof LongFile)) {
    for (const error of tree.errors) errors.push(error);
    yield* tree.instructions;
    return;
  }
  for (const error of tree.keptErrors) errors.push(error);
  for (const instruction of tree.soFar.instructions) {
    if (instruction.span.start >= tree.laterStart) break;
    yield instruction;
  }
  yield* laterInstructions(tree, errors, needsNoParts);
}

/**
 * Those that need no parts are only placed: their parts are parsed when they are read, and what is refused in them is not added.
 */
function* laterInstructions(
  tree: LongFile,
  errors: SyntaxTrouble[],
  needsNoParts: Placing | undefined,
): Iterable<Instruction> {
  const reader = laterReader(tree, errors);
  if (needsNoParts && tree.isRead) {
    const placed = tree.instructions;
    for (let i = firstFrom(placed, tree.laterStart); i < placed.length; i++) {
      const instruction = placed[i] as Instruction;
      if (needsNoParts(instruction)) {
        yield instruction;
        continue;
      }
      reader.next = instruction.span.start;
      const line = nextLine(reader);
      if (line) yield readInstruction(reader, line);
    }
    return;
  }
  for (let line = nextLine(reader); line; line = nextLine(reader)) {
    const placed = needsNoParts && placeOf(line);
    if (placed && needsNoParts(placed)) yield laterInstruction(reader, line, placed);
    else yield readInstruction(reader, line);
  }
}

/** The instruction at an index of the list; those below it are not read in a long file. */
export function nthInstruction(tree: Dockerfile, index: number): Instruction | undefined {
  return tree instanceof LongFile ? tree.at(index) : tree.instructions[index];
}

/** The first instructions, no more than `count`; those below them are not read in a long file. */
export function firstInstructions(tree: Dockerfile, count: number): readonly Instruction[] {
  if (!(tree instanceof LongFile)) {
    const { instructions } = tree;
    return instructions.length > count ? instructions.slice(0, count) : instructions;
  }
  tree.at(count - 1);
  return tree.soFar.instructions.slice(0, count);
}

/** The comments that begin before an offset, and maybe further ones; what is below is not read in a long file. */
export function commentsUpTo(tree: Dockerfile, offset: number): readonly Comment[] {
  return tree instanceof LongFile ? tree.upTo(offset).comments : tree.comments;
}
