/** All commands of a script: in blocks and substitutions, after sudo or env, inside `sh -c`. */
import { programName } from './dialect.ts';
import { nestedScript, mayRunCommand, wrappedCommand } from './wrappers.ts';
import type {
  Block,
  Command,
  CommandOccurrence,
  Redirect,
  Script,
  ShellWord,
  Statement,
} from './script.ts';

/** A command with the name by which it is looked up; empty if it has none, as one that only assigns variables. */
export interface NamedCommand extends CommandOccurrence {
  readonly name: string;
}

/** Every command in the order of the text; a wrapper comes before the command that it runs. */
export function commands(script: Script): readonly CommandOccurrence[] {
  return commandsIn(script.statements);
}

/** Like `commands`, for statements that may be a single command without a script, as in exec form. */
export function commandsIn(statements: readonly Statement[]): readonly NamedCommand[] {
  const found: NamedCommand[] = [];
  walkAll(statements, { ancestors: none, via: 'direct', found });
  return found;
}

const none: readonly never[] = [];

/** The name of a command without its directory. */
export function nameOf(command: Command): string | undefined {
  return command.name && programName(command.name.text);
}

interface WalkContext {
  readonly ancestors: readonly Statement[];
  readonly via: CommandOccurrence['via'];
  readonly found: NamedCommand[];
}

/** Limits chains such as `sudo env nice …`, whose cost grows with the square of their length. */
const maxWrappers = 8;

function walkAll(statements: readonly Statement[], context: WalkContext): void {
  for (let i = 0; i < statements.length; i++) {
    const statement = statements[i] as Statement;
    if (statement.kind === 'command') walkCommand(statement, context);
    else if (statement.kind !== 'block') walkAll(statement.parts, enter(statement, context));
    else walkBlock(statement, enter(statement, context));
  }
}

function walkBlock({ words, bodies, redirects }: Block, inner: WalkContext): void {
  walkWords(words, inner);
  walkAll(bodies, inner);
  walkRedirects(redirects, inner);
}

function enter(statement: Statement, { ancestors, via, found }: WalkContext): WalkContext {
  return {
    ancestors: ancestors.length === 0 ? [statement] : [...ancestors, statement],
    via,
    found,
  };
}

function walkCommand(command: Command, context: WalkContext): void {
  const { via, ancestors, found } = context;
  const name = nameOf(command) ?? '';
  found.push({ command, via, ancestors, name });
  // Most commands need no path for the scripts in them.
  if (command.mayContainScripts) {
    const inner = enter(command, context);
    walkWords(command.assignments, inner);
    if (command.name) walkAll(command.name.scripts, inner);
    walkWords(command.args, inner);
    walkRedirects(command.redirects, inner);
  }
  if (mayRunCommand(name)) walkArguments(command, context, { name, depth: 0 });
}

function walkWords(words: readonly ShellWord[], inner: WalkContext): void {
  for (const { scripts } of words) walkAll(scripts, inner);
}

function walkRedirects(redirects: readonly Redirect[], inner: WalkContext): void {
  for (const { target, body } of redirects) {
    if (target) walkAll(target.scripts, inner);
    if (body) walkAll(body.scripts, inner);
  }
}

/** Adds the command or the commands of the script that the arguments of a command name. */
function walkArguments(
  command: Command,
  context: WalkContext,
  { name, depth }: { readonly name: string; readonly depth: number },
): void {
  const script = nestedScript(name, command);
  const wrapped = script === undefined ? wrappedCommand(name, command) : undefined;
  if (script === undefined && wrapped === undefined) return;
  const inner = enter(command, context);
  if (script) walkAll(script.statements, { ...inner, via: 'nested' });
  if (wrapped === undefined) return;
  const via = context.via === 'nested' ? context.via : 'wrapped';
  const wrappedName = nameOf(wrapped) ?? '';
  const { ancestors, found } = inner;
  found.push({ command: wrapped, via, ancestors, name: wrappedName });
  if (depth + 1 < maxWrappers && mayRunCommand(wrappedName))
    walkArguments(wrapped, { ancestors, via, found }, { name: wrappedName, depth: depth + 1 });
}
