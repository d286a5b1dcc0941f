/** BuildKit MultipleInstructionsDisallowed reports the earlier ones, which have no effect; hadolint DL4003, DL4004, DL3012. */
import { rule } from '../../lint/rule.ts';
import { repeatedStart } from '../../lint/parts.ts';
import type { Instruction } from '../../syntax/tree.ts';
import { dockerfile } from '../../text/dedent.ts';
import { t } from '../../text/translation.ts';
import { removeLine } from '../../lint/edits/lines.ts';

const hadolint = { CMD: 'DL4003', ENTRYPOINT: 'DL4004', HEALTHCHECK: 'DL3012' } as const;

export default rule({
  summary: 'Use only one `CMD`, `ENTRYPOINT` and `HEALTHCHECK` per stage',
  why: 'Each of these instructions replaces an earlier one of the same kind in the stage, so only the last one has an effect. Two `CMD` instructions do not run two commands.',
  severity: 'warning',
  fix: 'safe',
  since: '0.1.0',
  also: {
    hadolint: ['DL4003', 'DL4004', 'DL3012'],
    buildkit: ['MultipleInstructionsDisallowed'],
  },
  links: ['https://docs.docker.com/reference/build-checks/multiple-instructions-disallowed/'],
  on: { parts: repeatedStart },
  examples: [
    {
      bad: dockerfile`
        FROM alpine:3.22
        «CMD ["server"]»
        CMD ["server", "--verbose"]
      `,
      good: dockerfile`
        FROM alpine:3.22
        CMD ["server", "--verbose"]
      `,
    },
  ],
  check({ model, report }) {
    for (const { instructions } of model.stages) {
      const last = new Map<string, Instruction>();
      for (const instruction of instructions.toReversed()) {
        const { kind } = instruction;
        if (kind !== 'CMD' && kind !== 'ENTRYPOINT' && kind !== 'HEALTHCHECK') continue;
        const later = last.get(kind);
        if (later === undefined) {
          last.set(kind, instruction);
          continue;
        }
        report({
          at: instruction,
          message: t('No effect: a later `{0}` replaces this one', kind),
          related: [{ at: later, message: t('This one takes effect') }],
          tag: 'unnecessary',
          fix: { title: t('Remove `{0}`', kind), edits: [removeLine(model, instruction)] },
          also: [hadolint[kind], 'MultipleInstructionsDisallowed'],
        });
      }
    }
  },
});
