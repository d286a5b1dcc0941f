/** hadolint DL3019; silent where a cache mount keeps the index out of the layer. */
import { t } from '@vscode/l10n';
import { rule } from '../../lint/rule.ts';
import { apk } from '../../programs/apk.ts';
import { invoke } from '../../programs/program.ts';
import { dockerfile } from '../../text/dedent.ts';
import { insert } from '../../text/edit.ts';
import { isMounted } from '../mounts.ts';

export default rule({
  summary: 'Install with `apk add --no-cache`',
  why: 'Without `--no-cache` the package index stays in the layer and grows the image. With it, the index is fetched, used and gone, and no `apk update` is needed before.',
  severity: 'warning',
  fix: 'safe',
  since: '0.1.0',
  also: { hadolint: ['DL3019'] },
  links: ['https://github.com/hadolint/hadolint/wiki/DL3019'],
  on: { commands: ['apk'] },
  examples: [
    {
      bad: dockerfile`
        FROM alpine:3.22
        RUN «apk add» curl
      `,
      good: dockerfile`
        FROM alpine:3.22
        RUN apk add --no-cache curl
      `,
    },
  ],
  check({ model, report }) {
    for (const { command, via, run } of model.commands('apk')) {
      const add = invoke(command, apk);
      const { subcommand } = add ?? {};
      if (add === undefined || subcommand?.text !== 'add') continue;
      if (add.has('--no-cache', '--no-network', '--root', '-p') || isMounted(run, '/var/cache/apk'))
        continue;
      if (isMounted(run, '/etc/apk/cache') || add.has('--cache-dir')) continue;
      report({
        at: { span: { start: command.span.start, end: subcommand.span.end } },
        message: t('`apk add` leaves the package index in the layer'),
        ...(via !== 'nested' && {
          fix: {
            title: t('Add {0}', '--no-cache'),
            edits: [insert(subcommand.span.end, ' --no-cache')],
          },
        }),
      });
    }
  },
});
