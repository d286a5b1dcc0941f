/** ShellCheck SC1086. */
import { rule } from '../../lint/rule.ts';
import type { Statement } from '../../shell/script.ts';
import { dockerfile } from '../../text/dedent.ts';
import { remove } from '../../text/edit.ts';
import type { Span } from '../../text/span.ts';
import { t } from '../../text/translated.ts';
import { blocksIn } from '../../shell/analysis/blocks.ts';

export default rule({
  summary: 'Name the variable of a loop without `$`',
  why: '`for` sets a variable, and wants its name. With `$` the shell stops with “bad for loop variable”, or “not a valid identifier”.',
  severity: 'error',
  fix: 'safe',
  since: '0.1.0',
  also: { hadolint: ['SC1086'] },
  links: ['https://www.shellcheck.net/wiki/SC1086'],
  on: { instructions: ['RUN'], words: ['for $'] },
  examples: [
    {
      bad: dockerfile`
        FROM alpine:3.22
        RUN for «$name» in a b; do touch "/srv/$name"; done
      `,
      good: dockerfile`
        FROM alpine:3.22
        RUN for name in a b; do touch "/srv/$name"; done
      `,
    },
  ],
  check({ model, report }) {
    for (const run of model.each('RUN')) {
      const { text } = model.tree;
      if (!text.slice(run.span.start, run.span.end).includes('for $')) continue;
      for (const block of blocksIn(model.script(run)?.statements ?? [])) {
        const span = signed(block, text);
        if (span === undefined) continue;
        const name = text.slice(span.start + 1, span.end);
        report({
          at: { span },
          message: t('`for` wants the name of a variable: `{0}`, without `$`', name),
          fix: {
            title: t('Write {0}', name),
            edits: [remove({ start: span.start, end: span.start + 1 })],
          },
        });
      }
    }
  },
});

/** The variable of a loop that has a sign before its name. */
function signed(block: Statement, text: string): Span | undefined {
  if (block.kind !== 'block' || block.opener !== 'for') return undefined;
  const { span } = block.variable ?? {};
  return span && /^\$[A-Za-z_]\w*$/.test(text.slice(span.start, span.end)) ? span : undefined;
}
