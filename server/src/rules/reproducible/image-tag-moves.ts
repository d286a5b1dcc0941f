/** Our own: a bare major version of what changes behaviour with each minor one. */
import { rule } from '../../lint/rule.ts';
import { dockerfile } from '../../text/dedent.ts';
import { t } from '../../text/translated.ts';
import { recommendedTag } from '../../images/recommended-tags.ts';
import { withTag } from '../../lint/edits/image-tag.ts';

/** Official images whose minor releases break programs; the major version of others is enough. */
const moving = ['python', 'golang', 'ruby', 'alpine', 'perl', 'elixir', 'julia'];

export default rule({
  summary: 'Name the minor version where it matters',
  why: '`python:3` was 3.8 once and is 3.14 today: compiled packages, removed modules and changed defaults come with the next pull. The minor version keeps what was tested and still gets fixes.',
  severity: 'info',
  fix: 'unsafe',
  since: '0.1.0',
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
      if (major === undefined || !moving.includes(repository.replace(/^library\//, ''))) continue;
      const wanted = recommendedTag(base);
      // Another major version is another decision.
      const fix = wanted?.startsWith(`${major}.`) === true ? withTag(word, tag.replace(major, wanted)) : undefined; // prettier-ignore
      report({
        at: word,
        message: t('`{0}` moves with each minor release', `${repository}:${tag}`),
        ...(fix && { fix }),
      });
    }
  },
});
