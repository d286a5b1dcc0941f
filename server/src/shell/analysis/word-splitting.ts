/** Words of a script that a shell splits at blanks and takes for patterns, by ShellCheck's reading (SC2046, SC2086). */
import { nameOf } from '../commands.ts';
import type { Block, Command, Redirect, ShellVariable, ShellWord, Statement } from '../script.ts';
import type { Span } from '../../text/span.ts';
import { openSubstitutions } from './substitutions.ts';

export interface Split {
  readonly code: 'SC2046' | 'SC2086';
  readonly span: Span;
}

/**
 * In the order of the text. What is harmless has neither blanks nor patterns in its value, as the script begins; what the
 * script assigns is followed from there on, as if each line of it were run once.
 */
export function splitWords(
  statements: readonly Statement[],
  isHarmlessAtFirst: (name: string) => boolean,
): readonly Split[] {
  const flow: Flow = { isHarmlessAtFirst, assigned: new Map(), found: [] };
  for (const statement of statements) visit(statement, flow);
  return flow.found;
}

interface Flow {
  readonly isHarmlessAtFirst: (name: string) => boolean;
  /** Whether what the script has assigned is harmless. */
  readonly assigned: Map<string, boolean>;
  readonly found: Split[];
}

function visit(statement: Statement, flow: Flow): void {
  if (statement.kind === 'command') ofCommand(statement, flow);
  else if (statement.kind === 'block') ofBlock(statement, flow);
  else
    for (const [i, part] of statement.parts.entries())
      if (i === 0 || statement.kind === 'pipeline') visit(part, flow);
      else perhaps(flow, () => visit(part, flow));
}

/** What is run under a condition may have been left out: behind it only that is known which holds either way. */
function perhaps(flow: Flow, run: () => void): void {
  const { assigned } = flow;
  const before = assigned.size > 0 ? new Map(assigned) : assigned;
  run();
  if (assigned.size === 0) return;
  for (const [name, isHarmless] of assigned) {
    const was =
      (before === assigned ? undefined : before.get(name)) ?? flow.isHarmlessAtFirst(name);
    if (isHarmless && !was) assigned.set(name, false);
  }
}

function ofBlock(block: Block, flow: Flow): void {
  const { opener, words, bodies, redirects, variable } = block;
  for (const word of words) within(word, flow);
  if (variable) assign(flow, variable.text, words.every(isPlain));
  if (opener === 'test') return;
  const inside = (): void => {
    for (const part of bodies) visit(part, flow);
  };
  if (conditional.has(opener)) perhaps(flow, inside);
  else inside();
  ofRedirects(redirects, flow);
}

/** Of `case` one branch is taken: it sets what the others set, or ends the step. */
const conditional: ReadonlySet<Block['opener']> = new Set(['if', 'for', 'while', 'until', 'select', 'function']); // prettier-ignore

const assigning: ReadonlySet<string> = new Set(['export', 'declare', 'local', 'readonly', 'typeset']); // prettier-ignore

function ofCommand(command: Command, flow: Flow): void {
  const { name, args, assignments, redirects } = command;
  for (const word of assignments) assignment(word, flow, name === undefined);
  if (name) within(name, flow);
  const called = nameOf(command) ?? '';
  const assigns = assigning.has(called);
  for (const word of args) {
    if (assigns && /^[A-Za-z_]\w*\+?=/.test(word.raw)) assignment(word, flow, true);
    else ofWord(word, flow);
    if (called === 'read') assign(flow, word.text, false);
  }
  ofRedirects(redirects, flow);
}

function ofRedirects(redirects: readonly Redirect[], flow: Flow): void {
  for (const { target, body } of redirects) {
    if (body) within(body, flow);
    else if (target) ofWord(target, flow);
  }
}

/** In front of a program it holds for that alone. */
function assignment(word: ShellWord, flow: Flow, stays: boolean): void {
  within(word, flow);
  const [, name, value = ''] = /^([A-Za-z_]\w*)\+?=(.*)$/s.exec(word.raw) ?? [];
  if (name !== undefined && stays) assign(flow, name, isHarmlessValue(word, value, flow));
}

function assign({ assigned }: Flow, name: string, isHarmless: boolean): void {
  assigned.set(name, isHarmless);
}

function isHarmlessValue(word: ShellWord, value: string, flow: Flow): boolean {
  if (/^"?\$\(\((?:[^()]|\([^()]*\))*\)\)"?$/.test(value)) return true;
  if (word.scripts.length > 0 || /[\s*?[\]]/.test(value.replaceAll(numbers, ''))) return false;
  return word.variables.every((one) => isHarmless(one, flow));
}

/** `$?` and the others that are numbers, whatever their signs mean elsewhere. */
const numbers = /\$(?:\{[#?$!-]\}|[#?$!-])/g;

/** A literal of a list that a loop goes through. */
function isPlain({ literal, text }: ShellWord): boolean {
  return literal && !/\s/.test(text);
}

/** Numbers, all of them. */
const own: ReadonlySet<string> = new Set('# ? $ ! - EUID LINENO OPTIND PPID RANDOM SECONDS SHLVL UID'.split(' ')); // prettier-ignore

function isHarmless({ name }: ShellVariable, { assigned, isHarmlessAtFirst }: Flow): boolean {
  return own.has(name) || (assigned.get(name) ?? isHarmlessAtFirst(name));
}

/** Only what is run inside it: the word itself is not split where it stands. */
function within({ scripts }: ShellWord, flow: Flow): void {
  for (const statement of scripts) visit(statement, flow);
}

function ofWord(word: ShellWord, flow: Flow): void {
  if (word.variables.length === 0 && word.scripts.length === 0) return;
  for (const one of word.variables) {
    if (one.quoted || one.name === '@' || isHarmless(one, flow) || isNoValue(word, one)) continue;
    if (!isInArithmetic(word, one)) flow.found.push({ code: 'SC2086', span: one.span });
  }
  const { start, end } = word.span;
  if (word.scripts.length > 0 && word.raw.length === end - start)
    for (const place of openSubstitutions(word.raw)) {
      if (printsList.test(word.raw.slice(place.start))) continue;
      const span = { start: start + place.start, end: start + place.end };
      flow.found.push({ code: 'SC2046', span });
    }
  within(word, flow);
}

/** What they print is numbers, one behind the other, and of use only where it is split. */
const printsList = /^(?:\$\(|`)\s*(?:seq|pgrep)\b/;

/** `${#A}` is a length, and `${A:+b}` has the text that stands there. */
function isNoValue(word: ShellWord, { span, nameSpan, name }: ShellVariable): boolean {
  const { start } = word.span;
  const written = word.raw.slice(span.start - start, span.end - start);
  const behind = word.raw.slice(nameSpan.end - start, span.end - start);
  return name.startsWith('#') || written.startsWith('${#') || /^:?\+/.test(behind);
}

function isInArithmetic({ raw, span }: ShellWord, one: ShellVariable): boolean {
  const before = raw.slice(0, one.span.start - span.start);
  return before.split('$((').length > before.split('))').length;
}
