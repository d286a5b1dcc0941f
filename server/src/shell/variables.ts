/** Which variables a script reads and which it assigns. */
import type { Span } from '../text/span.ts';
import { eachCommand, nameOf } from './commands.ts';
import type { Command, Redirect, Script, ShellVariable, ShellWord, Statement } from './script.ts';

export interface VariableWrite {
  readonly name: string;
  readonly span: Span;
}
export interface ScriptVariables {
  readonly reads: readonly ShellVariable[];
  readonly writes: readonly VariableWrite[];
}

/**
 * The variables of a whole script, including scripts inside `sh -c '…'`. The statements may be a single command without
 * a script.
 */
export function variablesOf({ statements }: Pick<Script, 'statements'>): ScriptVariables {
  const found: Found = { reads: new Map(), writes: new Map() };
  for (const statement of statements) visit(statement, found);
  eachCommand(statements, ({ command, via }) => {
    if (via === 'nested') collectCommand(command, found);
  });
  return { reads: [...found.reads.values()], writes: [...found.writes.values()] };
}

/** By offset, because a nested script may be visited twice. */
interface Found {
  readonly reads: Map<number, ShellVariable>;
  readonly writes: Map<number, VariableWrite>;
}

function visit(statement: Statement, found: Found): void {
  switch (statement.kind) {
    case 'command':
      collectCommand(statement, found);
      return;
    case 'pipeline':
    case 'chain':
      for (const part of statement.parts) visit(part, found);
      return;
    case 'block':
      for (const word of statement.words) collectWord(word, found);
      if (statement.variable) addWrite(statement.variable, statement.variable.text, found);
      for (const part of statement.bodies) visit(part, found);
      collectRedirects(statement.redirects, found);
  }
}

const assigningCommands: ReadonlySet<string> = new Set([
  'export',
  'declare',
  'local',
  'readonly',
  'typeset',
]);

function collectCommand(command: Command, found: Found): void {
  const { assignments, name, args, redirects } = command;
  for (const word of assignments) collectAssignment(word, found);
  if (name) collectWord(name, found);
  const commandName = nameOf(command) ?? '';
  for (const word of args) {
    if (assigningCommands.has(commandName)) collectAssignment(word, found);
    else if (commandName === 'read' || commandName === 'unset') addWrite(word, word.text, found);
    collectWord(word, found);
  }
  collectRedirects(redirects, found);
}

function collectAssignment(word: ShellWord, found: Found): void {
  const name = /^[A-Za-z_]\w*/.exec(word.raw)?.[0];
  if (name !== undefined) addWrite(word, name, found);
  collectWord(word, found);
}

function addWrite(word: ShellWord, name: string, found: Found): void {
  const { start } = word.span;
  if (/^[A-Za-z_]\w*$/.test(name) && word.raw.startsWith(name))
    found.writes.set(start, { name, span: { start, end: start + name.length } });
}

function collectRedirects(redirects: readonly Redirect[], found: Found): void {
  for (const { target, body } of redirects) {
    if (target) collectWord(target, found);
    if (body) collectWord(body, found);
  }
}

function collectWord({ variables, scripts }: ShellWord, found: Found): void {
  for (const variable of variables) found.reads.set(variable.nameSpan.start, variable);
  for (const statement of scripts) visit(statement, found);
}
