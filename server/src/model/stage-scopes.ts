/** The variables that each stage declares. */
import type { Dockerfile, Instruction } from '../syntax/tree.ts';
import { isPlainSystem } from './plain-systems.ts';
import { declare, stageScope } from './scope.ts';
import type { Scope } from './scope-entries.ts';
import { afterTriggers, parentNode, triggersOf, type StageNode, type Stages } from './stages.ts';

/** The scope of each stage. Those of a stage and the stages above it are complete, so a lookup has to name its place. */
export function scopesOf({ escape }: Dockerfile, { list, globals }: Stages): readonly Scope[] {
  const scopes: Scope[] = [];
  for (let index = 0; index < list.length; index++) {
    const stage = list[index] as StageNode;
    const parent = parentNode(stage);
    const isPlain = parent === undefined && isPlainSystem(stage);
    const scope = stageScope(globals, parent && scopes[parent.index], isPlain);
    if (parent)
      for (const [i, trigger] of triggersOf(parent).entries())
        declare(scope, trigger, escape, afterTriggers(stage.from, i + 1));
    const { ownInstructions } = stage;
    for (let i = 0; i < ownInstructions.length; i++)
      declare(scope, ownInstructions[i] as Instruction, escape);
    scopes.push(scope);
  }
  return scopes;
}
