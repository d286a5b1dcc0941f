/** hadolint DL3004. */
import { rule } from '../../lint/rule.ts';
import type { ShellWord } from '../../shell/script.ts';
import { dockerfile } from '../../text/dedent.ts';
import { remove } from '../../text/edit.ts';
import { t } from '../../text/translated.ts';

export default rule({
  summary: 'Change users with USER instead of sudo',
  why: 'A build runs as root until `USER` says otherwise, so `sudo` does nothing there; after it, `sudo` undoes the very thing. It also hides signals and environment from the program.',
  severity: 'warning',
  fix: 'unsafe',
  since: '0.1.0',
  also: { hadolint: ['DL3004'] },
  links: ['https://github.com/hadolint/hadolint/wiki/DL3004'],
  on: { commands: ['sudo'] },
  examples: [
    {
      bad: dockerfile`
        FROM debian:trixie-slim
        RUN «sudo» mkdir /data
      `,
      good: dockerfile`
        FROM debian:trixie-slim
        RUN mkdir /data
      `,
    },
  ],
  check({ model, report }) {
    for (const { command, via, run } of model.commands('sudo')) {
      const { name, args } = command;
      const [first] = args;
      if (name === undefined) continue;
      const user = model.stateAt(run).user?.text ?? 'root';
      // `sudo VAR=x command` and `sudo -u user` do more than to lift rights.
      const plain = first !== undefined && !/^-|=/.test(first.text);
      report({
        at: name,
        message: namesUser(args)
          ? t('`sudo` changes the user for one command: `USER` does it for the steps that follow')
          : t('`sudo` in a build: steps run as root until `USER` says otherwise'),
        ...(plain &&
          via !== 'nested' &&
          /^(?:root|0)(?::|$)/.test(user) && {
            fix: {
              title: t('Remove sudo'),
              edits: [remove({ start: name.span.start, end: first.span.start })],
              safe: false,
            },
          }),
      });
    }
  },
});

/** `-u user` among the options in front of the command, whose own options are not asked. */
function namesUser(args: readonly ShellWord[]): boolean {
  for (const { text } of args) {
    if (/^(?:-[A-Za-z]*u|--user)/.test(text)) return true;
    if (!text.startsWith('-') || text === '--') return false;
  }
  return false;
}
