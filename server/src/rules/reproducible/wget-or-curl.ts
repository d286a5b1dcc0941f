/** hadolint DL4001, where one stage runs both. */
import { rule } from '../../lint/rule.ts';
import type { CommandAt } from '../../model/model.ts';
import type { Stage } from '../../model/model.ts';
import { curlLike } from '../../programs/curl.ts';
import { wgetLike } from '../../programs/wget.ts';
import { dockerfile } from '../../text/dedent.ts';
import { t } from '../../text/translation.ts';

export default rule({
  summary: 'Use either `wget` or `curl`, not both',
  why: 'Both download files. A stage that uses both has to install and update two packages.\n\nIgnore this rule where the base image contains both.',
  severity: 'hint',
  since: '0.1.0',
  also: { hadolint: ['DL4001'] },
  links: ['https://github.com/hadolint/hadolint/wiki/DL4001'],
  on: { commands: wgetLike, words: curlLike },
  examples: [
    {
      bad: dockerfile`
        FROM buildpack-deps:trixie
        RUN wget -nv https://example.org/one
        RUN «curl» -fsSLO https://example.org/two
      `,
      good: dockerfile`
        FROM buildpack-deps:trixie
        RUN curl -fsSLO https://example.org/one
        RUN curl -fsSLO https://example.org/two
      `,
    },
  ],
  check({ model, report }) {
    const wgets = firstByStage(model.commands(...wgetLike));
    if (wgets.size === 0) return;
    for (const [stage, curl] of firstByStage(model.commands(...curlLike))) {
      const wget = wgets.get(stage);
      if (wget === undefined) continue;
      const [first, second] =
        wget.command.span.start < curl.command.span.start ? [wget, curl] : [curl, wget];
      report({
        at: second.command.name ?? second.command,
        message: t(
          'This stage uses both `{0}` and `{1}`; one of them is enough',
          nameOf(first),
          nameOf(second),
        ),
        related: [{ at: first.command, message: t('`{0}` is used here', nameOf(first)) }],
      });
    }
  },
});

function firstByStage(commands: Iterable<CommandAt>): ReadonlyMap<Stage | undefined, CommandAt> {
  const first = new Map<Stage | undefined, CommandAt>();
  for (const at of commands) if (!first.has(at.stage)) first.set(at.stage, at);
  return first;
}

function nameOf({ command }: CommandAt): string {
  return command.name?.text ?? '';
}
