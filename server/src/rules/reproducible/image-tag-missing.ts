/** hadolint DL3006. Default values of ARG are resolved, as users of hadolint requested (#1078, #979). */
import { rule } from '../../lint/rule.ts';
import { untagged } from '../../lint/parts.ts';
import type { Model } from '../../model/model.ts';
import { dockerfile } from '../../text/dedent.ts';
import { t } from '../../text/translation.ts';
import { recommendedTag } from '../../images/recommended-tags.ts';
import { replaceTag } from '../../lint/edits/image-tag.ts';

export default rule({
  summary: 'Specify a tag for base images',
  why: 'Without a tag, Docker uses `latest`, which may be a different image tomorrow: the same Dockerfile then builds something else, or fails. Use the tag of the release that is needed.',
  severity: 'info',
  fix: 'unsafe',
  since: '0.1.0',
  also: { hadolint: ['DL3006'] },
  links: ['https://github.com/hadolint/hadolint/wiki/DL3006'],
  on: { parts: untagged },
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
      if (word.variables.some(({ name }) => isComposed(model, name))) continue;
      const tag = recommendedTag(base);
      const fix = tag === undefined ? undefined : replaceTag(word, tag);
      report({
        at: word,
        message: t('`{0}` has no tag, so `latest` is used', word.text),
        ...(fix && { fix }),
        also: word.text.startsWith('$') ? [] : ['DL3006'],
      });
    }
  },
});

/** Whether the default of an argument consists of other arguments: builds of image families pass the base image. */
function isComposed(model: Model, name: string): boolean {
  for (const arg of model.each('ARG')) {
    if (model.stageOf(arg) !== undefined) return false;
    if (arg.pairs.some(({ key, value }) => key.text === name && (value?.variables.length ?? 0) > 0))
      return true;
  }
  return false;
}
