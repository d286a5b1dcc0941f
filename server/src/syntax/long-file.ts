/**
 * Files with very many instructions. Only the first ones are kept with their parts; what is refused further down is found
 * when it is read.
 */
import type { Span } from '../text/span.ts';
import { checkInstruction } from './check/instruction.ts';
import { checkOrder } from './check/order.ts';
import { readInstruction } from './instruction.ts';
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
  const instructions = [...part.instructions];
  const later: Reader = { ...reader, errors: [] };
  for (let line = nextLine(later); line; line = nextLine(later))
    instructions.push(laterInstruction(later, line));
  return new LongFile(reader, { ...part, instructions });
}

export class LongFile implements Dockerfile {
  readonly text: string;
  readonly escape: Dockerfile['escape'];
  readonly directives: readonly Directive[];
  readonly comments: readonly Comment[];
  readonly instructions: readonly Instruction[];
  readonly emptyContinuations: readonly Span[];
  /** What is refused in the instructions that are kept. */
  readonly keptErrors: readonly SyntaxTrouble[];
  readonly laterStart: number;
  #errors: readonly SyntaxTrouble[] | undefined;

  constructor(
    { document, escape, comments, emptyContinuations, errors }: Reader,
    { directives, instructions, laterStart }: KeptPart,
  ) {
    this.text = document;
    this.escape = escape;
    this.directives = directives;
    this.comments = comments;
    this.instructions = instructions;
    this.emptyContinuations = emptyContinuations;
    this.keptErrors = errors.sort((a, b) => a.span.start - b.span.start);
    this.laterStart = laterStart;
  }
  get errors(): readonly SyntaxTrouble[] {
    return (this.#errors ??= this.#allErrors());
  }
  /** In the same order as those of a file that is not long. */
  #allErrors(): readonly SyntaxTrouble[] {
    const errors = [...this.keptErrors];
    const refused: SyntaxTrouble[] = [];
    for (const instruction of this.readLater(errors)) checkInstruction(instruction, refused);
    checkOrder(this.text, this.instructions, refused);
    for (const error of refused) errors.push(error);
    return errors.sort((a, b) => a.span.start - b.span.start);
  }
  /** Reads the later instructions again; what is refused while reading one is added to `errors` before it. */
  *readLater(errors: SyntaxTrouble[]): Iterable<Instruction> {
    const { text: document, escape, laterStart: next } = this;
    const reader = { document, escape, next, comments: [], emptyContinuations: [], errors };
    for (let line = nextLine(reader); line; line = nextLine(reader))
      yield readInstruction(reader, line);
  }
}

/**
 * All instructions with their parts, for reading them once: those of later ones are not kept. What is refused in an
 * instruction is added to `errors` before it.
 */
export function* wholeInstructions(
  tree: Dockerfile,
  errors: SyntaxTrouble[],
): Iterable<Instruction> {
  if (!(tree instanceof LongFile)) {
    for (const error of tree.errors) errors.push(error);
    yield* tree.instructions;
    return;
  }
  for (const error of tree.keptErrors) errors.push(error);
  for (const instruction of tree.instructions) {
    if (instruction.span.start >= tree.laterStart) break;
    yield instruction;
  }
  for (const instruction of tree.readLater(errors)) {
    checkInstruction(instruction, errors);
    yield instruction;
  }
}
