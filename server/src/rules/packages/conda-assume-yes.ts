/** Not in other linters. */
import { rule } from '../../lint/rule.ts';
import type { CommandAt, Model } from '../../model/model.ts';
import { conda, condaLike } from '../../programs/conda.ts';
import { invoke, isVerb } from '../../programs/program.ts';
import { dockerfile } from '../../text/dedent.ts';
import { insert } from '../../text/edit.ts';
import { t } from '../../text/translation.ts';

const { install, remove, upgrade, clean } = conda.verbs;

export default rule({
  summary: 'Use `-y` with `conda` and `mamba`',
  why: 'conda and mamba wait for confirmation before they install, update, remove or clean. Input is not available in a build, so the step fails.\n\nNot reported where `CONDA_ALWAYS_YES` or `always_yes` is set.',
  severity: 'warning',
  fix: 'safe',
  since: '0.1.0',
  links: ['https://docs.conda.io/projects/conda/en/stable/commands/install.html'],
  on: { commands: condaLike },
  examples: [
    {
      bad: dockerfile`
        FROM condaforge/miniforge3:25.3.1-0
        RUN «conda install» numpy=2.3 && conda clean --all --yes
      `,
      good: dockerfile`
        FROM condaforge/miniforge3:25.3.1-0
        RUN conda install -y numpy=2.3 && conda clean --all --yes
      `,
    },
  ],
  check({ model, report }) {
    /** Whether the file has the option in a configuration. */
    let mention: boolean | undefined;
    for (const at of model.commands(...condaLike)) {
      const { command, via, ancestors } = at;
      const call = invoke(command, conda);
      if (!call?.subcommand || !isVerb(call, install, remove, upgrade, clean)) continue;
      if (call.has('-y', '--yes', '-d', '--dry-run', '-h', '--help', '--json')) continue;
      // `-f` takes a value in some commands, and in `-afy` it does not.
      if (command.args.some(({ text }) => /^-[a-z]*y[a-z]*$/.test(text))) continue;
      // `yes | conda install` confirms as well.
      if (ancestors.some(({ kind }) => kind === 'pipeline') || isAlwaysYes(model, at)) continue;
      if ((mention ??= /always_yes|ALWAYS_YES/.test(model.tree.text))) continue;
      report({
        at: { span: { start: command.span.start, end: call.subcommand.span.end } },
        message: t('`{0} {1}` without `-y` waits for confirmation and fails', call.name, call.subcommand.text), // prettier-ignore
        ...(via !== 'nested' && {
          fix: { title: t('Add `{0}`', '-y'), edits: [insert(call.subcommand.span.end, ' -y')] },
        }),
      });
    }
  },
});

const variables = ['CONDA_ALWAYS_YES', 'MAMBA_ALWAYS_YES'];

function isAlwaysYes(model: Model, { run, command }: CommandAt): boolean {
  const state = model.stateAt(run);
  if (variables.some((name) => state.variables.has(name))) return true;
  return command.redirects.length > 0 && !command.redirects.every(({ operator }) => operator.includes('>')); // prettier-ignore
}
