/** Which variables a script reads and which it assigns. */
import type { Span } from '../text/span.ts';
import type { UseKind } from './variable-commands.ts';
import { variableUses } from './variable-uses.ts';
import type { Script, ShellVariable } from './script.ts';

export interface VariableWrite {
  readonly name: string;
  readonly span: Span;
}
export interface ScriptVariables {
  readonly reads: readonly ShellVariable[];
  readonly writes: readonly VariableWrite[];
}

/** Whether a use changes no variable. */
export function isRead(kind: UseKind): boolean {
  return kind === 'read' || kind === 'mention' || kind === 'template';
}

/**
 * The variables of a whole script, including scripts inside `sh -c '…'`. The statements may be a single command without
 * a script.
 */
export function variablesOf({
  statements,
  dialect,
}: Pick<Script, 'statements'> & Partial<Pick<Script, 'dialect'>>): ScriptVariables {
  const reads: ShellVariable[] = [];
  const writes: VariableWrite[] = [];
  for (const { kind, variable, name, span } of variableUses(statements, dialect)) {
    if (variable) reads.push(variable);
    else if (!isRead(kind)) writes.push({ name, span });
  }
  return { reads, writes };
}
