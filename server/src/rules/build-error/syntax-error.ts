/** The fallback for errors of the parser that no other rule reports. */
import { rule } from '../../lint/rule.ts';
import { dockerfile } from '../../text/dedent.ts';
import { t } from '../../text/translation.ts';
import { troublesWithoutRule } from '../../lint/checks/syntax-troubles.ts';

export default rule({
  summary: 'Fix the syntax error',
  why: 'Docker rejects this file, and no other rule explains the error yet. Please report it with the Dockerfile.',
  severity: 'error',
  since: '0.1.0',
  on: { errors: true },
  examples: [
    {
      bad: dockerfile`
        FROM alpine:3.22
      `,
      good: dockerfile`
        FROM alpine:3.22
      `,
    },
  ],
  check({ model, report }) {
    for (const trouble of troublesWithoutRule(model)) {
      report({
        at: trouble,
        message: t('Syntax error: {0}', [trouble.code, ...trouble.values].join(' ')),
      });
    }
  },
});
