/** BuildKit parser.go "file with no instructions"; dockerfile2llb "dockerfile contains no stages to build". */
import { rule } from '../../lint/rule.ts';
import { dockerfile } from '../../text/dedent.ts';
import { t } from '../../text/translation.ts';
import { troubles } from '../../lint/checks/syntax-troubles.ts';

export default rule({
  summary: 'Add at least one `FROM`',
  why: 'A Dockerfile without `FROM` has no build stage. The build fails with `dockerfile contains no stages to build`, or with `file with no instructions` if the file has none at all.',
  severity: 'error',
  since: '0.1.0',
  also: { tally: ['tally/require-stages'] },
  links: ['https://docs.docker.com/reference/dockerfile/#from'],
  on: { errors: true },
  examples: [
    {
      bad: dockerfile`
        «ARG» VERSION=3.22
      `,
      good: dockerfile`
        ARG VERSION=3.22
        FROM example.org/tool:\${VERSION}
      `,
    },
  ],
  check({ model, report }) {
    for (const trouble of troubles(model, 'no-stage')) {
      report({
        at: trouble,
        message:
          trouble.code === 'no-instructions'
            ? t('This file has no instructions')
            : t('This file has no `FROM`'),
      });
    }
  },
});
