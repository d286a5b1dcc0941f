/** No equivalent in hadolint, BuildKit or tally. */
import { rule } from '../../lint/rule.ts';
import type { CommandAt } from '../../model/model.ts';
import { invoke } from '../../programs/program.ts';
import { useradd } from '../../programs/useradd.ts';
import { nameOf } from '../../shell/commands.ts';
import type { ShellWord } from '../../shell/script.ts';
import { dockerfile } from '../../text/dedent.ts';
import { encloses } from '../../text/span.ts';
import { t } from '../../text/translation.ts';

const passwords = ['chpasswd', 'passwd'];

export default rule({
  summary: 'Do not set user passwords in the image',
  why: 'Anyone with the image can read the password in its history, or the hash in `/etc/shadow`, and both are the same in every container. `docker exec` does not need a password. If users have to log in to the container, use SSH keys, or set the password when the container starts.',
  severity: 'warning',
  since: '0.1.0',
  links: ['https://docs.docker.com/build/building/best-practices/#user'],
  on: { commands: [...passwords, ...useradd.names] },
  examples: [
    {
      bad: dockerfile`
        FROM debian:trixie-slim
        RUN useradd --create-home app && echo «app:changeme» | chpasswd
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
    const message = t('Anyone with the image or this file can read this password');
    const { text } = model.source;
    if (!text.includes('passwd') && !text.includes('user')) return;
    for (const at of model.commands(...passwords)) {
      const word = pipedPassword(at);
      if (word) report({ at: word, message });
    }
    for (const { command } of model.commands(...useradd.names)) {
      if (!command.args.some((word) => /^(?:--password|-\w*p)/.test(word.text))) continue;
      const value = invoke(command, useradd)?.value('-p', '--password');
      if (value && isLiteral(value) && !/^[*!x]*$/.test(value.text)) report({ at: value, message });
    }
  },
});

/** The literal password that is piped or redirected to the command. */
function pipedPassword({ command, ancestors }: CommandAt): ShellWord | undefined {
  const here = command.redirects.find(({ operator }) => operator.startsWith('<<'));
  const text = here?.body ?? (here?.operator === '<<<' ? here.target : undefined);
  if (text) return isPassword(text, command) ? text : undefined;
  const pipe = ancestors.findLast(({ kind }) => kind === 'pipeline');
  if (pipe?.kind !== 'pipeline') return undefined;
  const index = pipe.parts.findIndex(({ span }) => encloses(span, command.span));
  const before = pipe.parts[index - 1];
  if (before?.kind !== 'command' || !/^(?:echo|printf)$/.test(nameOf(before) ?? ''))
    return undefined;
  return before.args.find((word) => isPassword(word, command));
}

function isPassword(word: ShellWord, command: CommandAt['command']): boolean {
  if (!isLiteral(word)) return false;
  if (nameOf(command) === 'passwd') return !/^-|^%s/.test(word.text);
  return /^\s*[\w-]+:[^%\s]/.test(word.text);
}

function isLiteral({ variables, scripts }: ShellWord): boolean {
  return variables.length === 0 && scripts.length === 0;
}
