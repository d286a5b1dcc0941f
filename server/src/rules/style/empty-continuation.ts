/** BuildKit NoEmptyContinuation (parser.go): reported once for an instruction. BuildKit plans to make it an error. */
import { rule } from '../../lint/rule.ts';
import { emptyContinuation } from '../../lint/parts.ts';
import { instructionStart } from '../../syntax/instruction-start.ts';
import { dockerfile } from '../../text/dedent.ts';
import { remove } from '../../text/edit.ts';
import type { Span } from '../../text/span.ts';
import { t } from '../../text/translation.ts';

export default rule({
  summary: 'Remove empty lines inside continued instructions',
  why: 'BuildKit skips an empty line after a line continuation, but has announced that it will become an error in a future release. Comment lines are still allowed inside the instruction.',
  severity: 'warning',
  fix: 'safe',
  since: '0.1.0',
  also: { buildkit: ['NoEmptyContinuation'] },
  links: ['https://docs.docker.com/reference/build-checks/no-empty-continuation/'],
  on: { parts: emptyContinuation },
  examples: [
    {
      bad: dockerfile`
        FROM alpine:3.22
        RUN apk add --no-cache \
              curl \
        «
        »      git
      `,
      good: dockerfile`
        FROM alpine:3.22
        RUN apk add --no-cache \
              curl \
              git
      `,
    },
  ],
  check({ model, report }) {
    const { instructions, emptyContinuations: empty } = model.tree;
    if (empty.length === 0) return;
    const starts = instructions.map((instruction) => instructionStart(model.tree, instruction));
    let next = 0;
    for (const [i, from] of starts.entries()) {
      // At the end of a file, empty lines come after the instruction that they continue.
      const end = starts[i + 1] ?? Infinity;
      const inside: Span[] = [];
      for (let one = empty[next]; one !== undefined && one.start < end; one = empty[++next])
        if (one.start > from) inside.push(one);
      const last = inside.at(-1);
      if (last === undefined) continue;
      report({
        at: { span: last },
        message: t('Empty line inside a continued instruction'),
        fix: {
          title: inside.length > 1 ? t('Remove empty lines') : t('Remove empty line'),
          edits: inside.map((it) => remove(it)),
        },
      });
    }
  },
});
