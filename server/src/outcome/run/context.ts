/** A failed RUN: its commands, and which of them can make it fail. */
import type { CommandAt } from '../../model/model.ts';
import type { Command, Script, ShellWord, Statement } from '../../shell/script.ts';
import { commands as commandsOf, nameOf } from '../../shell/commands.ts';
import { dialectOf } from '../../shell/dialect.ts';
import { parseScript } from '../../shell/parse.ts';
import type { Run } from '../../syntax/tree.ts';
import type { Span } from '../../text/span.ts';
import type { FailedInstruction } from '../cause.ts';

export interface FailedRun extends FailedInstruction {
  readonly instruction: Run;
  readonly script: Script | undefined;
  /** Every command of the instruction in order. */
  readonly commands: readonly CommandAt[];
  /** Those whose failure ends the script. */
  readonly fatal: readonly CommandAt[];
  /** Whether the shell stops at the first command that fails. */
  readonly stopsAtFailure: boolean;
  readonly hasPipefail: boolean;
  readonly values: Values;
}

export function failedRun(failed: FailedInstruction, run: Run): FailedRun {
  const { model } = failed.document;
  const inner = heredocOfShell(failed, run);
  const script = inner?.script ?? model.script(run);
  const commands = inner?.commands ?? model.commandsIn(run);
  const options = shellOptions(failed, run, script);
  const top = script?.statements ?? [];
  const fatal = commands.filter((at) => isFatal(at, top, options));
  const values = valuesAt(failed, run, commands);
  return { ...failed, instruction: run, script, commands, fatal, values, ...options };
}

/** The script in the heredoc of `bash -e <<EOF`, for which there is no other command. */
function heredocOfShell(
  { document }: FailedInstruction,
  run: Run,
): (Pick<FailedRun, 'commands'> & { readonly script: Script }) | undefined {
  const { model, text } = document;
  const [heredoc, second] = run.heredocs;
  const [statement, other] = model.script(run)?.statements ?? [];
  if (
    heredoc === undefined ||
    second !== undefined ||
    other !== undefined ||
    statement?.kind !== 'command'
  )
    return undefined;
  const dialect = /^(?:ba|da|a|z)?sh$/.test(nameOf(statement) ?? '')
    ? dialectOf([nameOf(statement) ?? ''])
    : undefined;
  const isOnlyOptions = statement.args.every(({ text: word }) =>
    /^-[a-z]+$|^pipefail$|^-$/.test(word),
  );
  // A script in heredoc form, without a shell before it, is read by the model.
  const isBefore = statement.span.start < heredoc.span.start && statement.redirects.length > 0;
  if (dialect === undefined || !isOnlyOptions || !isBefore) return undefined;
  const body = text.slice(heredoc.body.start, heredoc.body.end).replaceAll('\r\n', ' \n');
  const script = parseScript({ at: heredoc.body.start, text: body }, dialect);
  const stage = model.stageOf(run);
  return { script, commands: commandsOf(script).map((one): CommandAt => ({ ...one, run, stage })) };
}

type ShellOptions = Pick<FailedRun, 'stopsAtFailure' | 'hasPipefail'>;

/** The options `-e` and `-o pipefail`, of the shell or of `set`. */
function shellOptions(
  { document }: FailedInstruction,
  run: Run,
  script: Script | undefined,
): ShellOptions {
  const { argv } = document.model.stateAt(run).shell;
  const first = script?.statements.flatMap(leadingCommands) ?? [];
  const sets = first
    .filter((command) => nameOf(command) === 'set')
    .map(({ args }) => args.map(({ text }) => text));
  const body =
    run.heredocs.length > 0
      ? document.text.slice(run.heredocs[0]?.body.start, run.heredocs[0]?.body.end)
      : '';
  const shebang = /^#!\S+(?:\s+\S*sh\b)?(.*)/.exec(body)?.[1]?.trim().split(/\s+/) ?? [];
  const words = [argv.slice(1), ...sets, shebang, introduced(document.text, run)];
  return {
    stopsAtFailure: words.some((list) =>
      list.some((word) => /^-[a-zA-Z]*e/.test(word) || word === 'errexit'),
    ),
    hasPipefail: words.some((list) => list.includes('pipefail')),
  };
}

/** The words of `bash -e <<EOF`, whose heredoc is the script. */
function introduced(text: string, { heredocs, command }: Run): readonly string[] {
  const [heredoc] = heredocs;
  if (heredoc === undefined || command?.form !== 'shell') return [];
  return text.slice(command.script.at, heredoc.span.start).trim().split(/\s+/);
}

function leadingCommands(statement: Statement): readonly Command[] {
  if (statement.kind === 'command') return [statement];
  const [first] = statement.kind === 'chain' ? statement.parts : [];
  return first ? leadingCommands(first) : [];
}

const rethrowing = new Set(['exit', 'false', 'return', 'kill']);

/** Whether the failure of a command makes the script fail, as far as this is known. */
function isFatal(
  { command, ancestors }: CommandAt,
  top: readonly Statement[],
  options: ShellOptions,
): boolean {
  let inner: Statement = command;
  for (const outer of [...ancestors].reverse()) {
    if (!passesFailure(inner, outer, options)) return false;
    inner = outer;
  }
  return options.stopsAtFailure || inner === top.at(-1) || top.length === 0 || !top.includes(inner);
}

function passesFailure(
  inner: Statement,
  outer: Statement,
  { stopsAtFailure, hasPipefail }: ShellOptions,
): boolean {
  switch (outer.kind) {
    case 'command':
      return isOwnScript(inner, outer);
    case 'pipeline':
      return !outer.negated && (hasPipefail || inner === outer.parts.at(-1));
    case 'chain': {
      const at = outer.parts.indexOf(inner);
      const or = outer.operators.findIndex(({ text }, i) => i >= at && text === '||');
      return or < 0 || outer.parts.slice(or + 1).some(rethrows);
    }
    case 'block': {
      const isCondition =
        ['if', 'while', 'until'].includes(outer.opener) &&
        inner === outer.bodies[0] &&
        outer.bodies.length > 1;
      return (
        !isCondition &&
        (stopsAtFailure ||
          inner === outer.bodies.at(-1) ||
          outer.opener === 'if' ||
          outer.opener === 'case')
      );
    }
  }
}

/** `A=$(command)` fails with the command, and `sudo command` and `sh -c` too; `echo $(command)` does not. */
function isOwnScript(inner: Statement, { name, args, assignments, redirects }: Command): boolean {
  if (name === undefined) return true;
  const isInside = ({ span }: { readonly span: Span }): boolean =>
    span.start <= inner.span.start && inner.span.end <= span.end;
  const isSubstitution = (word: ShellWord): boolean => isInside(word) && word.scripts.length > 0;
  return (
    !args.some(isSubstitution) &&
    !assignments.some(isSubstitution) &&
    !redirects.some((one) => isInside(one) || (one.body !== undefined && isInside(one.body)))
  );
}

function rethrows(statement: Statement): boolean {
  switch (statement.kind) {
    case 'command':
      return rethrowing.has(nameOf(statement) ?? '');
    case 'block':
      return statement.bodies.some(rethrows);
    default:
      return statement.parts.some(rethrows);
  }
}

/** The commands with one of these names that can make the step fail. */
export function fatalNamed(
  { fatal }: FailedRun,
  names: readonly string[] | RegExp,
): readonly CommandAt[] {
  return fatal.filter(({ command }) => {
    const name = nameOf(command);
    return (
      name !== undefined && (names instanceof RegExp ? names.test(name) : names.includes(name))
    );
  });
}

/** The values of variables at an instruction, as far as they are known: of ARG, ENV and the script itself. */
type Values = ReadonlyMap<string, string>;

function valuesAt(
  { document, build }: FailedInstruction,
  run: Run,
  commands: readonly CommandAt[],
): Values {
  const values = new Map<string, string>();
  for (const { name, from, value } of document.model.stateAt(run).variables.values()) {
    const isArgument = typeof from === 'object' && from.kind === 'ARG';
    const given =
      isArgument && Object.hasOwn(build.buildArgs ?? {}, name) ? build.buildArgs?.[name] : value;
    if (given !== undefined) values.set(name, given);
  }
  for (const { command } of commands) {
    for (const { text, literal } of command.assignments) {
      const [, name, value = ''] = /^(\w+)=(.*)$/s.exec(text) ?? [];
      // A variable that is assigned twice, or from a command, has no certain value.
      if (name === undefined) continue;
      if (literal && !values.has(name)) values.set(name, value);
      else values.delete(name);
    }
  }
  return values;
}

/** Whether a word of a script may have this value: where it has patterns or variables that are not known, any text may be. */
export function mayBe(run: FailedRun, word: ShellWord, value: string): boolean {
  if (word.text === value || word.raw === value) return true;
  if (word.literal) return false;
  const known = textOf(run, word);
  if (known === value) return true;
  const parts = known.split(/\$\{[^}]*\}|\$\w+|\$\([^)]*\)|`[^`]*`|[*?]|\{[^}]*\}/);
  // A word that is only a variable may be anything, which does not prove that it is meant.
  if (parts.length < 2 || parts.join('').replace(/\W/g, '').length < 2) return false;
  return hasParts(value, parts);
}

/** The text of a word with the variables whose values are known. */
export function textOf({ values }: FailedRun, word: ShellWord): string {
  if (word.literal) return word.text;
  return word.text.replace(
    /\$(?:\{(\w+)\}|(\w+))/g,
    (written, inBraces?: string, plain?: string) => values.get(inBraces ?? plain ?? '') ?? written,
  );
}

/** Whether a text begins with the first part, ends with the last one, and contains the others in order. */
export function hasParts(text: string, [first = '', ...others]: readonly string[]): boolean {
  if (!text.startsWith(first)) return false;
  let at = first.length;
  for (const [i, part] of others.entries()) {
    const found = i === others.length - 1 ? text.length - part.length : text.indexOf(part, at);
    if (found < at || !text.startsWith(part, found)) return false;
    at = found + part.length;
  }
  return true;
}

/** The word of a command with this value: an argument, or the file of a redirection. */
export function wordOf(
  run: FailedRun,
  { command }: CommandAt,
  value: string,
): ShellWord | undefined {
  const words = [...command.args, ...command.redirects.flatMap(({ target }) => target ?? [])];
  return words.find(({ text }) => text === value) ?? words.find((word) => mayBe(run, word, value));
}

export interface WordAt {
  readonly at: CommandAt;
  readonly word: ShellWord;
}

/** The first of these commands with such a word. */
export function wordIn(
  run: FailedRun,
  commands: readonly CommandAt[],
  value: string,
): WordAt | undefined {
  const exact = commands.find(({ command }) => command.args.some(({ text }) => text === value));
  const at = exact ?? commands.find((one) => wordOf(run, one, value) !== undefined);
  const word = at && wordOf(run, at, value);
  return at && word && { at, word };
}

/** The span of a word without the quotes around it. */
export function wordSpan({ span, raw }: ShellWord): Span {
  const isQuoted =
    raw.length > 1 && /^(["']).*\1$/s.test(raw) && span.end - span.start === raw.length;
  return isQuoted ? { start: span.start + 1, end: span.end - 1 } : span;
}
