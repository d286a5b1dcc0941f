/** hadolint DL3044: the values of one ENV all see what was set before it. */
import { rule, type Fix, type Report } from '../../lint/rule.ts';
import type { Model } from '../../model/model.ts';
import type { Pair } from '../../syntax/tree.ts';
import { dockerfile } from '../../text/dedent.ts';
import { replace } from '../../text/edit.ts';
import { span } from '../../text/span.ts';
import { t } from '../../text/translated.ts';
import { lineBreak } from '../../lint/edits/lines.ts';

export default rule({
  summary: 'Use a variable in a later ENV than the one that sets it',
  why: 'All values of one `ENV` see the variables as they were before it. One that the same instruction sets is still empty, and so is whatever is made of it.',
  severity: 'warning',
  fix: 'unsafe',
  since: '0.1.0',
  also: { hadolint: ['DL3044'] },
  links: ['https://docs.docker.com/reference/dockerfile/#environment-replacement'],
  on: { instructions: ['ENV'] },
  examples: [
    {
      bad: dockerfile`
        FROM debian:trixie-slim
        ENV APP_HOME=/opt/app APP_CONFIG=«$APP_HOME»/config
      `,
      good: dockerfile`
        FROM debian:trixie-slim
        ENV APP_HOME=/opt/app
        ENV APP_CONFIG=$APP_HOME/config
      `,
    },
  ],
  check({ model, report }) {
    for (const { pairs } of model.each('ENV')) {
      if (pairs.length > 1) early(model, pairs, report);
    }
  },
});

function early(model: Model, pairs: readonly Pair[], report: Report): void {
  const read = pairs.flatMap((pair) =>
    (pair.value?.variables ?? []).map((variable) => ({ pair, variable })),
  );
  for (const { pair, variable } of read) {
    const setter = setterOf(pairs, pair, variable.name);
    // With a default nothing is lost; a value from before is perhaps what is meant.
    if (setter === undefined || variable.operator !== undefined) continue;
    const before = model.resolve(variable);
    if (before !== undefined && before.from !== 'base') continue;
    const fix = parted(model, pairs, [setter, pair]);
    report({
      at: variable,
      message: t('`{0}` is set by this very instruction, and not yet here', variable.name),
      related: [{ at: setter.key, message: t('It is set here') }],
      ...(fix && { fix }),
    });
  }
}

/** The pair that sets a variable which another reads; where both set the same one, what the first says is lost. */
function setterOf(pairs: readonly Pair[], reader: Pair, name: string): Pair | undefined {
  if (name !== reader.key.text) return pairs.findLast(({ key }) => key.text === name);
  return pairs.slice(0, pairs.indexOf(reader)).findLast(({ key }) => key.text === name);
}

/** An instruction of its own from the reading pair on; where the setter stands before it and nothing but blanks between. */
function parted(
  model: Model,
  pairs: readonly Pair[],
  [setter, reader]: readonly [Pair, Pair],
): Fix | undefined {
  const before = pairs[pairs.indexOf(reader) - 1];
  if (before === undefined || setter.span.start > reader.span.start) return undefined;
  const { text, escape } = model.tree;
  const gap = span(before.span.end, reader.span.start);
  if (text.slice(gap.start, gap.end).replaceAll(escape, '').trim() !== '') return undefined;
  const title = t('Set it in an ENV of its own');
  return { title, edits: [replace(gap, `${lineBreak(model)}ENV `)], safe: false };
}
