/** tally labels/no-stale-base-digest. */
import { rule } from '../../lint/rule.ts';
import { dockerfile } from '../../text/dedent.ts';
import { replace } from '../../text/edit.ts';
import { t } from '../../text/translated.ts';
import { rootStage } from '../../model/lineage.ts';

export default rule({
  summary: 'Keep the label of the base image’s digest in step with FROM',
  why: 'Tools that look for outdated images believe `org.opencontainers.image.base.digest`. Written by hand it is forgotten at the next change of `FROM`, and then tells of another image.',
  severity: 'warning',
  fix: 'unsafe',
  since: '0.1.0',
  also: { tally: ['tally/labels/no-stale-base-digest'] },
  links: ['https://specs.opencontainers.org/image-spec/annotations/'],
  on: { instructions: ['LABEL'] },
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
              ? t('`FROM` names no digest, so that this is true until the image moves')
              : t('`FROM` has another digest'),
          ...(digest !== undefined && {
            fix: {
              title: t('Write the digest of FROM'),
              edits: [replace(value.span, digest)],
              safe: false,
            },
          }),
        });
      }
    }
  },
});
