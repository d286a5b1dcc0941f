/** ShellCheck SC2155, where the command is one that fails: that `mktemp` makes nothing is not heard of. */
import { rule, type Fix } from '../../lint/rule.ts';
import type { CommandAt } from '../../model/model.ts';
import { nameOf } from '../../shell/commands.ts';
import type { ShellWord, Statement } from '../../shell/script.ts';
import { dockerfile } from '../../text/dedent.ts';
import { replace } from '../../text/edit.ts';
import { t } from '../../text/translated.ts';

const names = ['export', 'readonly', 'local', 'declare', 'typeset'];

/** They tell what is always there, or print what they are given. */
const sure = new Set(['arch', 'basename', 'date', 'dirname', 'echo', 'hostname', 'id', 'mktemp', 'nproc', 'printf', 'pwd', 'uname', 'whoami']); // prettier-ignore

export default rule({
  summary: 'Assign what a command prints before the variable is exported',
  why: '`export A=$(command)` succeeds whatever becomes of the command: what counts is `export`. The step goes on with an empty variable. As two commands, the failure ends it.',
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
        const fix = apart(at, word, name);
        report({
          at: { span: { start, end: start + name.length } },
          message: t('Whether the command for `{0}` fails is lost', name),
          ...(fix && { fix }),
        });
      }
    }
  },
});

/** The variable that is given what a command prints. */
function nameOfMasked({ raw, scripts }: ShellWord): string | undefined {
  if (scripts.length === 0) return undefined;
  const [, name, value = ''] = /^([A-Za-z_]\w*)\+?=(.*)$/s.exec(raw) ?? [];
  // Nor does a process that is read like a file say whether it failed.
  if (/^[<>]\(/.test(value) || scripts.every(isSure)) return undefined;
  return name;
}

function isSure(statement: Statement): boolean {
  if (statement.kind !== 'command') return false;
  const name = nameOf(statement);
  if (name === 'dpkg') return statement.args[0]?.text === '--print-architecture';
  return name !== undefined && sure.has(name);
}

/** Only where the two may stand in a chain, and nothing else is said of the variable. */
function apart({ command, inside }: CommandAt, word: ShellWord, name: string): Fix | undefined {
  const { name: exporting, args, assignments, redirects } = command;
  if (exporting?.raw !== 'export' || args.length > 1) return undefined;
  if (assignments.length > 0 || redirects.length > 0) return undefined;
  const around = inside.at(-1);
  const inChain = around?.kind === 'chain' && around.operators.every(({ text }) => text === '&&');
  if (around !== undefined && !inChain) return undefined;
  const text = `${word.raw} && export ${name}`;
  const isShort = text.length <= 60;
  return {
    title: isShort ? t('Write {0}', text) : t('Assign it first'),
    edits: [replace(command.span, text)],
    safe: false,
  };
}
