/** Our own, after Docker's FAQ on DEBIAN_FRONTEND. */
import { rule, type Fix } from '../../lint/rule.ts';
import type { Model } from '../../model/model.ts';
import type { Of, Pair } from '../../syntax/tree.ts';
import { dockerfile } from '../../text/dedent.ts';
import { replace } from '../../text/edit.ts';
import { t } from '../../text/translated.ts';
import { isShipped } from '../../model/lineage.ts';

export default rule({
  summary: 'Silence debconf for the build only',
  why: 'With `ENV`, `DEBIAN_FRONTEND=noninteractive` stays in the image: whoever installs a package in a container, or builds on the image, is never asked anything and does not see why. `ARG` holds for the build and is gone after it.',
  severity: 'hint',
  fix: 'unsafe',
  since: '0.1.0',
  links: [
    'https://docs.docker.com/engine/install/debian/',
    'https://manpages.debian.org/debconf.7',
  ],
  on: { instructions: ['ENV'], words: ['debian_frontend'] },
  examples: [
    {
      bad: dockerfile`
        FROM debian:trixie-slim
        ENV «DEBIAN_FRONTEND»=noninteractive
        USER nobody
      `,
      good: dockerfile`
        FROM debian:trixie-slim
        ARG DEBIAN_FRONTEND=noninteractive
        USER nobody
      `,
    },
  ],
  check({ model, report }) {
    for (const env of model.each('ENV')) {
      const pair = env.pairs.find(isSilent);
      const stage = model.stageOf(env);
      if (pair === undefined || stage === undefined || env.onbuild === true) continue;
      if (!isShipped(model, stage) || isTakenBack(model, env)) continue;
      // A stage on top of this one would not see an ARG.
      const isBase = stage.usedBy.some(({ kind }) => kind === 'FROM');
      const fix = isBase ? undefined : asArgument(env, pair);
      report({
        at: pair.key,
        message: t('`DEBIAN_FRONTEND` stays set in the image'),
        ...(fix && { fix }),
      });
    }
  },
});

function isSilent({ key, value }: Pair): boolean {
  return key.text === 'DEBIAN_FRONTEND' && /^noninteractive$/i.test(value?.text ?? '');
}

function isTakenBack(model: Model, { span }: Of<'ENV'>): boolean {
  for (const { pairs, span: where } of model.each('ENV'))
    if (where.start > span.start && pairs.some((it) => it.key.text === 'DEBIAN_FRONTEND' && !isSilent(it))) return true; // prettier-ignore
  return false;
}

/** Where the instruction sets nothing else. */
function asArgument({ pairs, span, keyword }: Of<'ENV'>, { key, value }: Pair): Fix | undefined {
  if (pairs.length !== 1 || value === undefined) return undefined;
  const word = keyword.raw === keyword.raw.toLowerCase() ? 'arg' : 'ARG';
  const text = `${word} ${key.text}=${value.text}`;
  return { title: t('Write {0}', text), edits: [replace(span, text)], safe: false };
}
