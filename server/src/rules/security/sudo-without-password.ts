/** Our own. */
import { rule } from '../../lint/rule.ts';
import { dockerfile } from '../../text/dedent.ts';
import { t } from '../../text/translated.ts';
import { isShipped } from '../../model/lineage.ts';

export default rule({
  summary: 'Give the user of an image no sudo without a password',
  why: 'Whoever gets into the program is root with one word more, so that `USER` protects nothing. What needs root is done in the build, before `USER`. For a machine to work on (dev containers) it is meant so; ignore it there.',
  severity: 'hint',
  since: '0.1.0',
  links: ['https://docs.docker.com/build/building/best-practices/#user'],
  on: { commands: ['echo', 'printf', 'sed'], words: ['nopasswd'] },
  examples: [
    {
      bad: dockerfile`
        FROM debian:trixie-slim
        RUN useradd --create-home app && \
            echo «'app ALL=(ALL) NOPASSWD: ALL'» > /etc/sudoers.d/app
        USER app
      `,
      good: dockerfile`
        FROM debian:trixie-slim
        RUN useradd --create-home app
        USER app
      `,
    },
  ],
  check({ model, report }) {
    for (const { command, stage } of model.commands('echo', 'printf', 'sed')) {
      const word = command.args.find(({ text }) => /NOPASSWD:\s*ALL\b/.test(text));
      if (word && stage && isShipped(model, stage))
        report({ at: word, message: t('This user is root with one word more') });
    }
  },
});
