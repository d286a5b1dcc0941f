/** hadolint DL3051 to DL3056 and DL3058. */
import { object } from '../../../../contract/schema.ts';
import { rule } from '../../lint/rule.ts';
import { dockerfile } from '../../text/dedent.ts';
import { t } from '../../text/translation.ts';
import { labelChecks } from '../../lint/checks/label-values.ts';
import { labelSchema } from '../../lint/checks/label-kinds.ts';

export default rule({
  summary: 'Use valid values for labels',
  why: 'Tools that read labels expect a URL to be a URL and a version to be a version. The rule checks the values of the labels that are listed with a type in its `labels` option. Without the option, it reports nothing.',
  severity: 'warning',
  since: '0.1.0',
  also: { hadolint: ['DL3051', 'DL3052', 'DL3053', 'DL3054', 'DL3055', 'DL3056', 'DL3058'] },
  links: ['https://specs.opencontainers.org/image-spec/annotations/'],
  options: object({ labels: labelSchema }),
  onWith: ({ labels }) => ({ instructions: Object.keys(labels).length > 0 ? ['LABEL'] : [] }),
  examples: [
    {
      options: { labels: { 'org.opencontainers.image.version': 'semver' } },
      bad: dockerfile`
        FROM alpine:3.22
        LABEL org.opencontainers.image.version=«"2 beta"»
      `,
      good: dockerfile`
        FROM alpine:3.22
        LABEL org.opencontainers.image.version="2.0.0-beta"
      `,
    },
  ],
  check({ model, options, report }) {
    for (const { pairs } of model.each('LABEL')) {
      for (const { key, value } of pairs) {
        const kind = Object.hasOwn(options.labels, key.text) ? options.labels[key.text] : undefined;
        if (kind === undefined || value === undefined || value.variables.length > 0) continue;
        if (value.text === '') {
          report({ at: value, message: t('The label `{0}` is empty', key.text), also: ['DL3051'] });
          continue;
        }
        const { fits, also } = labelChecks[kind];
        if (fits(value.text)) continue;
        report({
          at: value,
          message: t('The value of `{0}` is not valid for the type `{1}`', key.text, kind),
          also: [also],
        });
      }
    }
  },
});
