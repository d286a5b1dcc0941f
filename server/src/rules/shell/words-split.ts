/** ShellCheck SC2046 and SC2086. Off: nearly all that it finds in real files is a path without blanks, or a list that is meant to be split. */
import { rule } from '../../lint/rule.ts';
import { dockerfile } from '../../text/dedent.ts';
import { insert } from '../../text/edit.ts';
import type { Span } from '../../text/span.ts';
import { t } from '../../text/translated.ts';
import { splitWords } from '../../shell/analysis/word-splitting.ts';

export default rule({
  summary: 'Quote variables and what commands print',
  why: 'Without quotes a shell splits the value at its blanks and takes `*` and `?` in it for patterns: a folder with a space in its name is two, and an empty one is none. Where a list is to be split, the quotes are left out on purpose.',
  severity: 'off',
  fix: 'unsafe',
  since: '0.1.0',
  also: { hadolint: ['SC2046', 'SC2086'] },
  links: ['https://www.shellcheck.net/wiki/SC2086', 'https://www.shellcheck.net/wiki/SC2046'],
  on: { instructions: ['RUN'] },
  examples: [
    {
      bad: dockerfile`
        FROM alpine:3.22
        RUN folder=$(mktemp -d) && cp /etc/hosts «$folder»/hosts && rm -r «$folder»
      `,
      good: dockerfile`
        FROM alpine:3.22
        RUN folder=$(mktemp -d) && cp /etc/hosts "$folder"/hosts && rm -r "$folder"
      `,
    },
    {
      bad: dockerfile`
        FROM alpine:3.22
        RUN ln -s «$(readlink -f /bin/sh)» /srv/shell
      `,
      good: dockerfile`
        FROM alpine:3.22
        RUN ln -s "$(readlink -f /bin/sh)" /srv/shell
      `,
    },
  ],
  check({ model, report }) {
    const { text } = model.tree;
    for (const run of model.each('RUN')) {
      if (!mayExpand(text, run.span)) continue;
      const script = model.script(run);
      if (script?.dialect !== 'sh' && script?.dialect !== 'bash') continue;
      const { variables } = model.stateAt(run);
      // What the file declares is one word unless its author knows better, as hadolint has it.
      const isDeclared = (name: string): boolean => !ownNames.has(name) && variables.has(name);
      for (const { code, span } of splitWords(script.statements, isDeclared)) {
        report({
          at: { span },
          message:
            code === 'SC2086'
              ? t('The value is split into words where it has blanks')
              : t('What it prints is split into words at its blanks'),
          also: [code],
          fix: {
            title: t('Put it in quotes'),
            edits: [insert(span.start, '"'), insert(span.end, '"')],
            safe: false,
          },
        });
      }
    }
  },
});

/** Whether a shell puts anything in: most steps are known to have nothing of the kind without a look at their words. */
function mayExpand(text: string, { start, end }: Span): boolean {
  const written = text.slice(start, end);
  return written.includes('$') || written.includes('`');
}

/** ShellCheck knows these itself. */
const ownNames: ReadonlySet<string> = new Set(['PATH', 'IFS', 'HOME', 'SHELL', 'PWD']);
