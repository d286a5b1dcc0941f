/** tally labels/prefer-grouped. Off: labels do not add layers, so it is a matter of taste. */
import { rule } from '../../lint/rule.ts';
import type { Model } from '../../model/model.ts';
import type { Assign } from '../../syntax/tree.ts';
import { dockerfile } from '../../text/dedent.ts';
import { remove, replace, type Edit } from '../../text/edit.ts';
import { slice } from '../../text/span.ts';
import { t } from '../../text/translation.ts';
import { lineBreak } from '../../lint/edits/lines.ts';

export default rule({
  summary: 'Combine consecutive `LABEL` instructions',
  why: 'One `LABEL` with a pair on each line is shorter and easier to read than several instructions.\n\nThis rule is off by default: labels have not added separate layers since Docker 1.10, so it is a matter of taste.',
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
        const edits = combine(model, first, second);
        if (edits === undefined) continue;
        report({
          at: second.keyword,
          message: t('This `LABEL` can be combined with the previous one'),
          related: [{ at: first, message: t('Previous `LABEL`') }],
          fix: { title: t('Combine the `LABEL` instructions'), edits },
        });
      }
    }
  },
});

/** Only where nothing but whitespace is between the instructions. */
function combine(model: Model, first: Assign, second: Assign): readonly Edit[] | undefined {
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
