/** tally labels/prefer-grouped. Off: since labels cost no layers, it is a matter of taste. */
import { rule } from '../../lint/rule.ts';
import type { Model } from '../../model/model.ts';
import type { Assign } from '../../syntax/tree.ts';
import { dockerfile } from '../../text/dedent.ts';
import { remove, replace, type Edit } from '../../text/edit.ts';
import { slice } from '../../text/span.ts';
import { t } from '../../text/translated.ts';
import { lineBreak } from '../../lint/edits/lines.ts';

export default rule({
  summary: 'Write labels that follow each other in one LABEL',
  why: 'One instruction with a pair on each line is shorter to read than a column of `LABEL`. Labels have cost no layers of their own since Docker 1.10, so that this is a matter of taste.',
  severity: 'off',
  fix: 'safe',
  since: '0.1.0',
  also: { tally: ['tally/labels/prefer-grouped'] },
  links: ['https://docs.docker.com/reference/dockerfile/#label'],
  on: { instructions: ['LABEL'] },
  examples: [
    {
      bad: dockerfile`
        FROM alpine:3.22
        LABEL maintainer="images@example.org"
        «LABEL» version="1.1"
      `,
      good: dockerfile`
        FROM alpine:3.22
        LABEL maintainer="images@example.org" \
              version="1.1"
      `,
    },
  ],
  check({ model, report }) {
    for (const { instructions } of model.stages) {
      for (const [i, second] of instructions.entries()) {
        const first = instructions[i - 1];
        if (second.kind !== 'LABEL' || first?.kind !== 'LABEL') continue;
        const edits = joined(model, first, second);
        if (edits === undefined) continue;
        report({
          at: second.keyword,
          message: t('This and the `LABEL` above could be one'),
          related: [{ at: first, message: t('The one above') }],
          fix: { title: t('Join them'), edits },
        });
      }
    }
  },
});

/** Where nothing stands between, and no value of the second asks for what a pair of the first could be. */
function joined(model: Model, first: Assign, second: Assign): readonly Edit[] | undefined {
  const { text, escape } = model.tree;
  const isLegacy = [...first.pairs, ...second.pairs].some(({ legacy }) => legacy);
  const between = { start: first.span.end, end: second.span.start };
  const [pair] = second.pairs;
  if (isLegacy || pair === undefined || !/^\s*$/.test(slice(text, between))) return undefined;
  const indent = ' '.repeat(first.keyword.raw.length + 1);
  return [
    replace(between, ` ${escape}${lineBreak(model)}${indent}`),
    remove({ start: second.span.start, end: pair.span.start }),
  ];
}
