/** tally labels/no-duplicate-keys. */
import { rule, type Fix, type Problem, type RuleContext } from '../../lint/rule.ts';
import type { Model } from '../../model/model.ts';
import type { Assign, Pair } from '../../syntax/tree.ts';
import { dockerfile } from '../../text/dedent.ts';
import { remove } from '../../text/edit.ts';
import { t } from '../../text/translation.ts';
import { removeLine } from '../../lint/edits/lines.ts';

interface LabelPair {
  readonly pair: Pair;
  /** Its index in the instruction. */
  readonly index: number;
  readonly label: Assign;
}

export default rule({
  summary: 'Set each label only once per stage',
  why: 'The last value of a label replaces earlier ones, so the earlier value in the same stage has no effect. Often a line was copied and its key was not changed.',
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
      const seen = new Map<string, LabelPair>();
      for (const label of instructions)
        if (label.kind === 'LABEL') reportRepeated({ model, report }, label, seen);
    }
  },
});

/** Reports the pairs before a label that it sets again, and adds its own. */
function reportRepeated(
  { model, report }: Pick<RuleContext<undefined>, 'model' | 'report'>,
  label: Assign,
  seen: Map<string, LabelPair>,
): void {
  for (const [index, pair] of label.pairs.entries()) {
    if (pair.key.variables.length > 0) continue;
    const before = seen.get(pair.key.text);
    seen.set(pair.key.text, { pair, index, label });
    if (before !== undefined) report(problem(model, before, pair));
  }
}

function problem(model: Model, before: LabelPair, pair: Pair): Problem {
  const fix = removePair(model, before);
  return {
    at: before.pair.key,
    message: t('No effect: label `{0}` is set again later', pair.key.text),
    related: [{ at: pair.key, message: t('This one takes effect') }],
    tag: 'unnecessary',
    ...(fix && { fix }),
  };
}

/** Removes the pair with the whitespace before it, or the whole line if it is the only pair. */
function removePair(model: Model, { pair, index, label }: LabelPair): Fix | undefined {
  const title = t('Remove duplicate label `{0}`', pair.key.text);
  if (label.pairs.length === 1) return { title, edits: [removeLine(model, label)] };
  const next = label.pairs[index + 1];
  const before = label.pairs[index - 1];
  const place = next
    ? { start: pair.span.start, end: next.span.start }
    : { start: before?.span.end ?? pair.span.start, end: pair.span.end };
  // It is unclear to which of the two a comment between them belongs.
  if (model.source.text.slice(place.start, place.end).includes('\n#')) return undefined;
  return { title, edits: [remove(place)] };
}
