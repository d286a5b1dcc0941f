/** All commands of a script: in blocks and substitutions, after sudo or env, inside `sh -c`. */
import { programName } from './dialect.ts';
import { nestedScript, runsOthers, wrappedCommand } from './wrappers.ts';
import type { Command, Met, Redirect, Script, ShellWord, Statement } from './script.ts';

/** Receives each command with the name by which it is looked up. */
export type Meet = (met: Met, name: string | undefined) => void;

/** Every command in the order of the text; a wrapper comes before the command that it runs. */
export function commands(script: Script): readonly Met[] {
  const found: Met[] = [];
  eachCommand(script.statements, (met) => found.push(met));
  return found;
}

/**
 * Like `commands`, but calls a function for each command. The statements may be a single command without a script, as
 * in exec form.
 */
export function eachCommand(statements: readonly Statement[], meet: Meet): void {
  for (const statement of statements) walk(statement, { inside: none, via: 'direct', meet });
}

const none: readonly never[] = [];

/** The name of a command without its directory. */
export function nameOf(command: Command): string | undefined {
  return command.name && programName(command.name.text);
}

interface Walk {
  readonly inside: readonly Statement[];
  readonly via: Met['via'];
  readonly meet: Meet;
}

/** Limits chains such as `sudo env nice …`, whose cost grows with the square of their length. */
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

/** Most commands contain no scripts and need no path for them. */
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

/** Visits the command or script that the arguments of a command name. */
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
