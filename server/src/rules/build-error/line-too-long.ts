/** BuildKit reads lines through a bufio.Scanner, which holds no more than 64 KiB. */
import { rule } from '../../lint/rule.ts';
import { dockerfile } from '../../text/dedent.ts';
import { t } from '../../text/translated.ts';
import { troubles } from '../../lint/checks/syntax-troubles.ts';

export default rule({
  summary: 'Keep lines under 64 KiB',
  why: 'Docker can not read longer ones. Break the line, or copy the data from a file.',
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
        message: t(
          'This line is longer than the {0} bytes that Docker reads',
          trouble.values[0] ?? '',
        ),
      });
    }
  },
});
