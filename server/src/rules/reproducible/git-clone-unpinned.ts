/** Not in other linters: `git clone` of a branch, which is another commit tomorrow. */
import { rule } from '../../lint/rule.ts';
import type { CommandAt, Model } from '../../model/model.ts';
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
    for (const at of model.commands(...gitLike)) {
      const call = invoke(at.command, git);
      if (call?.subcommand?.text !== 'clone' || call.has('--revision', '--mirror')) continue;
      const [url, directory] = call.operands;
      if (url === undefined || !isRemote(url.text)) continue;
      const branch = call.value('-b', '--branch')?.text;
      if (branch !== undefined && !movingBranch.test(branch)) continue;
      if (choosesCommit(model, at, nameOfClone(url.text, directory?.text))) continue;
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

/** Whether a later command of the stage moves this clone to a commit. */
function choosesCommit(model: Model, { stage, command }: CommandAt, clone: string): boolean {
  return model.commands(...gitLike).some((other) => {
    if (other.stage !== stage || other.command.span.start <= command.span.start) return false;
    const call = invoke(other.command, git);
    if (!choosing.includes(call?.subcommand?.text ?? '')) return false;
    if (call?.operands.some(({ text }) => movingBranch.test(text)) === true) return false;
    const directory = directoryOf(model, other, call?.value('-C')?.text);
    // The name of `.` and of variables is not known.
    const isKnown = directory !== undefined && !/^\.*$|\$/.test(clone);
    return !isKnown || directory.split('/').includes(clone);
  });
}

/** The directory where a command runs, as written; undefined if nothing says it, or a variable is in it. */
function directoryOf(
  model: Model,
  { run, command }: CommandAt,
  option?: string,
): string | undefined {
  const cd = model
    .commandsIn(run, 'cd', 'pushd')
    .findLast((one) => one.command.span.start < command.span.start);
  const named = option ?? cd?.command.args[0]?.text ?? model.stateAt(run).workdir;
  return named === undefined || /[$`*~]|^\.*$/.test(named) ? undefined : named;
}

/** The name of the directory that the command clones to. */
function nameOfClone(url: string, directory: string | undefined): string {
  return fileName((directory ?? url.replace(/\.git\/?$/, '')).replace(/\/+$/, ''));
}
