/** Our own: without it a page that says "not found" is a download like any other. */
import { t } from '@vscode/l10n';
import { rule } from '../../lint/rule.ts';
import { dockerfile } from '../../text/dedent.ts';
import { downloadsOf, withOption } from '../downloads.ts';

export default rule({
  summary: 'Let curl fail where the server answers with an error',
  why: 'Without `--fail`, curl takes the page that says “404 Not Found” for the file, and succeeds. The step goes on with HTML in place of an archive, a key or a script, and fails somewhere else or not at all.',
  severity: 'info',
  fix: 'unsafe',
  since: '0.1.0',
  links: ['https://curl.se/docs/manpage.html#-f'],
  on: { commands: ['curl'] },
  examples: [
    {
      bad: dockerfile`
        FROM buildpack-deps:trixie
        RUN «curl» -sSL -o /usr/local/bin/tool https://example.org/tool
      `,
      good: dockerfile`
        FROM buildpack-deps:trixie
        RUN curl -fsSL -o /usr/local/bin/tool https://example.org/tool
      `,
    },
  ],
  check({ model, report }) {
    for (const { at, invocation } of downloadsOf(model)) {
      if (invocation.has('-f', '--fail', '--fail-with-body', '--fail-early')) continue;
      const edit = withOption(at, 'f');
      report({
        at: at.command.name ?? at.command,
        message: t('An error page of the server would be kept as if it were the file'),
        ...(edit && { fix: { title: t('Add {0}', '-f'), edits: [edit], safe: false } }),
      });
    }
  },
});
