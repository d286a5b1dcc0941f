/** hadolint DL3046, also for the long option `--uid`. */
import { rule } from '../../lint/rule.ts';
import { invoke } from '../../programs/program.ts';
import { useradd } from '../../programs/useradd.ts';
import { dockerfile } from '../../text/dedent.ts';
import { insert } from '../../text/edit.ts';
import { t } from '../../text/translation.ts';

export default rule({
  summary: 'Use `useradd --no-log-init` for high user IDs',
  why: '`useradd` writes an entry to `/var/log/lastlog` at a position that depends on the user ID. With a high ID, this sparse file becomes huge and can add gigabytes to the layer. `--no-log-init` (`-l`) skips the entry.',
  severity: 'warning',
  fix: 'safe',
  since: '0.1.0',
  also: { hadolint: ['DL3046'] },
  links: ['https://docs.docker.com/build/building/best-practices/#user'],
  on: { commands: ['useradd'] },
  examples: [
    {
      bad: dockerfile`
        FROM debian:trixie-slim
        RUN useradd -u «1000190000» app
        USER app
      `,
      good: dockerfile`
        FROM debian:trixie-slim
        RUN useradd -l -u 1000190000 app
        USER app
      `,
    },
  ],
  check({ model, report }) {
    for (const { command, via, run } of model.commands('useradd')) {
      // Windows has no such file, and a `useradd` there is another program.
      if (run.command?.form === 'shell' && model.shellAt(run)?.dialect === 'powershell') continue;
      const called = invoke(command, useradd);
      const id = called?.value('-u', '--uid');
      if (!called || !id || !/^\d{6,}$/.test(id.text) || !command.name) continue;
      if (called.has('-l', '--no-log-init')) continue;
      report({
        at: id,
        message: t('The user ID {0} makes `/var/log/lastlog` huge', id.text),
        also: called.value('-u') ? ['DL3046'] : [],
        ...(via !== 'nested' && {
          fix: { title: t('Add `{0}`', '-l'), edits: [insert(command.name.span.end, ' -l')] },
        }),
      });
    }
  },
});
