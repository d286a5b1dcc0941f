/** Commands that follow another one in the same step. */
import type { Family } from '../programs/program.ts';
import type { CommandAt, Model } from './model.ts';

/** Whether a later command of the same step removes something at or below one of the paths. */
export function isRemovedLater(model: Model, at: CommandAt, paths: RegExp): boolean {
  return laterCommands(model, at, ['rm', 'find']).some(({ command }) =>
    command.args.some(({ text }) => paths.test(text)),
  );
}

/** The later commands of the same step with these names. */
export function laterCommands(
  model: Model,
  { run, command }: CommandAt,
  names: Family,
): readonly CommandAt[] {
  return model
    .commandsIn(run, ...names)
    .filter((other) => other.command.span.start > command.span.start);
}
