/** hadolint DL3003 for every `cd` that `cd-instead-of-workdir` does not report. Off: a `cd` in a subshell or a chain is often the simplest way. */
import { rule } from '../../lint/rule.ts';
import { dockerfile } from '../../text/dedent.ts';
import { t } from '../../text/translation.ts';
import { stepsBeginningWithCd } from '../../model/cd-steps.ts';

export default rule({
  summary: 'Use `WORKDIR` instead of any other `cd` in a script',
  why: '`cd` only affects the rest of its `RUN`, and a script with several of them is hard to follow. A separate `RUN` after a `WORKDIR` shows in which directory it runs.\n\nThis rule is off by default, because a `cd` in a subshell or in the middle of a script is often the simplest way. It reports every `cd` that `cd-instead-of-workdir` does not report.',
  severity: 'off',
  since: '0.1.0',
  formerly: ['cd-further-in'],
  also: { hadolint: ['DL3003'] },
  links: ['https://github.com/hadolint/hadolint/wiki/DL3003'],
  on: { commands: ['cd'] },
  examples: [
    {
      bad: dockerfile`
        FROM node:24-slim
        RUN mkdir /app && «cd /app» && npm ci
      `,
      good: dockerfile`
        FROM node:24-slim
        WORKDIR /app
        RUN npm ci
      `,
    },
  ],
  check({ model, report }) {
    const reportedElsewhere = new Set(
      stepsBeginningWithCd(model).map(({ steps: [first] }) => first.command),
    );
    for (const { command } of model.commands('cd')) {
      if (!reportedElsewhere.has(command))
        report({ at: command, message: t('`cd` only affects this step') });
    }
  },
});
