/** Not in other linters. `-m` of `mkdir` and `install` sets the mode, `-m` of `touch` does not. */
import { rule, type Fix } from '../../lint/rule.ts';
import type { CommandAt } from '../../model/model.ts';
import type { ShellWord } from '../../shell/script.ts';
import { dockerfile } from '../../text/dedent.ts';
import { replace } from '../../text/edit.ts';
import { t } from '../../text/translation.ts';

export default rule({
  summary: 'Set file permissions with `chmod` or `install`, not with `touch -m`',
  why: '`touch -m` changes the modification time and does not accept a value. `touch -m 600 keys` creates two files, `600` and `keys`, both with default permissions. `install -m 600 /dev/null keys` creates an empty file with the given permissions.',
  severity: 'warning',
  fix: 'unsafe',
  since: '0.1.0',
  links: ['https://www.gnu.org/software/coreutils/manual/html_node/touch-invocation.html'],
  on: { commands: ['touch'] },
  examples: [
    {
      bad: dockerfile`
        FROM debian:trixie-slim
        RUN mkdir -m 700 /keys && touch «-m 600» /keys/known_hosts
      `,
      good: dockerfile`
        FROM debian:trixie-slim
        RUN mkdir -m 700 /keys && touch /keys/known_hosts && chmod 600 /keys/known_hosts
      `,
    },
  ],
  check({ model, report }) {
    for (const at of model.commands('touch')) {
      const { args } = at.command;
      const i = args.findIndex(({ text }) => /^-[a-z]*m$/.test(text));
      const [option, mode, ...files] = args.slice(i < 0 ? args.length : i);
      if (option === undefined || mode === undefined || !/^0?[0-7]{3}$/.test(mode.text)) continue;
      const fixes = i === 0 && option.text === '-m' ? fixesOf(at, mode, files) : [];
      const [fix, ...others] = fixes;
      report({
        at: { span: { start: option.span.start, end: mode.span.end } },
        message: t('`touch` does not set permissions; this creates a file named `{0}`', mode.text),
        ...(fix && { fix }),
        ...(others.length > 0 && { others }),
      });
    }
  },
});

function fixesOf(
  { command, ancestors, via }: CommandAt,
  mode: ShellWord,
  files: readonly ShellWord[],
): readonly Fix[] {
  if (files.length === 0 || via !== 'direct') return [];
  const names = files.map(({ raw }) => raw).join(' ');
  // After `||` or in a pipe, two commands cannot replace one.
  const isAndChain = ancestors.every(
    (one) => one.kind === 'chain' && one.operators.every(({ text }) => text === '&&'),
  );
  const replaceWith = (text: string): Fix => ({
    title: t('Replace with `{0}`', text),
    edits: [replace(command.span, text)],
    safe: false,
  });
  return [
    ...(isAndChain ? [replaceWith(`touch ${names} && chmod ${mode.text} ${names}`)] : []),
    ...(files.length === 1 ? [replaceWith(`install -m ${mode.text} /dev/null ${names}`)] : []),
  ];
}
