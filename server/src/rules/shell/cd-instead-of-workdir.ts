/** hadolint DL3003, where a RUN begins with it: a `cd` further in is often the plainest way. */
import { t } from '@vscode/l10n';
import { rule } from '../../lint/rule.ts';
import { dockerfile } from '../../text/dedent.ts';

export default rule({
  summary: 'Change the folder with WORKDIR instead of a first `cd`',
  why: '`cd` holds to the end of its `RUN` only, and each step has to repeat it. `WORKDIR` says it once for all that follows, makes the folder, and is seen by those who read the image.',
  severity: 'hint',
  since: '0.1.0',
  also: { hadolint: ['DL3003'] },
  links: ['https://github.com/hadolint/hadolint/wiki/DL3003'],
  examples: [
    {
      bad: dockerfile`
        FROM node:24-slim
        COPY . /app
        RUN «cd /app» && npm ci
      `,
      good: dockerfile`
        FROM node:24-slim
        COPY . /app
        WORKDIR /app
        RUN npm ci
      `,
    },
  ],
  *check({ model }) {
    for (const { command, run, inside } of model.commands('cd')) {
      const script = model.script(run);
      const [first] = script?.statements ?? [];
      const begins = first?.kind === 'chain' && first.parts[0] === command;
      const [folder] = command.args;
      if (!begins || folder === undefined || inside.length !== 1) continue;
      yield { at: command, message: t('`cd {0}` holds for this step only', folder.text) };
    }
  },
});
