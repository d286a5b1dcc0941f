/** All commands of a script: in blocks and substitutions, behind sudo or env, inside `sh -c`. */
import { programName } from './dialect.ts';
import { nestedScript, runsOthers, wrappedCommand } from './wrappers.ts';
import type { Command, Met, Redirect, Script, ShellWord, Statement } from './script.ts';

/** What is told of each command; the name is that by which it is looked up. */
export type Meet = (met: Met, name: string | undefined) => void;

/** Every command in the order of the text; a wrapper stands before what it runs. */
export function commands(script: Script): readonly Met[] {
  const found: Met[] = [];
  eachCommand(script.statements, (met) => found.push(met));
  return found;
}

/** As `commands`, told one by one; a single command may stand outside any script, as in exec form. */
export function eachCommand(statements: readonly Statement[], meet: Meet): void {
  for (const statement of statements) walk(statement, { inside: none, via: 'direct', meet });
}

const none: readonly never[] = [];

/** The name by which a command is known: without its folder. */
export function nameOf(command: Command): string | undefined {
  return command.name && programName(command.name.text);
}

interface Walk {
  readonly inside: readonly Statement[];
  readonly via: Met['via'];
  readonly meet: Meet;
}

/** `sudo env nice …`: nobody writes more, and a made-up chain must not cost the square of its length. */
const deepest = 8;

function walk(statement: Statement, at: Walk): void {
  if (statement.kind === 'command') {
    walkCommand(statement, at);
    return;
  }
  const below = inside(statement, at);
  if (statement.kind !== 'block') {
    for (const part of statement.parts) walk(part, below);
    return;
  }
  for (const word of statement.words) substitutions(word, below);
  for (const part of statement.bodies) walk(part, below);
  redirected(statement.redirects, below);
}

function inside(statement: Statement, { inside: above, via, meet }: Walk): Walk {
  return { inside: [...above, statement], via, meet };
}

function walkCommand(command: Command, at: Walk): void {
  const { name, args, assignments, redirects } = command;
  const called = nameOf(command);
  at.meet({ command, via: at.via, inside: at.inside }, called);
  if (hasScripts(command)) {
    const below = inside(command, at);
    for (const word of assignments) substitutions(word, below);
    if (name) substitutions(name, below);
    for (const word of args) substitutions(word, below);
    redirected(redirects, below);
  }
  if (called !== undefined && runsOthers(called)) behind(command, at, { name: called, depth: 0 });
}

/** Most commands run nothing of their own; they need no path for what is below. */
function hasScripts({ name, args, assignments, redirects }: Command): boolean {
  if (redirects.length > 0 || (name && name.scripts.length > 0)) return true;
  for (const word of args) if (word.scripts.length > 0) return true;
  for (const word of assignments) if (word.scripts.length > 0) return true;
  return false;
}

function substitutions({ scripts }: ShellWord, below: Walk): void {
  for (const statement of scripts) walk(statement, below);
}

function redirected(redirects: readonly Redirect[], below: Walk): void {
  for (const { target, body } of redirects) {
    if (target) substitutions(target, below);
    if (body) substitutions(body, below);
  }
}

/** What a command runs that is named by its own arguments. */
function behind(
  command: Command,
  at: Walk,
  { name, depth }: { readonly name: string; readonly depth: number },
): void {
  const script = nestedScript(name, command);
  const inner = script === undefined ? wrappedCommand(name, command) : undefined;
  if (script === undefined && inner === undefined) return;
  const below = inside(command, at);
  for (const statement of script?.statements ?? []) walk(statement, { ...below, via: 'nested' });
  if (inner === undefined) return;
  const via = at.via === 'nested' ? at.via : 'wrapped';
  const called = nameOf(inner);
  at.meet({ command: inner, via, inside: below.inside }, called);
  if (called !== undefined && depth + 1 < deepest && runsOthers(called))
    behind(inner, { ...below, via }, { name: called, depth: depth + 1 });
}
