/** hadolint DL3004. */
import { reportSteps, type StepProblem } from '../../lint/checks/report-by-step.ts';
import { rule } from '../../lint/rule.ts';
import type { ShellWord } from '../../shell/script.ts';
import { rootStage } from '../../model/lineage.ts';
import type { Model, Stage } from '../../model/model.ts';
import type { Run } from '../../syntax/tree.ts';
import { dockerfile } from '../../text/dedent.ts';
import { remove } from '../../text/edit.ts';
import { t } from '../../text/translation.ts';

export default rule({
  summary: 'Use `USER` instead of `sudo`',
  why: 'Build steps run as root until a `USER` instruction, so `sudo` is not needed before it. After it, `sudo` bypasses the user that was set; use `USER root` for the steps that need root, and switch back afterwards. `sudo` also does not pass on all signals and environment variables.',
  severity: 'info',
  fix: 'unsafe',
  since: '0.1.0',
  also: { hadolint: ['DL3004'] },
  links: ['https://github.com/hadolint/hadolint/wiki/DL3004'],
  on: { commands: ['sudo'] },
  examples: [
    {
      bad: dockerfile`
        FROM debian:trixie-slim
        RUN «sudo» mkdir /data
      `,
      good: dockerfile`
        FROM debian:trixie-slim
        RUN mkdir /data
      `,
    },
  ],
  check({ model, report }) {
    const problems: StepProblem[] = [];
    for (const { command, via, run, stage, ancestors } of model.commands('sudo')) {
      const { name, args } = command;
      const [first] = args;
      if (name === undefined || hasUnknownUser(model, stage, run)) continue;
      if (ancestors.length > 0 && readsUser(model, run)) continue;
      const user = model.stateAt(run).user?.text ?? 'root';
      // `sudo VAR=x command` and `sudo -u user` do more than raise privileges.
      const isPlain = first !== undefined && !/^-|=/.test(first.text);
      const problem = {
        at: name,
        message: namesUser(args)
          ? t('`sudo` changes the user for one command; `USER` applies to all following steps')
          : t('`sudo` is used in a build step, which runs as root unless `USER` is set'),
        ...(isPlain &&
          via !== 'nested' &&
          /^(?:root|0)(?::|$)/.test(user) && {
            fix: {
              title: t('Remove `{0}`', 'sudo'),
              edits: [remove({ start: name.span.start, end: first.span.start })],
              safe: false as const,
            },
          }),
      };
      problems.push({ run, problem });
    }
    reportSteps(problems, report);
  },
});

/** Whether no USER is set, and the base image, which may set one, is a build argument without a default. */
function hasUnknownUser(model: Model, stage: Stage | undefined, run: Run): boolean {
  if (stage === undefined || model.stateAt(run).user !== undefined) return false;
  const root = rootStage(stage);
  return root.base === undefined && (root.from.image?.variables.length ?? 0) > 0;
}

/** Whether the script reads which user it runs as, so that `sudo` is for the other case. */
function readsUser({ source: { text } }: Model, { span }: Run): boolean {
  return /\bid -u\b|\bEUID\b|\bwhoami\b/.test(text.slice(span.start, span.end));
}

/** Whether `-u user` is among the options of sudo, which come before the command and its options. */
function namesUser(args: readonly ShellWord[]): boolean {
  for (const { text } of args) {
    if (/^(?:-[A-Za-z]*u|--user)/.test(text)) return true;
    if (!text.startsWith('-') || text === '--') return false;
  }
  return false;
}
