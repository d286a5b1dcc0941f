/** BuildKit parser/directives.go, parser.go setEscapeToken. */
import { rule } from '../../lint/rule.ts';
import { dockerfile } from '../../text/dedent.ts';
import { t } from '../../text/translated.ts';
import { troubles } from '../../lint/checks/syntax-troubles.ts';

export default rule({
  summary: 'Write each parser directive once, with a value that it takes',
  why: 'Directives are read before anything else. `escape` is a backslash or a back-tick, and no directive may stand twice.',
  severity: 'error',
  since: '0.1.0',
  links: ['https://docs.docker.com/reference/dockerfile/#parser-directives'],
  on: { errors: true },
  examples: [
    {
      bad: dockerfile`
        # escape=«/»
        FROM alpine:3.22
      `,
      good: dockerfile`
        # escape=\`
        FROM alpine:3.22
      `,
    },
  ],
  check({ model, report }) {
    for (const trouble of troubles(model, 'directive')) {
      const [value = ''] = trouble.values;
      report({
        at: trouble,
        message:
          trouble.code === 'duplicate-directive'
            ? t('The directive `{0}` stands twice', value)
            : t('`{0}` can not be the escape character: a backslash or a back-tick can', value),
      });
    }
  },
});
