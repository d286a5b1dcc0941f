/** BuildKit line_parsers.go, parseNameVal: "can't find = in". */
import { rule } from '../../lint/rule.ts';
import { dockerfile } from '../../text/dedent.ts';
import { t } from '../../text/translated.ts';
import { troubles } from '../../lint/checks/syntax-troubles.ts';

export default rule({
  summary: 'Write each variable or label as `name=value`, with quotes around blanks',
  why: 'When the first word has an `=`, Docker wants one in each. A value with blanks needs quotes, or a backslash before each blank.',
  severity: 'error',
  since: '0.1.0',
  links: ['https://docs.docker.com/reference/dockerfile/#env'],
  on: { errors: true },
  examples: [
    {
      bad: dockerfile`
        FROM alpine:3.22
        ENV GREETING=hello «world»
      `,
      good: dockerfile`
        FROM alpine:3.22
        ENV GREETING="hello world"
      `,
    },
  ],
  check({ model, report }) {
    for (const trouble of troubles(model, 'equals-missing')) {
      const [kind = '', word = ''] = trouble.values;
      report({
        at: trouble,
        message: t(
          '`{0}` has no `=`: `{1}` takes `name=value`, quoted where it has blanks',
          word,
          kind,
        ),
      });
    }
  },
});
