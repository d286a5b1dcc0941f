/** hadolint DL3007; defaults of ARG are resolved too. */
import { rule } from '../../lint/rule.ts';
import { dockerfile } from '../../text/dedent.ts';
import { t } from '../../text/translated.ts';
import { recommendedTag } from '../../images/recommended-tags.ts';
import { withTag } from '../../lint/edits/image-tag.ts';

export default rule({
  summary: 'Name a version instead of `latest`',
  why: '`latest` is whatever was pushed last. The same file builds another image tomorrow, and nobody can tell which one is running.',
  severity: 'warning',
  fix: 'unsafe',
  since: '0.1.0',
  also: { hadolint: ['DL3007'] },
  links: ['https://github.com/hadolint/hadolint/wiki/DL3007'],
  on: { instructions: ['FROM'] },
  examples: [
    {
      bad: dockerfile`
        FROM «debian:latest»
      `,
      good: dockerfile`
        FROM debian:trixie
      `,
    },
  ],
  check({ model, report }) {
    for (const { from, base, image } of model.stages) {
      const word = from.image;
      if (word === undefined || base?.kind !== 'image') continue;
      if (base.tag !== 'latest' || base.digest !== undefined) continue;
      const wanted = recommendedTag(base);
      const fix = wanted === undefined ? undefined : withTag(word, wanted);
      report({
        at: word,
        // With its variables put in: the word may not say `latest` itself.
        message: t('`{0}` is another image with each push', image ?? word.text),
        ...(fix && { fix }),
        also: word.text.endsWith(':latest') ? ['DL3007'] : [],
      });
    }
  },
});
