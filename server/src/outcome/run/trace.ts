/** The last command that the shell printed before it ran it, with `set -x`. */
import type { CommandAt } from '../../model/model.ts';
import { nameOf } from '../../shell/commands.ts';
import type { FailedRun } from './context.ts';
import { commandPrinted } from './printed-command.ts';

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
  const text = line.slice(2);
  const at = commandPrinted(run, run.fatal, text) ?? commandPrinted(run, run.commands, text);
  if (at === undefined) return undefined;
  const pipeline = at.ancestors.findLast(({ kind }) => kind === 'pipeline') ?? at.command;
  const { start, end } = pipeline.span;
  const commands = run.commands.filter(
    ({ command }) => start <= command.span.start && command.span.end <= end,
  );
  return { at, commands, index };
}

function hasTrace({ document, instruction, commands }: FailedRun): boolean {
  const { argv } = document.model.stateAt(instruction).shell;
  const isTracing = (words: readonly string[]): boolean =>
    words.some((word) => /^-[a-zA-Z]*x/.test(word) || word === 'xtrace');
  const sets = commands.filter(({ command }) => nameOf(command) === 'set');
  const [first = ''] = document.text
    .slice(instruction.span.start, instruction.span.end)
    .split(/(?<=<<.*)\n/, 2);
  const written = /(?:^|\s)(?:ba|da|a)?sh(?: -\w+)*? -\w*x|#!.*? -\w*x/.exec(
    `${first}\n${document.text.slice(instruction.heredocs[0]?.body.start ?? 0).split('\n', 1)[0] ?? ''}`,
  );
  return (
    isTracing(argv.slice(1)) ||
    sets.some(({ command }) => isTracing(command.args.map(({ text }) => text))) ||
    written !== null
  );
}
