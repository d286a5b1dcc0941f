/** All commands of a script: in blocks and substitutions, after sudo or env, inside `sh -c`. */
import { programName } from './dialect.ts';
import { nestedScript, mayRunCommand, wrappedCommand } from './wrappers.ts';
import type {
  Command,
  CommandOccurrence,
  Redirect,
  Script,
  ShellWord,
  Statement,
} from './script.ts';

/** Receives each command with the name by which it is looked up. */
export type CommandVisitor = (occurrence: CommandOccurrence, name: string | undefined) => void;

/** Every command in the order of the text; a wrapper comes before the command that it runs. */
export function commands(script: Script): readonly CommandOccurrence[] {
  const found: CommandOccurrence[] = [];
  eachCommand(script.statements, (occurrence) => found.push(occurrence));
  return found;
}

/**
 * Like `commands`, but calls a function for each command. The statements may be a single command without a script, as
 * in exec form.
 */
export function eachCommand(statements: readonly Statement[], visit: CommandVisitor): void {
  for (const statement of statements) walk(statement, { ancestors: none, via: 'direct', visit });
}

const none: readonly never[] = [];

/** The name of a command without its directory. */
export function nameOf(command: Command): string | undefined {
  return command.name && programName(command.name.text);
}

interface WalkContext {
  readonly ancestors: readonly Statement[];
  readonly via: CommandOccurrence['via'];
  readonly visit: CommandVisitor;
}

/** Limits chains such as `sudo env nice …`, whose cost grows with the square of their length. */
const maxWrappers = 8;

function walk(statement: Statement, context: WalkContext): void {
  if (statement.kind === 'command') {
    walkCommand(statement, context);
    return;
  }
  const inner = enter(statement, context);
  if (statement.kind !== 'block') {
    for (const part of statement.parts) walk(part, inner);
    return;
  }
  for (const word of statement.words) walkSubstitutions(word, inner);
  for (const part of statement.bodies) walk(part, inner);
  walkRedirects(statement.redirects, inner);
}

function enter(statement: Statement, { ancestors, via, visit }: WalkContext): WalkContext {
  return { ancestors: [...ancestors, statement], via, visit };
}

function walkCommand(command: Command, context: WalkContext): void {
  const { name, args, assignments, redirects } = command;
  const commandName = nameOf(command);
  context.visit({ command, via: context.via, ancestors: context.ancestors }, commandName);
  if (hasScripts(command)) {
    const inner = enter(command, context);
    for (const word of assignments) walkSubstitutions(word, inner);
    if (name) walkSubstitutions(name, inner);
    for (const word of args) walkSubstitutions(word, inner);
    walkRedirects(redirects, inner);
  }
  if (commandName !== undefined && mayRunCommand(commandName))
    walkArguments(command, context, { name: commandName, depth: 0 });
}

/** Most commands contain no scripts and need no path for them. */
function hasScripts({ name, args, assignments, redirects }: Command): boolean {
  if (redirects.length > 0 || (name && name.scripts.length > 0)) return true;
  for (const word of args) if (word.scripts.length > 0) return true;
  for (const word of assignments) if (word.scripts.length > 0) return true;
  return false;
}

function walkSubstitutions({ scripts }: ShellWord, inner: WalkContext): void {
  for (const statement of scripts) walk(statement, inner);
}

function walkRedirects(redirects: readonly Redirect[], inner: WalkContext): void {
  for (const { target, body } of redirects) {
    if (target) walkSubstitutions(target, inner);
    if (body) walkSubstitutions(body, inner);
  }
}

/** Visits the command or script that the arguments of a command name. */
function walkArguments(
  command: Command,
  context: WalkContext,
  { name, depth }: { readonly name: string; readonly depth: number },
): void {
  const script = nestedScript(name, command);
  const wrapped = script === undefined ? wrappedCommand(name, command) : undefined;
  if (script === undefined && wrapped === undefined) return;
  const inner = enter(command, context);
  for (const statement of script?.statements ?? []) walk(statement, { ...inner, via: 'nested' });
  if (wrapped === undefined) return;
  const via = context.via === 'nested' ? context.via : 'wrapped';
  const commandName = nameOf(wrapped);
  context.visit({ command: wrapped, via, ancestors: inner.ancestors }, commandName);
  if (commandName !== undefined && depth + 1 < maxWrappers && mayRunCommand(commandName))
    walkArguments(wrapped, { ...inner, via }, { name: commandName, depth: depth + 1 });
}
