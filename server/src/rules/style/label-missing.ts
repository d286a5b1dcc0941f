/** hadolint DL3049, asked of stages that nothing else is built from: the others are not what is shipped. */
import { object } from '../../../../contract/schema.ts';
import { rule } from '../../lint/rule.ts';
import { dockerfile } from '../../text/dedent.ts';
import { t } from '../../text/translated.ts';
import { labelSchema } from '../../lint/checks/label-kinds.ts';
import { inheritedInstructions, leafStages } from '../../model/lineage.ts';

export default rule({
  summary: 'Give images the labels that the project asks for',
  why: 'Labels say where an image comes from and whom to ask. A project that lists its labels is told where one is missing; without a list this rule is silent.',
  severity: 'info',
  since: '0.1.0',
  also: { hadolint: ['DL3049'] },
  links: ['https://specs.opencontainers.org/image-spec/annotations/'],
  options: object({ labels: labelSchema }),
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
    const wanted = Object.keys(options.labels);
    if (wanted.length === 0) return;
    for (const stage of leafStages(model)) {
      const has = new Set<string>();
      for (const instruction of inheritedInstructions(stage)) {
        if (instruction.kind !== 'LABEL') continue;
        for (const { key } of instruction.pairs) has.add(key.text);
      }
      const missing = wanted.filter((name) => !has.has(name));
      if (missing.length === 0) continue;
      report({
        at: stage.from.image ?? stage.from,
        message: t('Labels are missing: {0}', missing.map((name) => `\`${name}\``).join(', ')),
      });
    }
  },
});
