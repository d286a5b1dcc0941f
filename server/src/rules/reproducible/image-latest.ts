/** hadolint DL3007. Default values of ARG are resolved too. */
import { isMovingTag, namesOnlyVariant } from '../../images/moving-tags.ts';
import { rule } from '../../lint/rule.ts';
import { wordTag } from '../../lint/parts.ts';
import type { Word } from '../../syntax/tree.ts';
import { dockerfile } from '../../text/dedent.ts';
import { t } from '../../text/translation.ts';
import { recommendedTag } from '../../images/recommended-tags.ts';
import { replaceTag } from '../../lint/edits/image-tag.ts';

export default rule({
  summary: 'Avoid `latest` and other moving tags',
  why: 'Tags such as `latest`, `lts`, `stable` and `nightly` move to another image with each release, and so does `golang:alpine`, which does not name a release of Go. The same Dockerfile may build a different image tomorrow, and it is hard to find out which version is running. Use the tag of a version.',
  severity: 'info',
  fix: 'unsafe',
  since: '0.1.0',
  also: { hadolint: ['DL3007'] },
  links: ['https://github.com/hadolint/hadolint/wiki/DL3007'],
  on: { parts: wordTag },
  examples: [
    {
      bad: dockerfile`
        FROM «debian:latest»
      `,
      good: dockerfile`
        FROM debian:trixie
      `,
    },
    {
      bad: dockerfile`
        FROM «golang:alpine»
        USER nobody
      `,
      good: dockerfile`
        FROM golang:1.26-alpine
        USER nobody
      `,
    },
  ],
  check({ model, report }) {
    for (const { from, base, image } of model.stages) {
      const word = from.image;
      if (word === undefined || base?.kind !== 'image') continue;
      if (base.digest !== undefined || !isMovingTag(base) || isChosenByBuild(word)) continue;
      const recommended = recommendedTag(base);
      const suffix = namesOnlyVariant(base) ? `-${base.tag ?? ''}` : '';
      const isPlain = base.tag === 'latest' || suffix !== '';
      const tag = recommended !== undefined && isPlain ? `${recommended}${suffix}` : undefined;
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

/** Whether variables contain both the name and the tag, so that each build chooses the image. */
function isChosenByBuild({ text, variables }: Word): boolean {
  const colon = text.lastIndexOf(':');
  return variables.length > 1 && colon > 0 && text.slice(0, colon).includes('$') && text.slice(colon).includes('$'); // prettier-ignore
}
