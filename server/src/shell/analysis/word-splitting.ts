/** Words of a script that the shell splits at whitespace and expands as patterns, as in ShellCheck (SC2046, SC2086). */
import { nameOf } from '../commands.ts';
import type { Block, Command, Redirect, ShellVariable, ShellWord, Statement } from '../script.ts';
import type { Span } from '../../text/span.ts';
import { unquotedSubstitutions } from './substitutions.ts';

export interface SplitWord {
  readonly code: 'SC2046' | 'SC2086';
  readonly span: Span;
}

/**
 * The split words, in the order of the text. A variable is harmless if its value contains neither whitespace nor
 * patterns. `isHarmlessAtFirst` tests variables at the start of the script; later assignments are followed as if each
 * line ran once.
 */
export function findSplitWords(
  statements: readonly Statement[],
  isHarmlessAtFirst: (name: string) => boolean,
): readonly SplitWord[] {
  const flow: Flow = {
    isHarmlessAtFirst,
    assigned: new Map(),
    found: [],
    conditions: 0,
    changes: [],
  };
  for (const statement of statements) visit(statement, flow);
  return flow.found;
}

interface Flow {
  readonly isHarmlessAtFirst: (name: string) => boolean;
  /** Whether the value that the script assigned last is harmless, by name. */
  readonly assigned: Map<string, boolean>;
  readonly found: SplitWord[];
  /** How many conditions the code at this place is under. */
  conditions: number;
  /** What was assigned under these conditions; copying `assigned` for each would take time that grows with the square. */
  readonly changes: { readonly name: string; readonly before: boolean | undefined }[];
}

function visit(statement: Statement, flow: Flow): void {
  if (statement.kind === 'command') visitCommand(statement, flow);
  else if (statement.kind === 'block') visitBlock(statement, flow);
  else
    for (const [i, part] of statement.parts.entries())
      if (i === 0 || statement.kind === 'pipeline') visit(part, flow);
      else visitConditional(flow, () => visit(part, flow));
}

/** Code under a condition may not run, so that afterwards a variable is harmless only if it is in both cases. */
function visitConditional(flow: Flow, run: () => void): void {
  const { assigned, changes } = flow;
  const from = changes.length;
  flow.conditions++;
  run();
  flow.conditions--;
  const seen = new Set<string>();
  for (let i = from; i < changes.length; i++) {
    const { name, before } = changes[i] ?? { name: '', before: true };
    // Of several changes of one variable, the first has the value before the condition.
    if (seen.has(name)) continue;
    seen.add(name);
    const wasHarmless = before ?? flow.isHarmlessAtFirst(name);
    if (assigned.get(name) === true && !wasHarmless) assigned.set(name, false);
  }
  if (flow.conditions === 0) changes.length = 0;
}

function visitBlock(block: Block, flow: Flow): void {
  const { opener, words, bodies, redirects, variable } = block;
  for (const word of words) visitSubstitutions(word, flow);
  if (variable) assign(flow, variable.text, words.every(isPlain));
  if (opener === 'test') return;
  const inside = (): void => {
    for (const part of bodies) visit(part, flow);
  };
  if (conditionalBlocks.has(opener)) visitConditional(flow, inside);
  else inside();
  visitRedirects(redirects, flow);
}

/**
 * Blocks whose bodies may not run. `case` is not one of them: one branch is taken, and it sets what the others set, or
 * ends the step.
 */
const conditionalBlocks: ReadonlySet<Block['opener']> = new Set(['if', 'for', 'while', 'until', 'select', 'function']); // prettier-ignore

const assigningCommands: ReadonlySet<string> = new Set(['export', 'declare', 'local', 'readonly', 'typeset']); // prettier-ignore

function visitCommand(command: Command, flow: Flow): void {
  const { name, args, assignments, redirects } = command;
  for (const word of assignments) assignment(word, flow, name === undefined);
  if (name) visitSubstitutions(name, flow);
  const commandName = nameOf(command) ?? '';
  const assigns = assigningCommands.has(commandName);
  for (const word of args) {
    if (assigns && /^[A-Za-z_]\w*\+?=/.test(word.raw)) assignment(word, flow, true);
    else checkWord(word, flow);
    if (commandName === 'read') assign(flow, word.text, false);
  }
  visitRedirects(redirects, flow);
}

function visitRedirects(redirects: readonly Redirect[], flow: Flow): void {
  for (const { target, body } of redirects) {
    if (body) visitSubstitutions(body, flow);
    else if (target) checkWord(target, flow);
  }
}

/** An assignment before a command applies only to that command. */
function assignment(word: ShellWord, flow: Flow, isPersistent: boolean): void {
  visitSubstitutions(word, flow);
  const [, name, value = ''] = /^([A-Za-z_]\w*)\+?=(.*)$/s.exec(word.raw) ?? [];
  if (name !== undefined && isPersistent) assign(flow, name, isHarmlessValue(word, value, flow));
}

function assign({ assigned, changes, conditions }: Flow, name: string, isHarmless: boolean): void {
  if (conditions > 0) changes.push({ name, before: assigned.get(name) });
  assigned.set(name, isHarmless);
}

function isHarmlessValue(word: ShellWord, value: string, flow: Flow): boolean {
  if (/^"?\$\(\((?:[^()]|\([^()]*\))*\)\)"?$/.test(value)) return true;
  if (word.scripts.length > 0 || /[\s*?[\]]/.test(value.replaceAll(numbers, ''))) return false;
  return word.variables.every((one) => isHarmless(one, flow));
}

/** `$?` and the other parameters that are numbers; elsewhere, these characters may be patterns. */
const numbers = /\$(?:\{[#?$!-]\}|[#?$!-])/g;

/** Whether a word in the list of a loop is literal and without whitespace. */
function isPlain({ literal, text }: ShellWord): boolean {
  return literal && !/\s/.test(text);
}

/** Parameters whose values are always numbers. */
const numericParameters: ReadonlySet<string> = new Set('# ? $ ! - EUID LINENO OPTIND PPID RANDOM SECONDS SHLVL UID'.split(' ')); // prettier-ignore

function isHarmless({ name }: ShellVariable, { assigned, isHarmlessAtFirst }: Flow): boolean {
  return numericParameters.has(name) || (assigned.get(name) ?? isHarmlessAtFirst(name));
}

/** Checks only the substitutions in a word that is not split itself. */
function visitSubstitutions({ scripts }: ShellWord, flow: Flow): void {
  for (const statement of scripts) visit(statement, flow);
}

function checkWord(word: ShellWord, flow: Flow): void {
  if (word.variables.length === 0 && word.scripts.length === 0) return;
  for (const one of word.variables) {
    if (one.quoted || one.name === '@' || isHarmless(one, flow) || isNotValue(word, one)) continue;
    if (!isInArithmetic(word, one)) flow.found.push({ code: 'SC2086', span: one.span });
  }
  const { start, end } = word.span;
  if (word.scripts.length > 0 && word.raw.length === end - start)
    for (const place of unquotedSubstitutions(word.raw)) {
      if (printsList.test(word.raw.slice(place.start))) continue;
      const span = { start: start + place.start, end: start + place.end };
      flow.found.push({ code: 'SC2046', span });
    }
  visitSubstitutions(word, flow);
}

/** Commands that print a list of numbers, which is useful only if it is split. */
const printsList = /^(?:\$\(|`)\s*(?:seq|pgrep)\b/;

/** `${#A}` is a length, and `${A:+b}` is the text after the operator. */
function isNotValue(word: ShellWord, { span, nameSpan, name }: ShellVariable): boolean {
  const { start } = word.span;
  const written = word.raw.slice(span.start - start, span.end - start);
  const after = word.raw.slice(nameSpan.end - start, span.end - start);
  return name.startsWith('#') || written.startsWith('${#') || /^:?\+/.test(after);
}

function isInArithmetic({ raw, span }: ShellWord, one: ShellVariable): boolean {
  const before = raw.slice(0, one.span.start - span.start);
  return before.split('$((').length > before.split('))').length;
}
