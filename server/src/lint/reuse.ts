/**
 * Findings that are still true after a change. Each rule is run with a record of the kinds of instructions that it read through
 * the model. If a change affects no instruction of these kinds, the rule would read the same objects at the same places
 * and report the same.
 */
import type { Model } from '../model/model.ts';
import { instructionBits, wholeText } from '../model/reads.ts';
import type { Comment, Dockerfile, Instruction } from '../syntax/tree.ts';
import type { Chosen } from './active-rules.ts';
import type { Finding } from './rule.ts';
import type { Surroundings } from './surroundings.ts';

/** What is kept of a run for the run after the next change. */
export interface LintRecord {
  readonly chosen: Chosen;
  readonly surroundings: Surroundings | undefined;
  readonly tree: Dockerfile;
  /** What each rule read, by its place among all rules. */
  readonly reads: number[];
  /** What each reported, before ignore comments are applied; undefined for a rule that was not run. */
  readonly findings: (readonly Finding[] | undefined)[];
}

/** Longer files are rare, and their parts are not all kept. */
const longestText = 100_000;

/** A record of a run that begins; undefined if nothing of it can be used after a change. */
export function lintRecord(
  { tree }: Model,
  chosen: Chosen,
  surroundings: Surroundings | undefined,
): LintRecord | undefined {
  if (tree.text.length > longestText) return undefined;
  const count = chosen.rules.length;
  // Two lists of numbers and of lists: an object for each rule, in a map, took a tenth of the time of the rules.
  const reads = new Array<number>(count);
  return { chosen, surroundings, tree, reads, findings: new Array<undefined>(count) };
}

/** The kinds of instructions that differ between two records, as bits; undefined if anything else may differ. */
export function changedBits(before: LintRecord, now: LintRecord): number | undefined {
  if (
    before.chosen !== now.chosen ||
    before.surroundings !== now.surroundings ||
    before.tree.escape !== now.tree.escape ||
    // Edits keep the ends of lines.
    hasCarriageReturns(before) !== hasCarriageReturns(now) ||
    changesShell(before.tree.comments, now.tree.comments)
  )
    return undefined;
  const earlier = before.tree.instructions;
  const { instructions } = now.tree;
  const start = commonStart(earlier, instructions);
  // Without an instruction above the change, it may be in the directives.
  if (start === 0) return undefined;
  return wholeText | bitsFrom(earlier, start) | bitsFrom(instructions, start);
}

/** Whether lines end as in Windows. */
function hasCarriageReturns({ tree }: LintRecord): boolean {
  return tree.text.includes('\r\n');
}

/** The number of objects that two lists have in common at their starts. */
function commonStart(one: readonly object[], other: readonly object[]): number {
  const most = Math.min(one.length, other.length);
  let count = 0;
  while (count < most && one[count] === other[count]) count++;
  return count;
}

function bitsFrom(instructions: readonly Instruction[], start: number): number {
  let set = 0;
  for (let i = start; i < instructions.length; i++) {
    const instruction = instructions[i];
    if (instruction !== undefined) set |= instructionBits(instruction);
  }
  return set;
}

/** Whether a comment was added, changed or removed that may name the shell of a stage (model/state.ts). */
function changesShell(before: readonly Comment[], now: readonly Comment[]): boolean {
  const start = commonStart(before, now);
  return namesShell(before, start) || namesShell(now, start);
}

function namesShell(comments: readonly Comment[], start: number): boolean {
  for (let i = start; i < comments.length; i++)
    if (comments[i]?.text.includes('hadolint') === true) return true;
  return false;
}
