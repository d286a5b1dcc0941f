/** ShellCheck SC1086. */
import { rule } from '../../lint/rule.ts';
import type { Statement } from '../../shell/script.ts';
import { dockerfile } from '../../text/dedent.ts';
import { remove } from '../../text/edit.ts';
import type { Span } from '../../text/span.ts';
import { t } from '../../text/translation.ts';
import { blocksIn } from '../../shell/analysis/blocks.ts';

export default rule({
  summary: 'Do not use `$` before the variable name of a `for` loop',
  why: '`for` requires the name of a variable, not its value. With `$`, the shell fails with "bad for loop variable" or "not a valid identifier".',
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
      const { text } = model.source;
      if (!text.slice(run.span.start, run.span.end).includes('for $')) continue;
      for (const block of blocksIn(model.script(run)?.statements ?? [])) {
        const span = variableWithDollar(block, text);
        if (span === undefined) continue;
        const name = text.slice(span.start + 1, span.end);
        report({
          at: { span },
          message: t('The loop variable must be `{0}`, without `$`', name),
          fix: {
            title: t('Remove `{0}`', '$'),
            edits: [remove({ start: span.start, end: span.start + 1 })],
          },
        });
      }
    }
  },
});

/** The variable of a loop that is written with `$`. */
function variableWithDollar(block: Statement, text: string): Span | undefined {
  if (block.kind !== 'block' || block.opener !== 'for') return undefined;
  const { span } = block.variable ?? {};
  return span && /^\$[A-Za-z_]\w*$/.test(text.slice(span.start, span.end)) ? span : undefined;
}
