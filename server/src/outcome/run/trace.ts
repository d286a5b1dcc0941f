/** The last command that the shell printed before it ran it, with `set -x`. */
import type { CommandAt } from '../../model/model.ts';
import { nameOf } from '../../shell/commands.ts';
import type { ShellWord } from '../../shell/script.ts';
import { mayBe, type FailedRun } from './context.ts';

export interface Traced {
  readonly at: CommandAt;
  /** Those that may have failed: the command, those in it, and those of its pipeline. */
  readonly commands: readonly CommandAt[];
  /** The index of the line in the output. */
  readonly index: number;
}

/** Undefined if the shell prints no commands, or the last one is not in the instruction. */
export function tracedCommand(run: FailedRun): Traced | undefined {
  if (!hasTrace(run)) return undefined;
  const index = run.lines.findLastIndex((line) => /^\+ \S/.test(line));
  const line = run.lines[index];
  if (line === undefined) return undefined;
  const words = line.slice(2).trim().split(/\s+/);
  const matching = (list: readonly CommandAt[]): CommandAt | undefined => list.find((at) => isTrace(at, words));
  const at = matching(run.fatal) ?? matching(run.commands);
  if (at === undefined) return undefined;
  const pipeline = at.ancestors.findLast(({ kind }) => kind === 'pipeline') ?? at.command;
  const { start, end } = pipeline.span;
  const commands = run.commands.filter(({ command }) => start <= command.span.start && command.span.end <= end);
  return { at, commands, index };
}

function hasTrace({ document, instruction, commands }: FailedRun): boolean {
  const { argv } = document.model.stateAt(instruction).shell;
  const isTracing = (words: readonly string[]): boolean => words.some((word) => /^-[a-zA-Z]*x/.test(word) || word === 'xtrace');
  const sets = commands.filter(({ command }) => nameOf(command) === 'set');
  const shebang = /#!.*?(-\w*x\w*)/.exec(document.text.slice(instruction.span.start, instruction.span.end));
  return isTracing(argv.slice(1)) || sets.some(({ command }) => isTracing(command.args.map(({ text }) => text))) || shebang !== null;
}

/** Whether the shell prints a command with these words, which are expanded and may be quoted. */
function isTrace({ command }: CommandAt, words: readonly string[]): boolean {
  const { name, args } = command;
  if (name === undefined) return false;
  const own = [name, ...args];
  const printed = words.map(unquoted);
  if (own.every(isSingle)) return own.length === printed.length && own.every((word, i) => matches(word, printed[i] ?? ''));
  // Words that are split, or that contain whitespace, have another number of words: the first ones must be equal.
  if (!matches(name, printed[0] ?? '')) return false;
  for (const [i, word] of own.entries()) {
    if (!isSingle(word)) return true;
    if (!matches(word, printed[i] ?? '')) return false;
  }
  return true;
}

function isSingle({ literal, text }: ShellWord): boolean {
  return literal && !/\s/.test(text);
}

function matches(word: ShellWord, printed: string): boolean {
  return unquoted(word.text) === printed || mayBe(word, printed);
}

function unquoted(text: string): string {
  return text.replace(/['"\\]/g, '');
}
