/** hadolint DL3047. The fix is unsafe, since the wget of busybox does not know the option. */
import { rule, type Problem } from '../../lint/rule.ts';
import type { CommandAt, Stage } from '../../model/model.ts';
import { invoke } from '../../programs/program.ts';
import { wget, wgetLike } from '../../programs/wget.ts';
import type { ShellWord } from '../../shell/script.ts';
import { dockerfile } from '../../text/dedent.ts';
import { insert } from '../../text/edit.ts';
import { t } from '../../text/translated.ts';

export default rule({
  summary: 'Keep the progress of wget out of the log',
  why: 'Where it writes into no terminal, wget prints a line for each 50 kB: a download of 100 MB is two thousand lines that hide what matters. `-nv` says only what was fetched, and what failed.',
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
  ],
  check({ model, report }) {
    const found = new Map<Stage | undefined, CommandAt[]>();
    for (const at of model.commands(...wgetLike)) {
      if (!isLoud(at)) continue;
      const group = found.get(at.stage);
      if (group) group.push(at);
      else found.set(at.stage, [at]);
    }
    for (const loud of found.values()) {
      const name = loud[0]?.command.name;
      if (name) report(problem(name, loud));
    }
  },
});

/** One for a stage: whoever minds it at all minds it everywhere. */
function problem(name: ShellWord, loud: readonly CommandAt[]): Problem {
  const edits = loud.flatMap(({ command, via }) =>
    command.name && via !== 'nested' ? [insert(command.name.span.end, ' -nv')] : [],
  );
  return {
    at: name,
    message:
      loud.length === 1
        ? t('`wget` writes its progress into the log')
        : t('`wget` writes its progress into the log, here and {0} times more', loud.length - 1),
    ...(edits.length > 0 && { fix: { title: t('Add {0}', '-nv'), edits, safe: false } }),
  };
}

function isLoud({ command }: CommandAt): boolean {
  const called = invoke(command, wget);
  if (called === undefined || command.name === undefined || command.args.length === 0) return false;
  if (called.has('--progress', '-q', '--quiet', '-nv', '--no-verbose', '--help', '--version'))
    return false;
  if (called.has('-o', '--output-file', '-a', '--append-output')) return false;
  // `-nv` is one option, though it reads as two.
  return !command.args.some(({ text }) => /^-nv/.test(text));
}
