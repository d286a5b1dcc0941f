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

/** What rules reported, with what they read; by the place of a rule among all rules. */
export interface Outcomes {
  readonly reads: number[];
  /** Before ignore comments are applied; undefined for a rule that was not run. */
  readonly findings: (readonly Finding[] | undefined)[];
}

/** What is kept of a run for the run after the next change. */
export interface LintRecord {
  readonly chosen: Chosen;
  readonly surroundings: Surroundings | undefined;
  readonly escape: Dockerfile['escape'];
  /** Whether lines end as in Windows, which edits keep. */
  readonly hasCarriageReturns: boolean;
  readonly instructions: readonly Instruction[];
  readonly comments: readonly Comment[];
  readonly outcomes: Outcomes;
}

/** Longer files are rare, and their parts are not all kept. */
const longestText = 100_000;

/** A record of a run that begins; undefined if nothing of it can be used after a change. */
export function lintRecord(
  { tree }: Model,
  chosen: Chosen,
  surroundings: Surroundings | undefined,
): LintRecord | undefined {
  const { text, escape, instructions, comments } = tree;
  if (text.length > longestText) return undefined;
  const hasCarriageReturns = text.includes('\r\n');
  const count = chosen.rules.length;
  // Two lists of numbers and of lists: an object for each rule, in a map, took a tenth of the time of the rules.
  const outcomes: Outcomes = {
    reads: new Array<number>(count),
    findings: new Array<undefined>(count),
  };
  return { chosen, surroundings, escape, hasCarriageReturns, instructions, comments, outcomes };
}

/** The kinds of instructions that differ between two records, as bits; undefined if anything else may differ. */
export function changedBits(before: LintRecord, now: LintRecord): number | undefined {
  if (
    before.chosen !== now.chosen ||
    before.surroundings !== now.surroundings ||
    before.escape !== now.escape ||
    before.hasCarriageReturns !== now.hasCarriageReturns ||
    changesShell(before.comments, now.comments)
  )
    return undefined;
  const start = commonStart(before.instructions, now.instructions);
  // Without an instruction above the change, it may be in the directives.
  if (start === 0) return undefined;
  return wholeText | bitsFrom(before.instructions, start) | bitsFrom(now.instructions, start);
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
