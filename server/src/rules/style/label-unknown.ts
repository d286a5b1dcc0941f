/** hadolint DL3050. */
import { boolean, object } from '../../../../contract/schema.ts';
import { closestMatch } from '../../text/closest-match.ts';
import { rule } from '../../lint/rule.ts';
import { dockerfile } from '../../text/dedent.ts';
import { replace } from '../../text/edit.ts';
import { t } from '../../text/translation.ts';
import { labelSchema } from '../../lint/checks/label-kinds.ts';

export default rule({
  summary: 'Use only labels that the project defines',
  why: 'In a project with a fixed set of labels, any other label is usually misspelled, and no tool reads it. The rule reports nothing unless its `strict` option is set.',
  severity: 'info',
  fix: 'unsafe',
  since: '0.1.0',
  also: { hadolint: ['DL3050'] },
  options: object({
    labels: labelSchema,
    strict: boolean(false, 'Whether to report labels that are not in `labels`.'),
  }),
  onWith: ({ strict }) => ({ instructions: strict ? ['LABEL'] : [] }),
  examples: [
    {
      options: { labels: { maintainer: 'email' }, strict: true },
      bad: dockerfile`
        FROM alpine:3.22
        LABEL «maintaner»="images@example.org"
      `,
      good: dockerfile`
        FROM alpine:3.22
        LABEL maintainer="images@example.org"
      `,
    },
  ],
  check({ model, options, report }) {
    if (!options.strict) return;
    const known = Object.keys(options.labels);
    for (const { pairs } of model.each('LABEL')) {
      for (const { key } of pairs) {
        if (known.includes(key.text)) continue;
        const suggestion = closestMatch(key.text, known);
        report({
          at: key,
          message: t('The label `{0}` is not in the configured list', key.text),
          ...(suggestion !== undefined && {
            fix: {
              title: t('Rename to `{0}`', suggestion),
              edits: [replace(key.span, suggestion)],
              safe: false,
            },
          }),
        });
      }
    }
  },
});
