/** hadolint DL3003 for all that `cd-instead-of-workdir` leaves. Off: a `cd` in a subshell or a chain is often the plainest way. */
import { rule } from '../../lint/rule.ts';
import { dockerfile } from '../../text/dedent.ts';
import { t } from '../../text/translated.ts';
import { enteredDirectories } from '../../model/entered-directories.ts';

export default rule({
  summary: 'Change the folder with WORKDIR instead of any `cd`',
  why: '`cd` holds to the end of its `RUN` only, and a script with several of them is hard to follow. `WORKDIR` in front of a step of its own says where it runs.',
  severity: 'off',
  since: '0.1.0',
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
    const told = new Set(enteredDirectories(model).map(({ steps: [first] }) => first.command));
    for (const { command } of model.commands('cd')) {
      if (!told.has(command)) report({ at: command, message: t('`cd` holds for this step only') });
    }
  },
});
