/** Environment variables that the file does not declare, such as those of the base image: they are the same in a whole stage. */
import type { Document } from '../model/document.ts';
import type { Stage, SymbolUse } from '../model/model.ts';
import { scriptVariables } from '../model/script-variables.ts';
import type { VariableGroup } from '../shell/variable-groups.ts';
import type { VariableUse } from '../shell/variable-uses.ts';
import { mostScripts } from './shell-uses.ts';

const none: readonly never[] = [];

/** Whether a script only reads a variable, so that it has it from the environment. */
export function isOfEnvironment({ owner, uses }: VariableGroup, isPowershell: boolean): boolean {
  if (owner !== undefined || (isPowershell && uses[0]?.isEnvironment !== true)) return false;
  return uses.every((use) => use.kind === 'read' || use.kind === 'mention');
}

/** The uses of an undeclared variable that BuildKit expands in a stage. */
export function usesOfFile({ model }: Document, stage: Stage, name: string): readonly SymbolUse[] {
  const last = stage.instructions.at(-1);
  const { start } = stage.from.span;
  const end = last?.span.end ?? stage.from.span.end;
  const found = model.symbols.find(
    ({ kind, name: other, uses }) =>
      kind === 'variable' &&
      other === name &&
      uses.every(
        ({ role, span }) => role !== 'definition' && start < span.start && span.end <= end,
      ),
  );
  return found?.uses ?? none;
}

/** The uses of an undeclared variable in the scripts of a stage that do not assign it. */
export function usesOfScripts(
  { model, text }: Document,
  stage: Stage,
  name: string,
): readonly VariableUse[] {
  const found: VariableUse[] = [];
  let count = 0;
  for (const instruction of stage.instructions) {
    const { kind, span } = instruction;
    if (kind !== 'RUN' && kind !== 'CMD' && kind !== 'ENTRYPOINT' && kind !== 'HEALTHCHECK')
      continue;
    if (!text.slice(span.start, span.end).includes(name)) continue;
    if (++count > mostScripts) break;
    const variables = scriptVariables(model, instruction);
    const isPowershell = variables?.dialect === 'powershell';
    for (const group of variables?.all ?? none) {
      if (group.name !== name || !isOfEnvironment(group, isPowershell)) continue;
      for (const use of group.uses) found.push(use);
    }
  }
  return found;
}
