/** The part of a tree that a change leaves valid: most keystrokes do not affect most instructions. */
import type { Comment, Dockerfile, Instruction } from './tree.ts';
import type { SyntaxTrouble } from './trouble.ts';
import { fileTroubleCodes } from './check/order.ts';
import { LongFile } from './long-file.ts';
import { firstFrom } from '../text/sorted.ts';
import type { Span } from '../text/span.ts';

/** Lists of their own, to which the rest is added. */
export interface UnchangedPart {
  readonly instructions: Instruction[];
  readonly comments: Comment[];
  readonly emptyContinuations: Span[];
  /** Those of instructions that are kept with their parts. */
  readonly errors: SyntaxTrouble[];
  /** Where those begin that are not, if some of them are unchanged. */
  readonly laterStart: number | undefined;
  /** The start of the line to parse next. */
  readonly next: number;
}

/**
 * The instructions before the first change, without the last one if the change may belong to it. Undefined if there are
 * none.
 */
export function unchangedPart(before: Dockerfile, text: string): UnchangedPart | undefined {
  const changeStart = commonLength(before.text, text);
  // What is not read yet of a long file is read when it is needed.
  const isLong = before instanceof LongFile;
  const read = isLong ? before.soFar : before;
  const started = firstFrom(read.instructions, changeStart);
  const last = read.instructions[started - 1];
  if (last === undefined) return undefined;
  const end = endOfLine(before, last);
  const isWhole = end !== undefined && end < changeStart;
  const count = isWhole ? started : started - 1;
  if (count < 1) return undefined;
  const next = isWhole ? end + 1 : text.lastIndexOf('\n', last.span.start) + 1;
  const errors = isLong ? before.keptErrors : before.errors;
  return {
    instructions: read.instructions.slice(0, count),
    comments: read.comments.slice(0, firstFrom(read.comments, next)),
    emptyContinuations: read.emptyContinuations.filter(({ start }) => start < next),
    errors: errors.filter((error) => error.span.start < next && !fileTroubleCodes.has(error.code)),
    laterStart: isLong && next >= before.laterStart ? before.laterStart : undefined,
    next,
  };
}

/**
 * The line break that ends an instruction, if that does not depend on what follows: the last line is not continued, and
 * there is no heredoc, which may have no end.
 */
function endOfLine({ text, escape }: Dockerfile, instruction: Instruction): number | undefined {
  const { span } = instruction;
  const { heredocs } = (instruction.kind === 'ONBUILD' && instruction.trigger) || instruction;
  const at = text.indexOf('\n', span.end);
  if (at < 0 || heredocs.length > 0 || text.slice(span.end, at).trim() !== '') return undefined;
  return text.slice(span.start, at).trimEnd().endsWith(escape) ? undefined : at;
}

/** The length of the common start of two texts. */
function commonLength(one: string, other: string): number {
  let low = 0;
  let high = Math.min(one.length, other.length);
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (one.slice(low, middle) === other.slice(low, middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}
