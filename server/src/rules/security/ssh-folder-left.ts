/** No equivalent in hadolint, BuildKit or tally. */
import { rule } from '../../lint/rule.ts';
import type { CommandAt, Model, Stage } from '../../model/model.ts';
import type { Node } from '../../text/span.ts';
import type { ShellWord } from '../../shell/script.ts';
import { dockerfile } from '../../text/dedent.ts';
import { t } from '../../text/translation.ts';
import { isRemovedLater } from '../../model/later-commands.ts';
import { isMounted } from '../../model/mounts.ts';
import { isShipped } from '../../model/lineage.ts';

const sshDirectory = /^(?:~|\/root|\/home\/[^/]+|\$HOME|\$\{HOME\})\/\.ssh(?:\/.*)?$/;

const folders = /\.ssh(?:\/|\/?\*)?$/;

export default rule({
  summary: 'Do not leave `~/.ssh` in the image',
  why: 'Keys, configuration and known hosts that a step needs stay in its layer. Anyone with the image can read them and see which servers the sources come from. Use `RUN --mount=type=ssh` for keys. Write known hosts to `/etc/ssh/ssh_known_hosts`, or use them in a stage that is only copied from, or delete them in the same step. Images with an SSH server are not reported.',
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
    // A container with an SSH server needs this directory.
    if (/openssh-server|\bsshd\b|authorized_keys/.test(text)) return;
    const reported = new Set<Stage>();
    for (const at of model.commands()) {
      const { stage, run } = at;
      if (stage === undefined || reported.has(stage) || !isShipped(model, stage)) continue;
      const word = writtenPath(at);
      if (word === undefined || isRemovedLater(model, at, folders)) continue;
      if (isMounted(run, word.text) || acceptsAnyHost(model, run)) continue;
      reported.add(stage);
      const path = /^.*\/\.ssh/.exec(word.text)?.[0] ?? word.text;
      report({ at: word, message: t('`{0}` stays in the layer', path) });
    }
  },
});

/** Whether the step has a problem with host keys, which is reported and whose solution does not need the directory. */
function acceptsAnyHost(model: Model, { span }: Node): boolean {
  return /ssh-keyscan|StrictHostKeyChecking/.test(model.tree.text.slice(span.start, span.end));
}

function writtenPath({ command }: CommandAt): ShellWord | undefined {
  const { name, args, redirects } = command;
  const created = /^(?:mkdir|touch|cp|mv|install|tee|ssh-keygen)$/.test(name?.text ?? '')
    ? args.findLast(({ text }) => sshDirectory.test(text))
    : undefined;
  const output = redirects.find(({ operator, target }) => operator.includes('>') && target && sshDirectory.test(target.text) && !/\/id_\w+$/.test(target.text)); // prettier-ignore
  return created ?? output?.target;
}
