/** hadolint DL3047. The fix is unsafe because the wget of an unknown image may be that of BusyBox. */
import { rule, type Problem } from '../../lint/rule.ts';
import type { CommandAt, Model, Stage } from '../../model/model.ts';
import { systemShellOf } from '../../model/system-shell.ts';
import { apkLike } from '../../programs/apk.ts';
import { installOf } from '../../programs/install.ts';
import { invoke } from '../../programs/program.ts';
import { wget, wgetLike } from '../../programs/wget.ts';
import type { ShellWord } from '../../shell/script.ts';
import { dockerfile } from '../../text/dedent.ts';
import { insert } from '../../text/edit.ts';
import { t } from '../../text/translation.ts';

export default rule({
  summary: 'Use `wget -nv` to keep progress output out of the build log',
  why: 'Without a terminal, wget prints a line for every 50 kB: a download of 100 MB adds two thousand lines to the build log. `-nv` prints only what was downloaded and what failed.\n\nThe wget of BusyBox, which Alpine has unless the package is installed, does not support `-nv`; there, `-q` prints nothing but errors.',
  severity: 'hint',
  fix: 'unsafe',
  since: '0.1.0',
  also: { hadolint: ['DL3047'] },
  links: ['https://github.com/hadolint/hadolint/wiki/DL3047'],
  on: { commands: wgetLike },
  examples: [
    {
      bad: dockerfile`
        FROM buildpack-deps:trixie
        RUN «wget» https://example.org/tool.tar.gz
      `,
      good: dockerfile`
        FROM buildpack-deps:trixie
        RUN wget -nv https://example.org/tool.tar.gz
      `,
    },
    {
      bad: dockerfile`
        FROM alpine:3.22
        RUN «wget» https://example.org/tool.tar.gz
      `,
      good: dockerfile`
        FROM alpine:3.22
        RUN wget -q https://example.org/tool.tar.gz
      `,
    },
  ],
  check({ model, report }) {
    const byStage = new Map<Stage | undefined, CommandAt[]>();
    for (const at of model.commands(...wgetLike)) {
      if (!printsProgress(at)) continue;
      const group = byStage.get(at.stage);
      if (group) group.push(at);
      else byStage.set(at.stage, [at]);
    }
    for (const loud of byStage.values()) {
      const name = loud[0]?.command.name;
      if (name) report(problem(model, name, loud));
    }
  },
});

/** One problem for all downloads of a stage. */
function problem(model: Model, name: ShellWord, loud: readonly CommandAt[]): Problem {
  const option = hasBusyboxWget(model, loud[0]) ? '-q' : '-nv';
  const edits = loud.flatMap(({ command, via }) =>
    command.name && via !== 'nested' ? [insert(command.name.span.end, ` ${option}`)] : [],
  );
  return {
    at: name,
    message: messageFor(loud.length - 1),
    ...(edits.length > 0 && { fix: { title: t('Add `{0}`', option), edits, safe: false } }),
  };
}

/** Whether `wget` is BusyBox's: on Alpine, where no step of the file installs the package. */
function hasBusyboxWget(model: Model, at: CommandAt | undefined): boolean {
  if (at?.stage === undefined || systemShellOf(at.stage) !== 'busybox') return false;
  return !model
    .commands(...apkLike)
    .some(
      ({ command }) => installOf(command)?.packages.some((one) => one.name === 'wget') === true,
    );
}

function messageFor(more: number): string {
  if (more === 0) return t('`wget` writes its progress to the build log');
  return more === 1
    ? t('`wget` writes its progress to the build log, here and in 1 more place')
    : t('`wget` writes its progress to the build log, here and in {0} more places', more);
}

function printsProgress({ command }: CommandAt): boolean {
  const called = invoke(command, wget);
  if (called === undefined || command.name === undefined || command.args.length === 0) return false;
  if (called.has('--progress', '-q', '--quiet', '-nv', '--no-verbose', '--help', '--version'))
    return false;
  if (called.has('-o', '--output-file', '-a', '--append-output')) return false;
  // `-nv` is one option, although it is parsed as two.
  return !command.args.some(({ text }) => /^-nv/.test(text));
}
