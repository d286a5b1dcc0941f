/** The variables that each stage declares. */
import type { Dockerfile, Instruction } from '../syntax/tree.ts';
import { isPlainSystem } from './plain-systems.ts';
import { declare, stageScope } from './scope.ts';
import type { Scope } from './scope-entries.ts';
import { kindBits } from './reads.ts';
import { parentNode, type StageNode, type Stages } from './stages.ts';
import { afterTriggers, Triggers } from './triggers.ts';

/** The scope of each stage. Those of a stage and the stages above it are complete, so a lookup has to name its place. */
export function scopesOf({ escape }: Dockerfile, stages: Stages): readonly Scope[] {
  const { list, globals } = stages;
  const triggers = new Triggers(declaring, stages);
  const scopes: Scope[] = [];
  for (let index = 0; index < list.length; index++) {
    const stage = list[index] as StageNode;
    const parent = parentNode(stage);
    const isPlain = parent === undefined && isPlainSystem(stage);
    const scope = stageScope(globals, parent && scopes[parent.index], isPlain);
    for (const { instruction, before } of triggers.in(stage))
      declare(scope, instruction, escape, afterTriggers(stage.from, before + 1));
    const { ownInstructions } = stage;
    for (let i = 0; i < ownInstructions.length; i++)
      declare(scope, ownInstructions[i] as Instruction, escape);
    scopes.push(scope);
  }
  return scopes;
}

const declaring = kindBits(['ARG', 'ENV']);
