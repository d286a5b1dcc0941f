/** BuildKit instructions/parse.go, parseBuildStageName. */
import { t } from '@vscode/l10n';
import { rule } from '../../lint/rule.ts';
import { dockerfile } from '../../text/dedent.ts';
import { replace } from '../../text/edit.ts';
import { troubles } from '../troubles.ts';

export default rule({
  summary: 'Begin stage names with a letter; letters, digits, `-`, `_` and `.` follow',
  why: 'Docker refuses other names. A number would be taken for the index of a stage.',
  severity: 'error',
  fix: 'unsafe',
  since: '0.1.0',
  links: ['https://docs.docker.com/reference/dockerfile/#from'],
  on: { errors: true },
  examples: [
    {
      bad: dockerfile`
        FROM golang:1.26 AS «1st/build»
      `,
      good: dockerfile`
        FROM golang:1.26 AS st-build
      `,
    },
  ],
  check({ model, report }) {
    for (const trouble of troubles(model, 'stage-name-invalid')) {
      const [written = ''] = trouble.values;
      const name = written
        .toLowerCase()
        .replace(/[^a-z0-9\-_.]+/g, '-')
        .replace(/^[^a-z]+/, '');
      report({
        at: trouble,
        message: t('`{0}` can not be the name of a stage', written),
        fix: {
          title: t('Rename to {0}', name === '' ? 'build' : name),
          edits: [replace(trouble.span, name === '' ? 'build' : name)],
          safe: false,
        },
      });
    }
  },
});
