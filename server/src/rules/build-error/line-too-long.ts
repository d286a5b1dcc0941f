/** BuildKit reads lines with a bufio.Scanner, whose buffer is limited to 64 KiB. */
import { rule } from '../../lint/rule.ts';
import { dockerfile } from '../../text/dedent.ts';
import { t } from '../../text/translation.ts';
import { troubles } from '../../lint/checks/syntax-troubles.ts';

export default rule({
  summary: 'Keep lines shorter than 64 KiB',
  why: 'A longer line fails the build with `dockerfile line greater than max allowed size of 65535`. Split the line, or put the data in a file and use `COPY`.',
  severity: 'error',
  since: '0.1.0',
  on: { errors: true },
  examples: [
    {
      bad: dockerfile`
        FROM alpine:3.22
        «ENV DATA=${'x'.repeat(65536)}»
      `,
      good: dockerfile`
        FROM alpine:3.22
        COPY data /data
      `,
    },
  ],
  check({ model, report }) {
    for (const trouble of troubles(model, 'line-too-long')) {
      report({
        at: trouble,
        message: t('This line is too long; the maximum is 64 KiB'),
      });
    }
  },
});
