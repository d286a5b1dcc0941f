/** Variables of PowerShell that the strings of SHELL assign, and the scripts that run after these strings. */
import type { Document } from '../model/document.ts';
import { scriptVariables, shellAbove } from '../model/script-variables.ts';
import type { VariableGroup } from '../shell/variable-groups.ts';
import type { VariableUse } from '../shell/variable-uses.ts';
import type { Instruction } from '../syntax/tree.ts';

const none: readonly never[] = [];

/** A long file may have tens of thousands of scripts; a request reads as many as take some milliseconds. */
export const mostScripts = 1000;

/** The uses of a script's variable in the SHELL above. */
export function usesOfShell(
  { model, text }: Document,
  instruction: Instruction,
  { name, owner, uses }: VariableGroup,
): readonly VariableUse[] {
  if (instruction.kind === 'SHELL' || owner !== undefined || isEnvironment(uses)) return none;
  if (scriptVariables(model, instruction)?.dialect !== 'powershell') return none;
  const shell = shellAbove(model, instruction);
  return shell && mentions(text, shell, name) ? usesIn(model, shell, name) : none;
}

/** The uses of a variable that SHELL assigns in the scripts of the other instructions under that SHELL, at most of `most`. */
export function usesUnderShell(
  document: Document,
  instruction: Instruction,
  { name, uses }: VariableGroup,
  most: number,
): readonly VariableUse[] {
  const { model, text } = document;
  const shell =
    instruction.kind === 'SHELL'
      ? instruction
      : uses.some(({ span }) => span.start < instruction.span.start)
        ? shellAbove(model, instruction)
        : undefined;
  if (shell === undefined || isEnvironment(uses)) return none;
  const all = model.stageOf(shell)?.instructions ?? none;
  const first = all.indexOf(shell) + 1;
  const found: VariableUse[] = [];
  let count = 0;
  for (let i = first; i < all.length; i++) {
    const one = all[i];
    if (one === undefined || one.kind === 'SHELL') break;
    if (one === instruction || !mentions(text, one, name)) continue;
    if (++count > most) break;
    for (const use of usesIn(model, one, name)) found.push(use);
  }
  return found;
}

function isEnvironment(uses: readonly VariableUse[]): boolean {
  return uses[0]?.isEnvironment === true;
}

function mentions(text: string, { span }: Instruction, name: string): boolean {
  return text.slice(span.start, span.end).toLowerCase().includes(name.toLowerCase());
}

function usesIn(
  model: Document['model'],
  instruction: Instruction,
  name: string,
): readonly VariableUse[] {
  const found = scriptVariables(model, instruction);
  if (found?.dialect !== 'powershell') return none;
  const lowercaseName = name.toLowerCase();
  return found.uses.filter(
    (use) => use.name.toLowerCase() === lowercaseName && use.isEnvironment !== true,
  );
}
