/** hadolint DL1001, which is off there too: for projects that allow no exceptions or list them all. */
import { rule } from '../../lint/rule.ts';
import { dockerfile } from '../../text/dedent.ts';
import { t } from '../../text/translation.ts';

export default rule({
  summary: 'Do not ignore rules with comments',
  why: 'An ignore comment disables a rule inside the Dockerfile, where a reviewer may overlook it. Some teams require every exception to be in the project configuration.\n\nThis rule is off by default.',
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
      const match = /^\s*(hadolint|drydock)\s+ignore\s*=/i.exec(comment.text);
      if (match === null) continue;
      report({
        at: comment,
        message: t('This comment ignores a rule'),
        also: match[1]?.toLowerCase() === 'hadolint' ? ['DL1001'] : [],
      });
    }
  },
});
