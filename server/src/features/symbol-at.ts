/** What a name means at a place: a symbol of the file, or a variable of the script there. */
import type { Document } from '../model/document.ts';
import type { Symbol, SymbolUse } from '../model/model.ts';
import { scriptVariables } from '../model/script-variables.ts';
import { isAssignment, type VariableGroup } from '../shell/variable-groups.ts';
import type { VariableUse } from '../shell/variable-uses.ts';
import type { Instruction } from '../syntax/tree.ts';
import { isOfEnvironment, usesOfFile, usesOfScripts } from './environment-uses.ts';
import { mostScripts, usesOfShell, usesUnderShell } from './shell-uses.ts';

/** The symbol of the file, or else the variable of the script, with its uses there; of other scripts at most `most` are read. */
export function symbolAt(
  document: Document,
  offset: number,
  most = mostScripts,
): Symbol | undefined {
  const found = document.model.symbolAt(offset);
  if (found !== undefined) return isDeclared(found) ? found : environmentVariable(document, offset, found); // prettier-ignore
  const variable = scriptVariableAt(document, offset);
  if (variable === undefined) return undefined;
  const { instruction, group } = variable;
  const isPowershell = scriptVariables(document.model, instruction)?.dialect === 'powershell';
  const others = usesUnderShell(document, instruction, group, most);
  const uses = [...group.uses, ...others].map(scriptUse);
  const own: Symbol = { kind: 'variable', name: group.name, uses: sorted(uses) };
  return isOfEnvironment(group, isPowershell) ? environmentVariable(document, offset, own) : own;
}

function isDeclared({ kind, uses }: Symbol): boolean {
  return kind !== 'variable' || uses.some(({ role }) => role === 'definition');
}

/** A variable that the file does not declare, with its uses in the whole stage. */
function environmentVariable(document: Document, offset: number, own: Symbol): Symbol {
  const instruction = document.model.instructionAt(offset);
  const isInStage = instruction !== undefined && instruction.kind !== 'FROM';
  const stage = isInStage ? document.model.stageOf(instruction) : undefined;
  if (stage === undefined) return own;
  const { name } = own;
  const all = [...usesOfFile(document, stage, name), ...usesOfScripts(document, stage, name).map(scriptUse)]; // prettier-ignore
  const known = new Set(own.uses.map(({ span }) => span.start));
  return { ...own, uses: sorted([...own.uses, ...all.filter(({ span }) => !known.has(span.start))]) }; // prettier-ignore
}

function sorted(uses: readonly SymbolUse[]): readonly SymbolUse[] {
  return [...uses].sort((a, b) => a.span.start - b.span.start);
}

function scriptUse(use: VariableUse): SymbolUse {
  const { span, kind } = use;
  const isWritten = isAssignment(use) || kind === 'prefix' || kind === 'unset';
  return { span, role: isWritten ? 'write' : 'read', how: kind };
}

export interface ScriptVariableAt {
  readonly instruction: Instruction;
  /** With the uses in the SHELL that PowerShell runs before the script. */
  readonly group: VariableGroup;
  readonly use: VariableUse;
}

/** The variable of a script at a place, whether the file declares it or not. */
export function scriptVariableAt(document: Document, offset: number): ScriptVariableAt | undefined {
  const { model } = document;
  const instruction = model.instructionAt(offset);
  if (instruction === undefined) return undefined;
  const found = scriptVariables(model, instruction)?.at(offset);
  if (found === undefined) return undefined;
  const { group, use } = found;
  const ofShell = usesOfShell(document, instruction, group);
  if (ofShell.length === 0) return { instruction, group, use };
  return { instruction, group: { ...group, uses: [...ofShell, ...group.uses] }, use };
}

const driveOrScope = /\$\{?(?:env|global|local|private|script|using):(?=[A-Za-z_])/gi;

/** The start of the name if a place is before it in `$env:NAME` of PowerShell; the place itself otherwise. */
export function placeOfName({ model, text }: Document, offset: number): number {
  const start = Math.max(0, offset - 10);
  for (const { 0: opener, index } of text.slice(start, offset + 11).matchAll(driveOrScope)) {
    const end = start + index + opener.length;
    if (offset < start + index || end <= offset) continue;
    const instruction = model.instructionAt(offset);
    const variables = instruction && scriptVariables(model, instruction);
    if (variables?.dialect === 'powershell') return end;
  }
  return offset;
}
