/** hadolint DL3007. Default values of ARG are resolved too. */
import { rule } from '../../lint/rule.ts';
import { dockerfile } from '../../text/dedent.ts';
import { t } from '../../text/translation.ts';
import { recommendedTag } from '../../images/recommended-tags.ts';
import { replaceTag } from '../../lint/edits/image-tag.ts';

export default rule({
  summary: 'Avoid `latest`',
  why: 'The `latest` tag moves to another image with each release. The same Dockerfile may build a different image tomorrow, and it is hard to find out which version is running. Use the tag of a version.',
  severity: 'info',
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
      const tag = recommendedTag(base);
      const fix = tag === undefined ? undefined : replaceTag(word, tag);
      report({
        at: word,
        // Variables are expanded, because `latest` may come from one.
        message: t('`{0}` is a moving tag', image ?? word.text),
        ...(fix && { fix }),
        also: word.text.endsWith(':latest') ? ['DL3007'] : [],
      });
    }
  },
});
