/** BuildKit line_parsers.go, parseNameVal: "can't find = in". */
import { rule } from '../../lint/rule.ts';
import { dockerfile } from '../../text/dedent.ts';
import { t } from '../../text/translation.ts';
import { troubles } from '../../lint/checks/syntax-troubles.ts';

export default rule({
  summary: 'Write `ENV` and `LABEL` as `name=value`; quote values with spaces',
  why: 'If the first word of `ENV` or `LABEL` has an `=`, every other word must have one too. Otherwise the build fails with `Syntax error - can\'t find = in "world". Must be of the form: name=value`. Often the value contains a space: quote the value, or escape each space with a backslash.',
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
      const [keyword, word] = trouble.values;
      report({
        at: trouble,
        message: t(
          '`{0}` has no `=`; write `{1} name="value"` if the value contains spaces',
          word,
          keyword,
        ),
      });
    }
  },
});
