/** BuildKit LegacyKeyValueFormat, which BuildKit reports at the instruction. */
import { rule, type Fix } from '../../lint/rule.ts';
import { legacyPair } from '../../lint/parts.ts';
import { equalsForm } from '../../syntax/equals-form.ts';
import type { Dockerfile, Pair } from '../../syntax/tree.ts';
import { dockerfile } from '../../text/dedent.ts';
import { replace } from '../../text/edit.ts';
import { t } from '../../text/translation.ts';

export default rule({
  summary: 'Use `key=value` in `ENV` and `LABEL`',
  why: 'In `ENV NAME value`, everything after the name is one value, so a second variable on the same line becomes part of the first one without an error. The format without `=` is deprecated.',
  severity: 'info',
  fix: 'safe',
  since: '0.1.0',
  also: { buildkit: ['LegacyKeyValueFormat'] },
  links: ['https://docs.docker.com/reference/build-checks/legacy-key-value-format/'],
  on: { parts: legacyPair },
  examples: [
    {
      bad: dockerfile`
        FROM alpine:3.22
        ENV «LANG C.UTF-8»
        LABEL «description a small tool»
      `,
      good: dockerfile`
        FROM alpine:3.22
        ENV LANG=C.UTF-8
        LABEL description="a small tool"
      `,
    },
  ],
  check({ model, report }) {
    for (const { kind, pairs, onbuild } of model.each('ENV', 'LABEL')) {
      for (const pair of pairs) {
        const { key, value, span, legacy } = pair;
        if (!legacy || value === undefined) continue;
        report({
          at: { span },
          // BuildKit does not report ONBUILD instructions.
          also: onbuild === true ? [] : undefined,
          message: t('`{0} {1}` uses the legacy format without `=`', kind, key.raw),
          fix: equalsFix(model.source, pair),
        });
      }
    }
  },
});

function equalsFix(tree: Dockerfile, pair: Pair): Fix | undefined {
  const text = equalsForm(tree, pair);
  if (text === undefined) return undefined;
  return { title: t('Convert to `{0}=…`', pair.key.raw), edits: [replace(pair.span, text)] };
}
