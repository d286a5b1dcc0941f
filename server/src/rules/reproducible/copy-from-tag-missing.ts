/**
 * hadolint DL3022 for names that are not stages. Such a name is an image and needs a tag like a base image, unless it is a
 * named build context, which has none.
 */
import { rule } from '../../lint/rule.ts';
import { otherReference } from '../../lint/parts.ts';
import { dockerfile } from '../../text/dedent.ts';
import { t } from '../../text/translation.ts';
import { missingStages } from '../../model/missing-stages.ts';

export default rule({
  summary: 'Specify a tag for images in `COPY --from`',
  why: 'A name in `--from` that is not a stage of this file refers to an image. Without a tag, Docker uses `latest`, which may be a different image tomorrow.\n\nIgnore this rule where `--build-context` defines the name on the command line.',
  severity: 'info',
  since: '0.1.0',
  also: { hadolint: ['DL3022'] },
  links: ['https://docs.docker.com/reference/dockerfile/#copy---from'],
  on: { parts: otherReference },
  examples: [
    {
      bad: dockerfile`
        FROM alpine:3.22
        COPY --from=«busybox» /bin/busybox /bin/
      `,
      good: dockerfile`
        FROM alpine:3.22
        COPY --from=busybox:1.37 /bin/busybox /bin/
      `,
    },
  ],
  check({ model, report }) {
    for (const reference of model.references()) {
      const { name, span, instruction, to } = reference;
      if (instruction.kind !== 'COPY' || to?.kind === 'stage') continue;
      if (/[$:@]/.test(name) || /^\d+$/.test(name)) continue;
      // Another rule reports the missing stage.
      if (missingStages(model).has(reference)) continue;
      report({
        at: { span },
        message: t('`{0}` is not a stage, and as an image it has no tag', name),
      });
    }
  },
});
