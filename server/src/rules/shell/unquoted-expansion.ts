/** ShellCheck SC2046 and SC2086. Off: nearly all findings in real files are paths without spaces, or lists that must be split. */
import { rule } from '../../lint/rule.ts';
import { dockerfile } from '../../text/dedent.ts';
import { insert } from '../../text/edit.ts';
import type { Span } from '../../text/span.ts';
import { t } from '../../text/translation.ts';
import { findSplitWords } from '../../shell/analysis/word-splitting.ts';

export default rule({
  summary: 'Quote variables and command substitutions',
  why: 'Without quotes, the shell splits the value at whitespace and expands `*` and `?` in it: a path with a space becomes two arguments, and an empty value becomes none.\n\nThis rule is off by default, because most unquoted values in Dockerfiles are paths without spaces, or lists that must be split.',
  severity: 'off',
  fix: 'unsafe',
  since: '0.1.0',
  formerly: ['words-split'],
  also: { hadolint: ['SC2046', 'SC2086'] },
  links: ['https://www.shellcheck.net/wiki/SC2086', 'https://www.shellcheck.net/wiki/SC2046'],
  on: { instructions: ['RUN'] },
  examples: [
    {
      bad: dockerfile`
        FROM alpine:3.22
        RUN dir=$(mktemp -d) && cp /etc/hosts «$dir»/hosts && rm -r «$dir»
      `,
      good: dockerfile`
        FROM alpine:3.22
        RUN dir=$(mktemp -d) && cp /etc/hosts "$dir"/hosts && rm -r "$dir"
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
    const { text } = model.source;
    for (const run of model.each('RUN')) {
      if (!mayExpand(text, run.span)) continue;
      const script = model.script(run);
      if (script?.dialect !== 'sh' && script?.dialect !== 'bash') continue;
      const { variables } = model.stateAt(run);
      // A variable that the Dockerfile declares is assumed to be one word, as in hadolint.
      const isDeclared = (name: string): boolean =>
        !shellCheckNames.has(name) && variables.has(name);
      for (const { code, span } of findSplitWords(script.statements, isDeclared)) {
        report({
          at: { span },
          message:
            code === 'SC2086'
              ? t('This unquoted value is split at whitespace')
              : t('This unquoted command output is split at whitespace'),
          also: [code],
          fix: {
            title: t('Add double quotes'),
            edits: [insert(span.start, '"'), insert(span.end, '"')],
            safe: false,
          },
        });
      }
    }
  },
});

/** Whether a step can contain an expansion. Most steps have none, and their words need not be read. */
function mayExpand(text: string, { start, end }: Span): boolean {
  const written = text.slice(start, end);
  return written.includes('$') || written.includes('`');
}

/** Variables that ShellCheck knows. */
const shellCheckNames: ReadonlySet<string> = new Set(['PATH', 'IFS', 'HOME', 'SHELL', 'PWD']);
