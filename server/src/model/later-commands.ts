/** Commands that follow another one, or precede it, in the same step. */
import type { Family } from '../programs/program.ts';
import type { Command } from '../shell/script.ts';
import type { Run } from '../syntax/tree.ts';
import { firstFrom } from '../text/sorted.ts';
import type { CommandAt, Model } from './model.ts';
import { commands, ModelCache } from './reads.ts';

/** A question about the other commands of a step. It is a constant: the answers for a step are computed once and found by it. */
export interface LaterSearch {
  readonly names: Family;
  /** The words by which a command is found; none if it is of no interest. */
  readonly wordsOf: (command: Command) => readonly string[];
}

type CommandsByWord = ReadonlyMap<string, readonly Command[]>;

const cache = new ModelCache<Model, Map<LaterSearch, Map<Run, CommandsByWord>>>();

/** The first later command of the same step that has a word. A step of n commands is searched once, not n times. */
export function laterCommand(
  model: Model,
  { run, command }: CommandAt,
  search: LaterSearch,
  word: string,
): Command | undefined {
  const found = commandsByWord(model, run, search).get(word);
  return found?.[firstFrom(found, command.span.start + 1)];
}

function commandsByWord(model: Model, run: Run, search: LaterSearch): CommandsByWord {
  const bySearch = cache.of(model, emptyIndex);
  let byRun = bySearch.get(search);
  if (byRun === undefined) bySearch.set(search, (byRun = new Map<Run, CommandsByWord>()));
  let byWord = byRun.get(run);
  if (byWord === undefined) byRun.set(run, (byWord = indexed(model, run, search)));
  return byWord;
}

/** The index is filled later, always from the commands. */
function emptyIndex({ reads }: Model): Map<LaterSearch, Map<Run, CommandsByWord>> {
  reads.bits |= commands;
  return new Map();
}

function indexed(model: Model, run: Run, { names, wordsOf }: LaterSearch): CommandsByWord {
  const byWord = new Map<string, Command[]>();
  const found = model.commandsIn(run, ...names).map(({ command }) => command);
  for (const command of found.sort((a, b) => a.span.start - b.span.start))
    for (const word of wordsOf(command)) {
      const list = byWord.get(word);
      if (list) list.push(command);
      else byWord.set(word, [command]);
    }
  return byWord;
}

/** A search for commands that match; `at` finds one. */
export function matching(names: Family, matches: (command: Command) => boolean): LaterSearch {
  const [found, none] = [[''], []];
  return { names, wordsOf: (command) => (matches(command) ? found : none) };
}

/** The last earlier command of the same step that has a word, or that matches. */
export function earlierCommand(
  model: Model,
  { run, command }: CommandAt,
  search: LaterSearch,
  word = '',
): Command | undefined {
  const found = commandsByWord(model, run, search).get(word);
  return found?.[firstFrom(found, command.span.start) - 1];
}

/** Whether a later command of the same step is found by a search for commands that match. */
export function isFollowedBy(model: Model, at: CommandAt, search: LaterSearch): boolean {
  return laterCommand(model, at, search, '') !== undefined;
}

const removals = new WeakMap<RegExp, LaterSearch>();

/** Whether a later command of the same step removes something at or below one of the paths, which are a constant. */
export function isRemovedLater(model: Model, at: CommandAt, paths: RegExp): boolean {
  let search = removals.get(paths);
  if (search === undefined) {
    search = matching(['rm', 'find'], ({ args }) => args.some(({ text }) => paths.test(text)));
    removals.set(paths, search);
  }
  return isFollowedBy(model, at, search);
}

/** The later commands of the same step with these names. To ask for each command of a step, use a search. */
export function laterCommands(
  model: Model,
  { run, command }: CommandAt,
  names: Family,
): readonly CommandAt[] {
  return model
    .commandsIn(run, ...names)
    .filter((other) => other.command.span.start > command.span.start);
}
