/** ShellCheck SC2155, except for commands that hardly ever fail, such as `mktemp`. */
import { rule, type Fix } from '../../lint/rule.ts';
import type { CommandAt } from '../../model/model.ts';
import { isReliable } from '../../shell/analysis/reliable-commands.ts';
import type { ShellWord } from '../../shell/script.ts';
import { dockerfile } from '../../text/dedent.ts';
import { replace } from '../../text/edit.ts';
import { t } from '../../text/translation.ts';

const names = ['export', 'readonly', 'local', 'declare', 'typeset'];

export default rule({
  summary: 'Assign and `export` separately to keep the exit status',
  why: '`export A=$(command)` has the exit status of `export`, which is 0 even if the command fails. The step then continues with an empty variable. With `A=$(command) && export A`, a failure ends the step.\n\nCommands that hardly ever fail, such as `pwd` and `uname`, are not reported.',
  severity: 'info',
  fix: 'unsafe',
  since: '0.1.0',
  also: { hadolint: ['SC2155'] },
  links: ['https://www.shellcheck.net/wiki/SC2155'],
  on: { commands: names },
  examples: [
    {
      bad: dockerfile`
        FROM alpine:3.22
        RUN export «VERSION»="$(cat /srv/version)" && make
      `,
      good: dockerfile`
        FROM alpine:3.22
        RUN VERSION="$(cat /srv/version)" && export VERSION && make
      `,
    },
  ],
  check({ model, report }) {
    for (const at of model.commands(...names)) {
      if (at.via !== 'direct') continue;
      for (const word of at.command.args) {
        const name = nameOfMasked(word);
        if (name === undefined) continue;
        const { start } = word.span;
        const fix = separate(at, word, name);
        report({
          at: { span: { start, end: start + name.length } },
          message: t('The exit status of the command that sets `{0}` is ignored', name),
          ...(fix && { fix }),
        });
      }
    }
  },
});

/** The variable that is set to the output of a command. */
function nameOfMasked({ raw, scripts }: ShellWord): string | undefined {
  if (scripts.length === 0) return undefined;
  const [, name, value = ''] = /^([A-Za-z_]\w*)\+?=(.*)$/s.exec(raw) ?? [];
  // The exit status of a process substitution is not available either.
  if (/^[<>]\(/.test(value) || scripts.every(isReliable)) return undefined;
  return name;
}

/** Where both commands can be part of a chain, and the command exports only this variable. */
function separate(
  { command, ancestors }: CommandAt,
  word: ShellWord,
  name: string,
): Fix | undefined {
  const { name: exporting, args, assignments, redirects } = command;
  if (exporting?.raw !== 'export' || args.length > 1) return undefined;
  if (assignments.length > 0 || redirects.length > 0) return undefined;
  const parent = ancestors.at(-1);
  const inChain = parent?.kind === 'chain' && parent.operators.every(({ text }) => text === '&&');
  if (parent !== undefined && !inChain) return undefined;
  const text = `${word.raw} && export ${name}`;
  const isShort = text.length <= 60;
  return {
    title: isShort ? t('Replace with `{0}`', text) : t('Separate assignment and `export`'),
    edits: [replace(command.span, text)],
    safe: false,
  };
}
