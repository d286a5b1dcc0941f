/** tally labels/no-duplicate-keys. */
import { rule, type Fix } from '../../lint/rule.ts';
import type { Model } from '../../model/model.ts';
import type { Assign, Instruction, Pair } from '../../syntax/tree.ts';
import { dockerfile } from '../../text/dedent.ts';
import { remove } from '../../text/edit.ts';
import { t } from '../../text/translated.ts';
import { withoutLine } from '../../lint/edits/lines.ts';

interface Placed {
  readonly pair: Pair;
  readonly label: Assign;
}

export default rule({
  summary: 'Set each label once in a stage',
  why: 'The last value of a label replaces the ones before it. Two values in one stage are mostly a copy that was not finished, and the first is read by nobody.',
  severity: 'warning',
  fix: 'safe',
  since: '0.1.0',
  also: { tally: ['tally/labels/no-duplicate-keys'] },
  links: ['https://docs.docker.com/reference/dockerfile/#label'],
  on: { instructions: ['LABEL'] },
  examples: [
    {
      bad: dockerfile`
        FROM alpine:3.22
        LABEL «version»="1.0"
        LABEL version="1.1"
      `,
      good: dockerfile`
        FROM alpine:3.22
        LABEL version="1.1"
      `,
    },
  ],
  check({ model, report }) {
    for (const { instructions } of model.stages) {
      const seen = new Map<string, Placed>();
      for (const { pair, label } of placed(instructions)) {
        const name = pair.key.text;
        const before = seen.get(name);
        seen.set(name, { pair, label });
        if (before === undefined) continue;
        const fix = without(model, before);
        report({
          at: before.pair.key,
          message: t('A later value replaces this one of `{0}`', name),
          related: [{ at: pair.key, message: t('The one that counts') }],
          tag: 'unnecessary',
          ...(fix && { fix }),
        });
      }
    }
  },
});

function placed(instructions: readonly Instruction[]): readonly Placed[] {
  return instructions.flatMap((label) =>
    label.kind === 'LABEL'
      ? label.pairs.filter(({ key }) => key.variables.length === 0).map((pair) => ({ pair, label }))
      : [],
  );
}

/** With the blanks before it; a label of one pair goes with its line. */
function without(model: Model, { pair, label }: Placed): Fix | undefined {
  const title = t('Remove it');
  if (label.pairs.length === 1) return { title, edits: [withoutLine(model, label)] };
  const i = label.pairs.indexOf(pair);
  const next = label.pairs[i + 1];
  const before = label.pairs[i - 1];
  const place = next
    ? { start: pair.span.start, end: next.span.start }
    : { start: before?.span.end ?? pair.span.start, end: pair.span.end };
  // A comment between the two belongs to one of them, and nobody can tell to which.
  if (model.tree.text.slice(place.start, place.end).includes('\n#')) return undefined;
  return { title, edits: [remove(place)] };
}
