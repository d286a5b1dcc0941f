/** hadolint DL3022 for names that are no stage: an image, then, and like a base it wants a version. A context given to the build has none. */
import { rule } from '../../lint/rule.ts';
import { dockerfile } from '../../text/dedent.ts';
import { t } from '../../text/translated.ts';
import { missedStage } from '../../model/missed-stages.ts';

export default rule({
  summary: 'Name the version of images that are copied from',
  why: 'A name that is no stage of the file is an image, and without a tag its `latest`, which is another one tomorrow; unless `--build-context` gives it on the command line.',
  severity: 'hint',
  since: '0.1.0',
  also: { hadolint: ['DL3022'] },
  links: ['https://docs.docker.com/reference/dockerfile/#copy---from'],
  on: { instructions: ['COPY', 'ADD', 'RUN'], words: ['from='] },
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
      // That the stage is missing is said already.
      if (missedStage(model, reference) !== undefined) continue;
      report({
        at: { span },
        message: t('`{0}` is no stage, and as an image it has no tag', name),
      });
    }
  },
});
