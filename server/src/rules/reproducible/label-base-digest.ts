/** tally labels/no-stale-base-digest. */
import { rule } from '../../lint/rule.ts';
import { dockerfile } from '../../text/dedent.ts';
import { replace } from '../../text/edit.ts';
import { t } from '../../text/translation.ts';
import { rootStage } from '../../model/lineage.ts';

export default rule({
  summary: 'Keep the label `org.opencontainers.image.base.digest` in sync with `FROM`',
  why: 'Tools that look for outdated images rely on `org.opencontainers.image.base.digest`. A value that is written by hand is easily overlooked when `FROM` changes, and then identifies a different image.',
  severity: 'warning',
  fix: 'unsafe',
  since: '0.1.0',
  also: { tally: ['tally/labels/no-stale-base-digest'] },
  links: ['https://specs.opencontainers.org/image-spec/annotations/'],
  on: { instructions: ['LABEL'], words: ['base.digest'] },
  examples: [
    {
      bad: dockerfile`
        FROM alpine:3.22@sha256:4b7ce07002c69e8f3d704a9c5d6fd3053be500b7f1c69fc0d80990c2ad8dd412
        LABEL org.opencontainers.image.base.digest=«sha256:8a1f59ffb675680d47db6337b49d22281a139e9d709335b492be023728e11715»
      `,
      good: dockerfile`
        FROM alpine:3.22@sha256:4b7ce07002c69e8f3d704a9c5d6fd3053be500b7f1c69fc0d80990c2ad8dd412
        LABEL org.opencontainers.image.base.digest=sha256:4b7ce07002c69e8f3d704a9c5d6fd3053be500b7f1c69fc0d80990c2ad8dd412
      `,
    },
  ],
  check({ model, report }) {
    for (const label of model.each('LABEL')) {
      for (const { key, value } of label.pairs) {
        if (key.text !== 'org.opencontainers.image.base.digest' || value === undefined) continue;
        const stage = model.stageOf(label);
        const base = stage && rootStage(stage).base;
        if (base?.kind !== 'image' || value.variables.length > 0) continue;
        const { digest } = base;
        if (value.text === digest) continue;
        report({
          at: value,
          message:
            digest === undefined
              ? t('`FROM` has no digest, so this value is only correct until the tag moves')
              : t('`FROM` has a different digest'),
          ...(digest !== undefined && {
            fix: {
              title: t('Replace with the digest of `FROM`'),
              edits: [replace(value.span, digest)],
              safe: false,
            },
          }),
        });
      }
    }
  },
});
