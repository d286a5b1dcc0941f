/** What a name means at a place: a symbol of the file, or a variable of the script there. */
import type { Document } from '../model/document.ts';
import type { Symbol, SymbolUse } from '../model/model.ts';
import { scriptVariables } from '../model/script-variables.ts';
import { isAssignment, type VariableGroup } from '../shell/variable-groups.ts';
import type { VariableUse } from '../shell/variable-uses.ts';
import type { Instruction } from '../syntax/tree.ts';

/** The symbol of the file, or else the variable of the script, with its uses there. */
export function symbolAt(document: Document, offset: number): Symbol | undefined {
  const found = document.model.symbolAt(offset);
  if (found !== undefined) return found;
  const variable = scriptVariableAt(document, offset);
  if (variable === undefined) return undefined;
  const { name, uses } = variable.group;
  return { kind: 'variable', name, uses: uses.map(scriptUse) };
}

function scriptUse(use: VariableUse): SymbolUse {
  const { span, kind } = use;
  const isWritten = isAssignment(use) || kind === 'prefix' || kind === 'unset';
  return { span, role: isWritten ? 'write' : 'read', how: kind };
}

export interface ScriptVariableAt {
  readonly instruction: Instruction;
  readonly group: VariableGroup;
  readonly use: VariableUse;
}

/** The variable of a script at a place, whether the file declares it or not. */
export function scriptVariableAt(
  { model }: Document,
  offset: number,
): ScriptVariableAt | undefined {
  const instruction = model.instructionAt(offset);
  if (instruction === undefined) return undefined;
  const found = scriptVariables(model, instruction)?.at(offset);
  return found && { instruction, ...found };
}
