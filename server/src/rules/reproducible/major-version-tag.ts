/** Not in other linters: a major version alone, for images whose minor releases change behavior. */
import { rule } from '../../lint/rule.ts';
import { majorTag } from '../../lint/parts.ts';
import { endOfLifeDate } from '../../images/end-of-life.ts';
import { releasesIn } from '../../images/releases.ts';
import { dockerfile } from '../../text/dedent.ts';
import { t } from '../../text/translation.ts';
import { recommendedTag } from '../../images/recommended-tags.ts';
import { replaceTag } from '../../lint/edits/image-tag.ts';

/** Official images whose minor releases break programs. For other images, the major version is enough. */
const affectedImages = ['python', 'golang', 'ruby', 'alpine', 'perl', 'elixir', 'julia'];

export default rule({
  summary: 'Pin the minor version of base images',
  why: '`python:3` was once 3.8 and is now 3.14: after the next pull, compiled packages may stop working, modules may be removed and defaults may change. A tag with the minor version still receives patch releases.\n\nThe rule only reports images whose minor releases break programs, such as `python`, `golang`, `ruby` and `alpine`.',
  severity: 'info',
  fix: 'unsafe',
  since: '0.1.0',
  formerly: ['image-tag-moves'],
  on: { parts: majorTag },
  examples: [
    {
      bad: dockerfile`
        FROM «python:3-slim»
      `,
      good: dockerfile`
        FROM python:3.13-slim
      `,
    },
  ],
  check({ model, report }) {
    for (const { from, base } of model.stages) {
      const word = from.image;
      if (word === undefined || base?.kind !== 'image') continue;
      const { registry = 'docker.io', repository, tag, digest } = base;
      if (registry !== 'docker.io' || tag === undefined || digest !== undefined) continue;
      const major = /^\d+(?=-|$)/.exec(tag)?.[0];
      if (major === undefined || !affectedImages.includes(repository.replace(/^library\//, '')))
        continue;
      // A release that has ended does not move.
      if (
        releasesIn(base).some(({ isImage, end }) => isImage && end !== '' && end <= endOfLifeDate)
      )
        continue;
      const wanted = recommendedTag(base);
      // Does not suggest another major version.
      const fix = wanted?.startsWith(`${major}.`) === true ? replaceTag(word, tag.replace(major, wanted)) : undefined; // prettier-ignore
      report({
        at: word,
        message: t('`{0}` moves with every minor release', `${repository}:${tag}`),
        ...(fix && { fix }),
      });
    }
  },
});
