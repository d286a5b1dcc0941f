/** Which variables a script reads and which it assigns. */
import type { Span } from '../text/span.ts';
import { eachCommand, nameOf } from './commands.ts';
import type { Command, Redirect, Script, ShellVariable, ShellWord, Statement } from './script.ts';

export interface Write {
  readonly name: string;
  readonly span: Span;
}
export interface Variables {
  readonly reads: readonly ShellVariable[];
  readonly writes: readonly Write[];
}

/**
 * The variables of a whole script, including scripts inside `sh -c '…'`. The statements may be a single command without
 * a script.
 */
export function variablesOf({ statements }: Pick<Script, 'statements'>): Variables {
  const found: Found = { reads: new Map(), writes: new Map() };
  for (const statement of statements) visit(statement, found);
  eachCommand(statements, ({ command, via }) => {
    if (via === 'nested') ofCommand(command, found);
  });
  return { reads: [...found.reads.values()], writes: [...found.writes.values()] };
}

/** By offset, because a nested script may be visited twice. */
interface Found {
  readonly reads: Map<number, ShellVariable>;
  readonly writes: Map<number, Write>;
}

function visit(statement: Statement, found: Found): void {
  switch (statement.kind) {
    case 'command':
      ofCommand(statement, found);
      return;
    case 'pipeline':
    case 'chain':
      for (const part of statement.parts) visit(part, found);
      return;
    case 'block':
      for (const word of statement.words) ofWord(word, found);
      if (statement.variable) note(statement.variable, statement.variable.text, found);
      for (const part of statement.bodies) visit(part, found);
      ofRedirects(statement.redirects, found);
  }
}

const assigning: ReadonlySet<string> = new Set([
  'export',
  'declare',
  'local',
  'readonly',
  'typeset',
]);

function ofCommand(command: Command, found: Found): void {
  const { assignments, name, args, redirects } = command;
  for (const word of assignments) assignment(word, found);
  if (name) ofWord(name, found);
  const called = nameOf(command) ?? '';
  for (const word of args) {
    if (assigning.has(called)) assignment(word, found);
    else if (called === 'read' || called === 'unset') note(word, word.text, found);
    ofWord(word, found);
  }
  ofRedirects(redirects, found);
}

function assignment(word: ShellWord, found: Found): void {
  const name = /^[A-Za-z_]\w*/.exec(word.raw)?.[0];
  if (name !== undefined) note(word, name, found);
  ofWord(word, found);
}

function note(word: ShellWord, name: string, found: Found): void {
  const { start } = word.span;
  if (/^[A-Za-z_]\w*$/.test(name) && word.raw.startsWith(name))
    found.writes.set(start, { name, span: { start, end: start + name.length } });
}

function ofRedirects(redirects: readonly Redirect[], found: Found): void {
  for (const { target, body } of redirects) {
    if (target) ofWord(target, found);
    if (body) ofWord(body, found);
  }
}

function ofWord({ variables, scripts }: ShellWord, found: Found): void {
  for (const variable of variables) found.reads.set(variable.nameSpan.start, variable);
  for (const statement of scripts) visit(statement, found);
}
