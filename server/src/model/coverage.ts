/** How much of a text the model covers, so that an editor with a very long file stays responsive. */
import { firstInstructions, mostKept, nthInstruction } from '../syntax/long-file.ts';
import type { Dockerfile, Instruction } from '../syntax/tree.ts';
import { mostVariables } from '../syntax/variables.ts';
import type { Node } from '../text/span.ts';

/** Those whose parts the tree keeps. */
export const mostInstructions = mostKept;

export { mostVariables };

/** A text of this length or less is covered: an instruction takes two characters or more, with its line break. */
const shortest = Math.min(2 * mostInstructions, mostVariables);

/** Where the part of a text begins that the model does not cover. */
export function coveredEnd(tree: Dockerfile): number {
  // Most files are so short that nothing has to be counted.
  return tree.text.length <= shortest ? Infinity : countedEnd(tree);
}

function countedEnd(tree: Dockerfile): number {
  const byInstructions = nthInstruction(tree, mostInstructions)?.span.start ?? Infinity;
  return Math.min(byInstructions, variablesEnd(tree, mostVariables));
}

/**
 * The place of the variable after the first `most` ones; infinite if the first instructions have not so many. Each
 * declaration counts, and each `$`, also in scripts.
 */
export function variablesEnd(tree: Dockerfile, most: number): number {
  const { text } = tree;
  if (text.length <= most) return Infinity;
  const instructions = firstInstructions(tree, mostInstructions);
  const end = nthInstruction(tree, mostInstructions)?.span.start ?? text.length;
  if (!mayHaveMore(text.slice(0, end), instructions, most)) return Infinity;
  const counter: Counter = { text, next: nextDollar(text, 0), left: most };
  for (const instruction of instructions) {
    const { start, end } = instruction.span;
    // Those in the comments above it do not count.
    if (counter.next < start) counter.next = nextDollar(text, start);
    for (const { span } of declarationsOf(instruction)) {
      const place = countUpTo(counter, span.start);
      if (place !== undefined) return place;
      if (counter.left-- === 0) return span.start;
    }
    const place = countUpTo(counter, end);
    if (place !== undefined) return place;
  }
  return Infinity;
}

interface Counter {
  readonly text: string;
  /** The next `$`: the text is searched once, not once for each declaration. */
  next: number;
  left: number;
}

/** Whether there may be more than that; quicker than finding the place. */
function mayHaveMore(text: string, instructions: readonly Instruction[], most: number): boolean {
  let left = most;
  for (const instruction of instructions) left -= declarationsOf(instruction).length;
  if (left < 0) return true;
  return countUpTo({ text, next: nextDollar(text, 0), left }, text.length) !== undefined;
}

/** Counts each `$` before a place; returns the place of the first one that is too many. */
function countUpTo(counter: Counter, end: number): number | undefined {
  const { text } = counter;
  while (counter.next < end) {
    if (counter.left-- === 0) return counter.next;
    counter.next = nextDollar(text, counter.next + 1);
  }
  return undefined;
}

function nextDollar(text: string, from: number): number {
  const at = text.indexOf('$', from);
  return at < 0 ? Infinity : at;
}

const none: readonly never[] = [];

function declarationsOf(instruction: Instruction): readonly Node[] {
  const inner = instruction.kind === 'ONBUILD' ? instruction.trigger : instruction;
  return inner?.kind === 'ARG' || inner?.kind === 'ENV' ? inner.pairs : none;
}
