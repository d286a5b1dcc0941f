/** Not in other linters; from the FAQ of Docker about DEBIAN_FRONTEND. */
import { rule, type Fix } from '../../lint/rule.ts';
import type { Model } from '../../model/model.ts';
import type { InstructionOf, Pair } from '../../syntax/tree.ts';
import { dockerfile } from '../../text/dedent.ts';
import { replace } from '../../text/edit.ts';
import { t } from '../../text/translation.ts';
import { isShipped } from '../../model/lineage.ts';

export default rule({
  summary: 'Do not set `DEBIAN_FRONTEND` with `ENV`',
  why: '`ENV DEBIAN_FRONTEND=noninteractive` is stored in the image. Anyone who installs a package in a container, or builds on the image, is then never prompted, and the reason is hard to find. `ARG` sets the variable for the build only.',
  severity: 'hint',
  fix: 'unsafe',
  since: '0.1.0',
  formerly: ['frontend-kept'],
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
      const pair = env.pairs.find(isNoninteractive);
      const stage = model.stageOf(env);
      if (pair === undefined || stage === undefined || env.onbuild === true) continue;
      if (!isShipped(model, stage) || isResetLater(model, env)) continue;
      // A stage that is built from this one does not inherit an ARG.
      const isBase = stage.usedBy.some(({ kind }) => kind === 'FROM');
      const fix = isBase ? undefined : argInstead(env, pair);
      report({
        at: pair.key,
        message: t('`DEBIAN_FRONTEND` remains set in containers of this image'),
        ...(fix && { fix }),
      });
    }
  },
});

function isNoninteractive({ key, value }: Pair): boolean {
  return key.text === 'DEBIAN_FRONTEND' && /^noninteractive$/i.test(value?.text ?? '');
}

function isResetLater(model: Model, { span }: InstructionOf<'ENV'>): boolean {
  for (const { pairs, span: where } of model.each('ENV'))
    if (where.start > span.start && pairs.some((it) => it.key.text === 'DEBIAN_FRONTEND' && !isNoninteractive(it))) return true; // prettier-ignore
  return false;
}

/** Where the instruction sets nothing else. */
function argInstead(
  { pairs, span, keyword }: InstructionOf<'ENV'>,
  { key, value }: Pair,
): Fix | undefined {
  if (pairs.length !== 1 || value === undefined) return undefined;
  const word = keyword.raw === keyword.raw.toLowerCase() ? 'arg' : 'ARG';
  const text = `${word} ${key.text}=${value.text}`;
  return { title: t('Replace with `{0}`', text), edits: [replace(span, text)], safe: false };
}
