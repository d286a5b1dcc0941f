/** hadolint DL3047. The fix is unsafe, since the wget of busybox does not know the option. */
import { t } from '@vscode/l10n';
import { rule } from '../../lint/rule.ts';
import { invoke } from '../../programs/program.ts';
import { wget } from '../../programs/wget.ts';
import { dockerfile } from '../../text/dedent.ts';
import { insert } from '../../text/edit.ts';

export default rule({
  summary: 'Keep the progress of wget out of the log',
  why: 'Where it writes into no terminal, wget prints a line for each 50 kB: a download of 100 MB is two thousand lines that hide what matters. `-nv` says only what was fetched, and what failed.',
  severity: 'hint',
  fix: 'unsafe',
  since: '0.1.0',
  also: { hadolint: ['DL3047'] },
  links: ['https://github.com/hadolint/hadolint/wiki/DL3047'],
  on: { commands: ['wget'] },
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
  *check({ model }) {
    for (const { command, via } of model.commands('wget')) {
      const called = invoke(command, wget);
      const { name, args } = command;
      if (called === undefined || name === undefined || args.length === 0) continue;
      if (called.has('--progress', '-q', '--quiet', '-nv', '--no-verbose', '--help', '--version'))
        continue;
      if (called.has('-o', '--output-file', '-a', '--append-output')) continue;
      // `-nv` is one option, though it reads as two.
      if (args.some(({ text }) => /^-nv/.test(text))) continue;
      yield {
        at: name,
        message: t('`wget` writes its progress into the log'),
        ...(via !== 'nested' && {
          fix: { title: t('Add {0}', '-nv'), edits: [insert(name.span.end, ' -nv')], safe: false },
        }),
      };
    }
  },
});
