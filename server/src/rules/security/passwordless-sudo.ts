/** No equivalent in hadolint, BuildKit or tally. */
import { rule } from '../../lint/rule.ts';
import { dockerfile } from '../../text/dedent.ts';
import { t } from '../../text/translation.ts';
import { isShipped } from '../../model/lineage.ts';

export default rule({
  summary: 'Do not allow `sudo` without a password (`NOPASSWD`)',
  why: 'Anyone who compromises the program can become root with `sudo`, so `USER` does not protect anything. Run the commands that need root during the build, before `USER`. Ignore this rule for dev containers, where developers are meant to become root.',
  severity: 'hint',
  since: '0.1.0',
  formerly: ['sudo-without-password'],
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
        report({
          at: word,
          message: t('This user can become root through sudo without a password'),
        });
    }
  },
});
