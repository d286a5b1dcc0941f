/** BuildKit RedundantTargetPlatform, hadolint DL3065. */
import { rule } from '../../lint/rule.ts';
import { dockerfile } from '../../text/dedent.ts';
import { remove } from '../../text/edit.ts';
import { t } from '../../text/translation.ts';

export default rule({
  summary: 'Remove redundant `--platform=$TARGETPLATFORM`',
  why: 'The target platform is the default for `FROM`, so the flag has no effect. Without it, the stage is built in the same way.',
  severity: 'hint',
  fix: 'safe',
  since: '0.1.0',
  also: { hadolint: ['DL3065'], buildkit: ['RedundantTargetPlatform'] },
  links: ['https://docs.docker.com/reference/build-checks/redundant-target-platform/'],
  on: { instructions: ['FROM'], words: ['platform'] },
  examples: [
    {
      bad: dockerfile`
        FROM «--platform=$TARGETPLATFORM» debian:trixie-slim
        USER nobody
      `,
      good: dockerfile`
        FROM debian:trixie-slim
        USER nobody
      `,
    },
  ],
  check({ model, report }) {
    for (const { flags, image } of model.each('FROM')) {
      for (const flag of flags) {
        if (flag.name.text !== 'platform') continue;
        if (!isTargetPlatform.test(flag.value?.text ?? '')) continue;
        const end = flags.length === 1 && image ? image.span.start : flag.span.end;
        report({
          at: flag,
          message: t('No effect: `FROM` uses the target platform by default'),
          fix: {
            title: t('Remove `{0}`', '--platform'),
            edits: [remove({ start: flag.span.start, end })],
          },
        });
      }
    }
  },
});

/** The variable may have a default value, which is never used because the target platform is always set. */
const isTargetPlatform = /^\$(?:TARGETPLATFORM|\{TARGETPLATFORM(?::?[-?][^${}]*)?\})$/;
