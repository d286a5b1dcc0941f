/**
 * Which parts of a file were read through its model. If a change leaves all of them as they are, what was found with them
 * is still true (lint/reuse.ts). Every property and method of the model and of its stages adds what its answer may depend on;
 * answers to questions that are kept for a model add the same each time they are given.
 */
import { instructions } from '../reference/instructions.ts';
import type { Instruction, Kind } from '../syntax/tree.ts';
import { ObjectCache } from '../text/object-cache.ts';

/** A bit for each kind of instruction, so that a set of kinds is a number. */
const bits: ReadonlyMap<Kind, number> = new Map(
  [...instructions.map(({ keyword }) => keyword as Kind), 'unknown' as const].map((kind, i) => [
    kind,
    1 << i,
  ]),
);

/** The bit of a kind. */
export function kindBit(kind: Kind): number {
  return bits.get(kind) ?? 0;
}

/** The set of some kinds. */
export function kindBits(kinds: readonly Kind[]): number {
  let set = 0;
  for (let i = 0; i < kinds.length; i++) set |= kindBit(kinds[i] ?? 'unknown');
  return set;
}

/** All instructions. */
export const anyInstruction: number = (1 << bits.size) - 1;
/** The text, or parts of the tree besides the instructions: comments, directives and errors. */
export const wholeText: number = 1 << 30;
/** Images and names of stages. */
export const stageNames: number = kindBits(['FROM', 'ARG']);
/** What uses a stage. */
export const stageUses: number = stageNames | kindBits(['COPY', 'ADD', 'RUN', 'ONBUILD']);
/** Values of variables; triggers of ONBUILD also declare some. */
export const variables: number = stageNames | kindBits(['ENV', 'ONBUILD']);
/** The shell that runs an instruction. */
export const shells: number = stageNames | kindBits(['SHELL', 'ONBUILD']);
/** Commands in RUN. */
export const commands: number = shells | kindBits(['RUN']);
/** Users, directories and start commands. */
export const states: number =
  variables | shells | kindBits(['USER', 'WORKDIR', 'CMD', 'ENTRYPOINT', 'ONBUILD']);

/** The kinds of an instruction and its trigger. */
export function instructionBits(instruction: Instruction): number {
  const trigger = instruction.kind === 'ONBUILD' ? instruction.trigger : undefined;
  const own = kindBit(instruction.kind);
  return trigger === undefined ? own : own | kindBit(trigger.kind);
}

/** Collects what is read of a file; it is set to 0 before something whose reads are to be known. */
export interface Reads {
  bits: number;
}

interface Reading {
  readonly reads: Reads;
}

/** Keeps the answer to one question about a model, with what it depends on. */
export class ModelCache<M extends Reading, V> {
  readonly #kept = new ObjectCache<M, { readonly value: V; readonly bits: number }>();

  /** The answer for a model, computed once. */
  of(model: M, compute: (model: M) => V): V {
    const { reads } = model;
    let kept = this.#kept.get(model);
    if (kept === undefined) {
      const before = reads.bits;
      reads.bits = 0;
      const value = compute(model);
      kept = { value, bits: reads.bits };
      this.#kept.set(model, kept);
      reads.bits = before;
    }
    reads.bits |= kept.bits;
    return kept.value;
  }
}
