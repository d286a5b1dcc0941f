/** hadolint DL3049, for stages that no other stage is built from or copies from, since only those are shipped. */
import { object } from '../../../../contract/schema.ts';
import { rule } from '../../lint/rule.ts';
import type { Stage } from '../../model/model.ts';
import { onceFor } from '../../text/memoize.ts';
import { dockerfile } from '../../text/dedent.ts';
import { t } from '../../text/translation.ts';
import { labelSchema } from '../../lint/checks/label-kinds.ts';
import { leafStages, lineage } from '../../model/lineage.ts';

export default rule({
  summary: 'Add the labels that the project requires',
  why: 'Labels record where an image comes from and whom to contact. The rule reports the labels in its `labels` option that an image does not have. Without the option, it reports nothing.',
  severity: 'info',
  since: '0.1.0',
  also: { hadolint: ['DL3049'] },
  links: ['https://specs.opencontainers.org/image-spec/annotations/'],
  options: object({ labels: labelSchema }),
  onWith: ({ labels }) => ({ instructions: Object.keys(labels).length > 0 ? ['FROM'] : [] }),
  examples: [
    {
      options: { labels: { 'org.opencontainers.image.source': 'url' } },
      bad: dockerfile`
        FROM «alpine:3.22»
      `,
      good: dockerfile`
        FROM alpine:3.22
        LABEL org.opencontainers.image.source="https://example.org/image"
      `,
    },
  ],
  check({ model, options, report }) {
    const required = Object.keys(options.labels);
    if (required.length === 0) return;
    // Many stages can be built from one.
    const labels = onceFor(labelsOf);
    for (const stage of leafStages(model)) {
      const stages = lineage(stage);
      const missing = required.filter((name) => !stages.some((one) => labels(one).has(name)));
      if (missing.length === 0) continue;
      report({
        at: stage.from.image ?? stage.from,
        message:
          missing.length === 1
            ? t('Missing label: {0}', formatNames(missing))
            : t('Missing labels: {0}', formatNames(missing)),
      });
    }
  },
});

function labelsOf({ instructions }: Stage): ReadonlySet<string> {
  const found = new Set<string>();
  for (const one of instructions)
    if (one.kind === 'LABEL') for (const { key } of one.pairs) found.add(key.text);
  return found;
}

function formatNames(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(', ');
}
