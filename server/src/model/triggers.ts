/** The triggers of ONBUILD that run first in a stage that is built from another one. */
import type { From, Instruction } from '../syntax/tree.ts';
import { keepCode } from '../text/kept-code.ts';
import { mostInstructions } from './coverage.ts';
import { kindBit } from './reads.ts';
import { parentNode, type StageNode, type Stages } from './stages.ts';

export interface Trigger {
  readonly instruction: Instruction;
  /** How many other triggers run before it. */
  readonly before: number;
}

const onbuild = kindBit('ONBUILD');
const none: readonly never[] = [];

/** Finds those of some kinds, as a set of bits. Each stage is searched once, although many stages can be built from it. */
export class Triggers {
  readonly #kinds: number;
  #known: Map<StageNode, readonly Trigger[]> | undefined;
  /** The product of stages and triggers may be a large number: after this many, stages are without them. */
  #left = mostInstructions;

  constructor(kinds: number, { allKinds }: Pick<Stages, 'allKinds'>) {
    this.#kinds = (allKinds & onbuild) === 0 ? 0 : kinds;
  }
  /** Those that run in a stage, in order. */
  in(stage: StageNode): readonly Trigger[] {
    if (this.#kinds === 0) return none;
    const parent = parentNode(stage);
    if (parent === undefined) return none;
    const found = this.#of(parent);
    if (found.length > this.#left) return none;
    this.#left -= found.length;
    return found;
  }
  #of(parent: StageNode): readonly Trigger[] {
    this.#known ??= new Map();
    let found = this.#known.get(parent);
    if (found === undefined) this.#known.set(parent, (found = triggersOf(parent, this.#kinds)));
    return found;
  }
}

keepCode(new Triggers(0, { allKinds: 0 }));

function triggersOf({ ownInstructions }: StageNode, kinds: number): readonly Trigger[] {
  const found: Trigger[] = [];
  let before = 0;
  for (const one of ownInstructions) {
    const trigger = one.kind === 'ONBUILD' ? one.trigger : undefined;
    if (trigger === undefined) continue;
    if ((kindBit(trigger.kind) & kinds) !== 0) found.push({ instruction: trigger, before });
    before++;
  }
  return found;
}

/**
 * The place in the text at which that many triggers of the base stage have run: all of them run between FROM and the next
 * instruction, one after the other.
 */
export function afterTriggers({ span: { end } }: From, count: number): number {
  return end + count / (count + 1);
}
