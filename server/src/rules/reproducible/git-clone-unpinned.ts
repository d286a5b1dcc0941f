/** Not in other linters: `git clone` of a branch, which is another commit tomorrow. */
import { rule } from '../../lint/rule.ts';
import { earlierCommand, matching } from '../../model/later-commands.ts';
import type { CommandAt, Model, Stage } from '../../model/model.ts';
import { git, gitLike } from '../../programs/git.ts';
import { invoke } from '../../programs/program.ts';
import { dockerfile } from '../../text/dedent.ts';
import { fileName } from '../../text/path.ts';
import { t } from '../../text/translation.ts';

/** Names of branches that projects develop on. */
const movingBranch = /^(?:main|master|trunk|dev|devel|develop|development|nightly|edge|latest)$/;

export default rule({
  summary: 'Use a tag or commit in `git clone`',
  why: '`git clone` without `--branch` fetches the default branch of the repository as it is on that day, so the same Dockerfile builds another program tomorrow. The build cache hides it: the step runs again only if its text changes. Clone a tag with `--branch`, or check out a commit in the same step.\n\nClones that a later `git checkout` or `git reset` in their directory moves to a commit are not reported.',
  severity: 'info',
  since: '0.1.0',
  links: ['https://docs.docker.com/reference/dockerfile/#adding-files-from-a-git-repository'],
  on: { commands: gitLike },
  examples: [
    {
      bad: dockerfile`
        FROM buildpack-deps:trixie
        RUN «git clone» https://github.com/example/tool.git /src
      `,
      good: dockerfile`
        FROM buildpack-deps:trixie
        RUN git clone --branch v1.4.0 --depth 1 https://github.com/example/tool.git /src
      `,
    },
  ],
  check({ model, report }) {
    let moves: ReadonlyMap<Stage | undefined, Moves> | undefined;
    for (const at of model.commands(...gitLike)) {
      const call = invoke(at.command, git);
      if (call?.subcommand?.text !== 'clone' || call.has('--revision', '--mirror')) continue;
      const [url, directory] = call.operands;
      if (url === undefined || !isRemote(url.text)) continue;
      const branch = call.value('-b', '--branch')?.text;
      if (branch !== undefined && !movingBranch.test(branch)) continue;
      moves ??= movesByStage(model);
      if (isMoved(at, nameOfClone(url.text, directory?.text), moves.get(at.stage))) continue;
      report({
        at: { span: { start: at.command.span.start, end: call.subcommand.span.end } },
        message:
          branch === undefined
            ? t('This clones the default branch, which changes; clone a tag or commit')
            : t('This clones the branch `{0}`, which changes; clone a tag or commit', branch),
      });
    }
  },
});

function isRemote(url: string): boolean {
  return /^(?:https?|git|ssh):\/\/|^[\w.-]+@[\w.-]+:/.test(url);
}

const choosing = ['checkout', 'reset', 'switch', 'fetch', 'rebase', 'merge'];

/** Where the last commands of a stage start that move a clone to a commit. */
interface Moves {
  /** The last one of all. */
  any: number;
  /** The last one in a directory that is not known. */
  somewhere: number;
  /** The last one in a directory with this name, or below it. */
  readonly byName: Map<string, number>;
}

function movesByStage(model: Model): ReadonlyMap<Stage | undefined, Moves> {
  const found = new Map<Stage | undefined, Moves>();
  for (const at of model.commands(...gitLike)) {
    const call = invoke(at.command, git);
    if (!choosing.includes(call?.subcommand?.text ?? '')) continue;
    if (call?.operands.some(({ text }) => movingBranch.test(text)) === true) continue;
    let moves = found.get(at.stage);
    if (moves === undefined)
      found.set(at.stage, (moves = { any: -1, somewhere: -1, byName: new Map() }));
    const { start } = at.command.span;
    moves.any = Math.max(moves.any, start);
    const directory = directoryOf(model, at, call?.value('-C')?.text);
    if (directory === undefined) moves.somewhere = Math.max(moves.somewhere, start);
    else
      for (const name of directory.split('/'))
        moves.byName.set(name, Math.max(moves.byName.get(name) ?? -1, start));
  }
  return found;
}

/** Whether a later command of the stage moves this clone to a commit. */
function isMoved({ command }: CommandAt, clone: string, moves: Moves | undefined): boolean {
  if (moves === undefined) return false;
  // The name of `.` and of variables is not known.
  const isKnown = !/^\.*$|\$/.test(clone);
  const last = isKnown ? Math.max(moves.somewhere, moves.byName.get(clone) ?? -1) : moves.any;
  return last > command.span.start;
}

const directoryChanges = matching(['cd', 'pushd'], () => true);

/** The directory where a command runs, as written; undefined if nothing says it, or a variable is in it. */
function directoryOf(model: Model, at: CommandAt, option?: string): string | undefined {
  const named =
    option ??
    earlierCommand(model, at, directoryChanges)?.args[0]?.text ??
    model.stateAt(at.run).workdir;
  return named === undefined || /[$`*~]|^\.*$/.test(named) ? undefined : named;
}

/** The name of the directory that the command clones to. */
function nameOfClone(url: string, directory: string | undefined): string {
  return fileName((directory ?? url.replace(/\.git\/?$/, '')).replace(/\/+$/, ''));
}
