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
    let composed: ReadonlySet<string> | undefined;
    for (const { from, base } of model.stages) {
      const word = from.image;
      if (word === undefined || base?.kind !== 'image') continue;
      if (base.tag !== undefined || base.digest !== undefined) continue;
      // Builds of image families pass the base image.
      if (word.variables.some(({ name }) => (composed ??= composedNames(model)).has(name)))
        continue;
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

/** The arguments before the first FROM whose default consists of other arguments. */
function composedNames(model: Model): ReadonlySet<string> {
  const names = new Set<string>();
  for (const arg of model.each('ARG')) {
    if (model.stageOf(arg) !== undefined) break;
    for (const { key, value } of arg.pairs)
      if ((value?.variables.length ?? 0) > 0) names.add(key.text);
  }
  return names;
}
