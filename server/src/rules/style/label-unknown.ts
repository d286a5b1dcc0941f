/** hadolint DL3050. */
import { boolean, object } from '../../../../contract/schema.ts';
import { nearest } from '../../text/nearest.ts';
import { rule } from '../../lint/rule.ts';
import { dockerfile } from '../../text/dedent.ts';
import { replace } from '../../text/edit.ts';
import { t } from '../../text/translated.ts';
import { labelSchema } from '../../lint/checks/label-kinds.ts';

export default rule({
  summary: 'Use only the labels that the project knows',
  why: 'Where the set of labels is fixed, another one is mostly a misspelt one, and nobody reads it. Without `strict` this rule is silent.',
  severity: 'info',
  fix: 'unsafe',
  since: '0.1.0',
  also: { hadolint: ['DL3050'] },
  options: object({
    labels: labelSchema,
    strict: boolean(false, 'Whether labels that are not in `labels` are reported.'),
  }),
  on: { instructions: ['LABEL'] },
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
        const meant = nearest(key.text, known);
        report({
          at: key,
          message: t('The project knows no label `{0}`', key.text),
          ...(meant !== undefined && {
            fix: { title: t('Write {0}', meant), edits: [replace(key.span, meant)], safe: false },
          }),
        });
      }
    }
  },
});
