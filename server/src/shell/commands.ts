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
export function commands(script: Script): readonly NamedCommand[] {
  return commandsIn(script.statements);
}

/** Like `commands`, for statements that may be a single command without a script, as in exec form. */
export function commandsIn(statements: readonly Statement[]): readonly NamedCommand[] {
  const found: NamedCommand[] = [];
  walkAll(statements, none, 'direct', found);
  return found;
}

const none: readonly never[] = [];

/** The name of a command without its directory. */
export function nameOf(command: Command): string | undefined {
  return command.name && programName(command.name.text);
}

type Ancestors = readonly Statement[];
type Via = CommandOccurrence['via'];

/** Limits chains such as `sudo env nice …`, whose cost grows with the square of their length. */
const maxWrappers = 8;

function walkAll(
  statements: readonly Statement[],
  ancestors: Ancestors,
  via: Via,
  found: NamedCommand[],
): void {
  for (let i = 0; i < statements.length; i++) {
    const statement = statements[i] as Statement;
    if (statement.kind === 'command') walkCommand(statement, ancestors, via, found);
    else if (statement.kind === 'block')
      walkBlock(statement, [...ancestors, statement], via, found);
    else walkAll(statement.parts, [...ancestors, statement], via, found);
  }
}

function walkBlock(
  { words, bodies, redirects }: Block,
  inner: Ancestors,
  via: Via,
  found: NamedCommand[],
): void {
  walkWords(words, inner, via, found);
  walkAll(bodies, inner, via, found);
  walkRedirects(redirects, inner, via, found);
}

function walkCommand(
  command: Command,
  ancestors: Ancestors,
  via: Via,
  found: NamedCommand[],
): void {
  const one: NamedCommand = { command, via, ancestors, name: nameOf(command) ?? '' };
  found.push(one);
  // Most commands need no path for the scripts in them.
  if (command.mayContainScripts) {
    const inner = [...ancestors, command];
    walkWords(command.assignments, inner, via, found);
    if (command.name) walkAll(command.name.scripts, inner, via, found);
    walkWords(command.args, inner, via, found);
    walkRedirects(command.redirects, inner, via, found);
  }
  if (mayRunCommand(one.name)) walkArguments(one, found, 0);
}

function walkWords(
  words: readonly ShellWord[],
  inner: Ancestors,
  via: Via,
  found: NamedCommand[],
): void {
  for (let i = 0; i < words.length; i++)
    walkAll((words[i] as ShellWord).scripts, inner, via, found);
}

function walkRedirects(
  redirects: readonly Redirect[],
  inner: Ancestors,
  via: Via,
  found: NamedCommand[],
): void {
  for (const { target, body } of redirects) {
    if (target) walkAll(target.scripts, inner, via, found);
    if (body) walkAll(body.scripts, inner, via, found);
  }
}

/** Adds the command or the commands of the script that the arguments of a command name. */
function walkArguments(
  { command, via, ancestors, name }: NamedCommand,
  found: NamedCommand[],
  depth: number,
): void {
  const script = nestedScript(name, command);
  const wrapped = script === undefined ? wrappedCommand(name, command) : undefined;
  if (script === undefined && wrapped === undefined) return;
  const inner = [...ancestors, command];
  if (script) walkAll(script.statements, inner, 'nested', found);
  if (wrapped === undefined) return;
  const one: NamedCommand = {
    command: wrapped,
    via: via === 'nested' ? via : 'wrapped',
    ancestors: inner,
    name: nameOf(wrapped) ?? '',
  };
  found.push(one);
  if (depth + 1 < maxWrappers && mayRunCommand(one.name)) walkArguments(one, found, depth + 1);
}
