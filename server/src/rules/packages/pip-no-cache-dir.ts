/** hadolint DL3042; cache mounts and PIP_NO_CACHE_DIR are understood. */
import { rule } from '../../lint/rule.ts';
import type { CommandAt, Model } from '../../model/model.ts';
import { pip, pipLike } from '../../programs/pip.ts';
import { invoke, isVerb } from '../../programs/program.ts';
import { dockerfile } from '../../text/dedent.ts';
import { insert } from '../../text/edit.ts';
import { t } from '../../text/translated.ts';
import { isMounted } from '../../model/mounts.ts';

export default rule({
  summary: 'Install with `pip install --no-cache-dir`, or mount a cache',
  why: 'pip keeps what it downloads and builds under `~/.cache/pip`. In a layer nobody reads it again. `--no-cache-dir` keeps it out; a cache mount keeps it for the next build.',
  severity: 'warning',
  fix: 'safe',
  since: '0.1.0',
  also: { hadolint: ['DL3042'] },
  links: ['https://github.com/hadolint/hadolint/wiki/DL3042'],
  on: { commands: pipLike },
  examples: [
    {
      bad: dockerfile`
        FROM python:3.13-slim
        RUN «pip install» flask==3.1.2
      `,
      good: dockerfile`
        FROM python:3.13-slim
        RUN pip install --no-cache-dir flask==3.1.2
      `,
    },
    {
      note: 'With a cache mount:',
      bad: dockerfile`
        FROM python:3.13-slim
        COPY requirements.txt .
        RUN «pip install» -r requirements.txt
        RUN --mount=type=cache,target=/root/.cache/pip pip install flask==3.1.2
      `,
      good: dockerfile`
        FROM python:3.13-slim
        COPY requirements.txt .
        RUN pip install --no-cache-dir -r requirements.txt
        RUN --mount=type=cache,target=/root/.cache/pip pip install flask==3.1.2
      `,
    },
  ],
  check({ model, report }) {
    for (const met of model.commands(...pipLike)) {
      const install = invoke(met.command, pip);
      const { subcommand } = install ?? {};
      if (!install || !subcommand || install.name === 'pipx') continue;
      if (!isVerb(install, pip.verbs.install)) continue;
      if (install.has('--no-cache-dir', '--no-cache', '--cache-dir') || isCached(model, met))
        continue;
      report({
        at: { span: { start: met.command.span.start, end: subcommand.span.end } },
        message: t('`{0} install` leaves its cache in the layer', install.name),
        ...(met.via !== 'nested' && {
          fix: {
            title: t('Add {0}', '--no-cache-dir'),
            edits: [insert(subcommand.span.end, ' --no-cache-dir')],
          },
        }),
      });
    }
  },
});

/** Nothing is kept, or it is kept outside the layer, or taken away in the same step. */
function isCached(model: Model, { run, command }: CommandAt): boolean {
  if (isMounted(run, '.cache/pip') || isMounted(run, '/root/.cache/pip')) return true;
  const { variables } = model.stateAt(run);
  const value = variables.get('PIP_NO_CACHE_DIR')?.value;
  if (value !== undefined && isTrue(value)) return true;
  const here = command.assignments.find(({ text }) => text.startsWith('PIP_NO_CACHE_DIR='));
  if (here && isTrue(here.text.slice(here.text.indexOf('=') + 1))) return true;
  const text = model.tree.text.slice(command.span.end, run.span.end);
  return (
    /\bpip3?\s+cache\s+purge\b|\brm\s+-\w*r\w*\s[^&;|]*\.cache\b/.test(text) ||
    /\bPIP_NO_CACHE_DIR=(?:1|true|on|yes)\b/i.test(
      model.tree.text.slice(run.span.start, command.span.start),
    )
  );
}

function isTrue(value: string): boolean {
  return /^["']?(?:1|true|on|yes)["']?$/i.test(value);
}
