/** hadolint DL1001, off as there: for those who want no exceptions, or want to see them all. */
import { rule } from '../../lint/rule.ts';
import { dockerfile } from '../../text/dedent.ts';
import { t } from '../../text/translated.ts';

export default rule({
  summary: 'Do without comments that ignore rules',
  why: 'A comment takes a rule away where nobody looks for it. Some teams want each exception in the configuration of the project, where it is seen and reviewed.',
  severity: 'off',
  since: '0.1.0',
  also: { hadolint: ['DL1001'] },
  links: ['https://github.com/hadolint/hadolint/wiki/DL1001'],
  on: { words: ['ignore'] },
  examples: [
    {
      bad: dockerfile`
        «# hadolint ignore=DL3006»
        FROM alpine
      `,
      good: dockerfile`
        FROM alpine:3.22
      `,
    },
  ],
  check({ model, report }) {
    for (const comment of model.tree.comments) {
      const own = /^\s*(hadolint|drydock)\s+ignore\s*=/i.exec(comment.text);
      if (own === null) continue;
      report({
        at: comment,
        message: t('This comment takes a rule away'),
        also: own[1]?.toLowerCase() === 'hadolint' ? ['DL1001'] : [],
      });
    }
  },
});
