/** The last resort: what the parser refuses and no other rule puts into words. */
import { rule } from '../../lint/rule.ts';
import { dockerfile } from '../../text/dedent.ts';
import { t } from '../../text/translated.ts';
import { unclaimed } from '../../lint/checks/syntax-troubles.ts';

export default rule({
  summary: 'Write what Docker can read',
  why: 'Docker refuses this file. No rule of ours has a better word for the reason yet; please tell us.',
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
    for (const trouble of unclaimed(model)) {
      report({
        at: trouble,
        message: t('Docker refuses this: {0}', [trouble.code, ...trouble.values].join(' ')),
      });
    }
  },
});
