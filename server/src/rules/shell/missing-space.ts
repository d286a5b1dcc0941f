/** ShellCheck SC1020, SC1035 and SC1054. */
import { rule, type Problem } from '../../lint/rule.ts';
import type { Command, ShellWord } from '../../shell/script.ts';
import { dockerfile } from '../../text/dedent.ts';
import { insert } from '../../text/edit.ts';
import { t } from '../../text/translation.ts';

/** A keyword or bracket that must be a separate word but is followed directly by other characters. */
const missingSpace = /^(?:(!)[^\s(=!]|(\[\[?)[^\s[\]]|(\{)[A-Za-z/"$])/;

export default rule({
  summary: 'Put spaces around `[`, `]`, `{` and `!`',
  why: 'In a shell, `[` is a command and `]` its last argument, and `!` and `{` are keywords: each must be a separate word. `[-f a]` runs a command named `[-f`, and `[ -f a]` fails because its `]` is missing.',
  severity: 'error',
  fix: 'unsafe',
  since: '0.1.0',
  formerly: ['space-missing'],
  also: { hadolint: ['SC1020', 'SC1035', 'SC1054'] },
  links: ['https://www.shellcheck.net/wiki/SC1035', 'https://www.shellcheck.net/wiki/SC1020'],
  on: { commands: [/^[![{]/] },
  examples: [
    {
      bad: dockerfile`
        FROM alpine:3.22
        RUN if «[»-f /etc/hosts ]; then touch /srv/here; fi
      `,
      good: dockerfile`
        FROM alpine:3.22
        RUN if [ -f /etc/hosts ]; then touch /srv/here; fi
      `,
    },
    {
      bad: dockerfile`
        FROM alpine:3.22
        RUN [ -f /etc/hosts«]» || touch /etc/hosts
      `,
      good: dockerfile`
        FROM alpine:3.22
        RUN [ -f /etc/hosts ] || touch /etc/hosts
      `,
    },
  ],
  check({ model, report }) {
    for (const { command, run, via } of model.commands(/^[![{]/)) {
      const problem = via === 'direct' ? (opening(command) ?? closing(command)) : undefined;
      if (problem === undefined) continue;
      const { dialect } = model.script(run) ?? {};
      if (dialect === 'sh' || dialect === 'bash') report(problem);
    }
  },
});

function opening({ name }: Command): Problem | undefined {
  const match = missingSpace.exec(name?.raw ?? '');
  if (name === undefined || match === null || isBraceExpansion(name)) return undefined;
  const [, negation, bracket, brace] = match;
  const token = negation ?? bracket ?? brace ?? '';
  const end = name.span.start + token.length;
  return {
    at: { span: { start: name.span.start, end } },
    message: t('Missing space after `{0}`', token),
    also: [brace === undefined ? 'SC1035' : 'SC1054'],
    fix: { title: t('Add a space'), edits: [insert(end, ' ')], safe: false },
  };
}

/** Whether a word is a brace expansion such as `{a,b}`. */
function isBraceExpansion({ raw }: ShellWord): boolean {
  return /^\{[^}]*(?:,|\.\.)[^}]*\}/.test(raw);
}

function closing({ name, args }: Command): Problem | undefined {
  const last = args.at(-1);
  if (name?.raw !== '[' || last === undefined) return undefined;
  if (last.raw === ']' || !/^[^[]+\]$/.test(last.raw) || args.some(({ raw }) => raw === ']'))
    return undefined;
  const { end } = last.span;
  return {
    at: { span: { start: end - 1, end } },
    message: t('Missing space before `{0}`', ']'),
    also: ['SC1020'],
    fix: { title: t('Add a space'), edits: [insert(end - 1, ' ')], safe: false },
  };
}
