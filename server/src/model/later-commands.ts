/** Caches of package managers that a RUN leaves in its layer, or clears away again. */
import type { Family } from '../programs/program.ts';
import type { CommandAt, Model } from './model.ts';

/** Whether a command behind this one, in the same step, removes something at or below one of the paths. */
export function isRemovedLater(model: Model, at: CommandAt, paths: RegExp): boolean {
  return laterCommands(model, at, ['rm', 'find']).some(({ command }) =>
    command.args.some(({ text }) => paths.test(text)),
  );
}

/** The commands of these names behind this one in the same step. */
export function laterCommands(
  model: Model,
  { run, command }: CommandAt,
  names: Family,
): readonly CommandAt[] {
  return model
    .commandsIn(run, ...names)
    .filter((other) => other.command.span.start > command.span.start);
}
