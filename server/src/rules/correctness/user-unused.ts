/** tally user-created-but-never-used, unless another program may switch to the user. */
import { rule, type Fix } from '../../lint/rule.ts';
import type { CommandAt, Model, Stage } from '../../model/model.ts';
import { invoke } from '../../programs/program.ts';
import { adduser, useradd, userCreators } from '../../programs/useradd.ts';
import type { ShellWord } from '../../shell/script.ts';
import { dockerfile } from '../../text/dedent.ts';
import { t } from '../../text/translation.ts';
import { addLineAbove } from '../../lint/edits/lines.ts';
import { lastIn, isBuiltFrom } from '../../model/lineage.ts';
import { startCommands, firstWords } from '../../model/start-commands.ts';

export default rule({
  summary: 'Switch to the created user with `USER`',
  why: 'The file creates a user, but no `USER` instruction switches to it, so the container runs as root. Add `USER` before `CMD` or `ENTRYPOINT`. Images whose program or script may switch to the user itself, for example with `gosu`, are not reported.',
  severity: 'info',
  fix: 'unsafe',
  since: '0.1.0',
  also: { tally: ['tally/user-created-but-never-used'] },
  links: ['https://docs.docker.com/build/building/best-practices/#user'],
  on: { commands: userCreators },
  examples: [
    {
      bad: dockerfile`
        FROM debian:trixie-slim
        RUN useradd --system «app»
        COPY tool /usr/bin/tool
        CMD ["/usr/bin/tool"]
      `,
      good: dockerfile`
        FROM debian:trixie-slim
        RUN useradd --system app
        COPY tool /usr/bin/tool
        USER app
        CMD ["/usr/bin/tool"]
      `,
    },
  ],
  check({ model, report }) {
    const { target } = model;
    if (target === undefined || lastIn(target, 'USER')) return;
    const created = model
      .commands(...userCreators)
      .filter(({ stage, via }) => via === 'direct' && isBuiltFrom(target, stage));
    if (created.length !== 1) return;
    const [at] = created;
    const name = at && userOf(at);
    if (name === undefined || isUsed(model, target, name.text)) return;
    const fix = addBeforeStart(model, target, name.text);
    report({
      at: name,
      message: t('No `USER` switches to `{0}`, so the container runs as root', name.text),
      ...(fix && { fix }),
    });
  },
});

/** The name of the created user; none for `adduser name group`, which only adds a user to a group. */
function userOf({ command }: CommandAt): ShellWord | undefined {
  const called = invoke(command, useradd) ?? invoke(command, adduser);
  const [name, second] = called?.operands ?? [];
  if (name === undefined || second !== undefined || !name.literal) return undefined;
  // Development environments select these users themselves.
  const isSelectedByTool = ['root', 'vscode', 'gitpod', 'codespace', 'coder'].includes(name.text);
  return /^[a-z_][\w.-]*$/i.test(name.text) && !isSelectedByTool ? name : undefined;
}

/** Whether a program or script may switch to the user, or the user is mentioned other than as the owner of files. */
function isUsed(model: Model, target: Stage, name: string): boolean {
  const starts = startCommands(target);
  const [first] = starts;
  if (first?.command === undefined) return true;
  const words = starts.flatMap(firstWords);
  if (words.some((word) => /\.(?:sh|bash)$|entrypoint|init$|^(?:sh|bash)$|(?:^|\/)(?:s6|supervis|runsv|systemd|sshd|cron|nginx|httpd|apache|dovecot|postfix|named|gosu|su|sudo|su-exec|setpriv|runuser|chpst)/.test(word))) return true; // prettier-ignore
  const mention = new RegExp(`(?<![\\w/.-])${name.replace(/[.\\-]/g, '\\$&')}(?![\\w/.-])`, 'g');
  for (const { kind, span } of target.instructions) {
    const text = model.source.text.slice(span.start, span.end);
    if (/\b(?:gosu|su-exec|setpriv|runuser|chpst|sudo|su -|sshd|nopasswd)\b/i.test(text))
      return true;
    if (kind === 'ENV' || kind === 'CMD' || kind === 'ENTRYPOINT' || kind === 'ARG')
      if (mention.test(text)) return true;
  }
  return false;
}

function addBeforeStart(model: Model, target: Stage, name: string): Fix | undefined {
  const start = target.instructions.find(({ kind }) => kind === 'CMD' || kind === 'ENTRYPOINT');
  if (start === undefined || start.onbuild === true) return undefined;
  const later = target.instructions.some(
    ({ kind, span }) => kind === 'RUN' && span.start > start.span.start,
  );
  if (later) return undefined;
  return addLineAbove(model, start, `USER ${name}`);
}
