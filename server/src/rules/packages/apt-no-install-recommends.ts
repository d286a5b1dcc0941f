/** hadolint DL3015. The fix is unsafe because a program may need a recommended package. */
import { reportByStep } from '../../lint/checks/report-by-step.ts';
import { rule, type Problem } from '../../lint/rule.ts';
import { isShipped } from '../../model/lineage.ts';
import type { CommandAt, Model } from '../../model/model.ts';
import { apt, aptLike } from '../../programs/apt.ts';
import { invoke, isVerb } from '../../programs/program.ts';
import type { Command, ShellWord } from '../../shell/script.ts';
import { dockerfile } from '../../text/dedent.ts';
import { insert } from '../../text/edit.ts';
import { t } from '../../text/translation.ts';

export default rule({
  summary: 'Use `--no-install-recommends` with `apt-get install`',
  why: 'By default, Debian and Ubuntu also install recommended packages, such as documentation, graphical libraries or a second Python. Images rarely need them, and they often take several hundred megabytes. If the program needs a recommended package, name it in the command.\n\nStages that are not part of the final image are not reported.',
  severity: 'info',
  fix: 'unsafe',
  since: '0.1.0',
  also: { hadolint: ['DL3015'] },
  links: ['https://github.com/hadolint/hadolint/wiki/DL3015'],
  on: { commands: aptLike },
  examples: [
    {
      bad: dockerfile`
        FROM debian:trixie-slim
        RUN apt-get update && \
            «apt-get install» -y git && \
            rm -rf /var/lib/apt/lists/*
      `,
      good: dockerfile`
        FROM debian:trixie-slim
        RUN apt-get update && \
            apt-get install -y --no-install-recommends git && \
            rm -rf /var/lib/apt/lists/*
      `,
    },
  ],
  check({ model, report }) {
    reportByStep(
      model.commands(...aptLike).filter((at) => installsRecommended(model, at)),
      report,
      problemFor,
    );
  },
});

function installsRecommended(model: Model, { command, stage, run }: CommandAt): boolean {
  const install = invoke(command, apt);
  if (!install || !isVerb(install, apt.verbs.install)) return false;
  if (stage === undefined || !(isShipped(model, stage) || run.onbuild === true)) return false;
  // `--only-upgrade` installs nothing new.
  if (install.has('--only-upgrade', '--no-install-recommends', '--without-recommends', '-R'))
    return false;
  return !install.values('-o', '--option').some(({ text }) => isTurnedOff(text));
}

function isTurnedOff(setting: string): boolean {
  return /Install-Recommends["']?=["']?(?:false|0|no)/i.test(setting);
}

function problemFor({ command, via }: CommandAt): Problem {
  const { subcommand, name = 'apt-get' } = invoke(command, apt) ?? {};
  const option = name === 'aptitude' ? '--without-recommends' : '--no-install-recommends';
  return {
    at: { span: { start: command.span.start, end: subcommand?.span.end ?? command.span.end } },
    message: t('`{0} install` also installs recommended packages', name),
    also: name === 'apt-get' ? ['DL3015'] : [],
    ...(via !== 'nested' &&
      subcommand && {
        fix: {
          title: t('Add `{0}`', option),
          edits: [insert(insertionPoint(command, subcommand), ` ${option}`)],
          safe: false,
        },
      }),
  };
}

/** The end of a `-y` directly after the subcommand, where most authors write it, or of the subcommand. */
function insertionPoint({ args }: Command, subcommand: ShellWord): number {
  const next = args[args.indexOf(subcommand) + 1];
  return (next && /^(?:-q*y|-yq*|--yes|--assume-yes)$/.test(next.raw) ? next : subcommand).span.end;
}
