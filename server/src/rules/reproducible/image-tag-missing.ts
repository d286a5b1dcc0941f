/** hadolint DL3006; its users ask that defaults of ARG are resolved (#1078, #979). */
import { rule } from '../../lint/rule.ts';
import { dockerfile } from '../../text/dedent.ts';
import { t } from '../../text/translated.ts';
import { recommendedTag } from '../../images/recommended-tags.ts';
import { withTag } from '../../lint/edits/image-tag.ts';

export default rule({
  summary: 'Name the version of base images',
  why: 'Without a tag Docker takes `latest`, which is another image tomorrow: the same file builds something else, or nothing. Name the release that you mean.',
  severity: 'warning',
  fix: 'unsafe',
  since: '0.1.0',
  also: { hadolint: ['DL3006'] },
  links: ['https://github.com/hadolint/hadolint/wiki/DL3006'],
  examples: [
    {
      bad: dockerfile`
        FROM «debian»
      `,
      good: dockerfile`
        FROM debian:trixie
      `,
    },
  ],
  check({ model, report }) {
    for (const { from, base } of model.stages) {
      const word = from.image;
      if (word === undefined || base?.kind !== 'image') continue;
      if (base.tag !== undefined || base.digest !== undefined) continue;
      const wanted = recommendedTag(base);
      const fix = wanted === undefined ? undefined : withTag(word, wanted);
      report({
        at: word,
        message: t('`{0}` has no tag, so `latest` is taken', word.text),
        ...(fix && { fix }),
        also: word.text.startsWith('$') ? [] : ['DL3006'],
      });
    }
  },
});
