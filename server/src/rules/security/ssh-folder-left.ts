/** Our own. */
import { rule } from '../../lint/rule.ts';
import type { CommandAt, Stage } from '../../model/model.ts';
import type { ShellWord } from '../../shell/script.ts';
import { dockerfile } from '../../text/dedent.ts';
import { t } from '../../text/translated.ts';
import { isRemovedLater } from '../../model/later-commands.ts';
import { isMounted } from '../../model/mounts.ts';
import { isShipped } from '../../model/lineage.ts';

const folder = /^(?:~|\/root|\/home\/[^/]+|\$HOME|\$\{HOME\})\/\.ssh(?:\/.*)?$/;

export default rule({
  summary: 'Keep the SSH folder of a user out of the image',
  why: 'Keys, configuration and known hosts that a step needed stay in the layer for all who have the image, and tell where the sources come from. Keys come in with `RUN --mount=type=ssh`; known hosts belong into `/etc/ssh/ssh_known_hosts` or into a stage that is only copied from, or are removed in the same step.',
  severity: 'info',
  since: '0.1.0',
  links: ['https://docs.docker.com/build/building/secrets/#ssh-mounts'],
  on: { instructions: ['RUN'], words: ['/.ssh'] },
  examples: [
    {
      bad: dockerfile`
        FROM debian:trixie-slim
        RUN mkdir -p -m 700 «/root/.ssh» && \
            echo 'git.example.org ssh-ed25519 AAAAC3Nz' > /root/.ssh/known_hosts
        RUN --mount=type=ssh git clone git@git.example.org:project/app.git /app
      `,
      good: dockerfile`
        FROM debian:trixie-slim
        RUN echo 'git.example.org ssh-ed25519 AAAAC3Nz' > /etc/ssh/ssh_known_hosts
        RUN --mount=type=ssh git clone git@git.example.org:project/app.git /app
      `,
    },
  ],
  check({ model, report }) {
    const { text } = model.tree;
    // Who logs in to a container over SSH needs such a folder in it.
    if (/openssh-server|\bsshd\b|authorized_keys/.test(text)) return;
    const told = new Set<Stage>();
    for (const at of model.commands()) {
      const { stage, run } = at;
      if (stage === undefined || told.has(stage) || !isShipped(model, stage)) continue;
      const word = written(at);
      if (word === undefined || isRemovedLater(model, at, /\.ssh(?:\/|\/?\*)?$/)) continue;
      if (isMounted(run, word.text)) continue;
      told.add(stage);
      const path = /^.*\/\.ssh/.exec(word.text)?.[0] ?? word.text;
      report({ at: word, message: t('`{0}` stays in the layer', path) });
    }
  },
});

function written({ command }: CommandAt): ShellWord | undefined {
  const { name, args, redirects } = command;
  const made = /^(?:mkdir|touch|cp|mv|install|tee|ssh-keygen)$/.test(name?.text ?? '')
    ? args.findLast(({ text }) => folder.test(text))
    : undefined;
  const into = redirects.find(({ operator, target }) => operator.includes('>') && target && folder.test(target.text) && !/\/id_\w+$/.test(target.text)); // prettier-ignore
  return made ?? into?.target;
}
