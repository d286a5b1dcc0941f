/** hadolint DL3044: all values of an ENV are expanded with the variables as they were before it. */
import { rule, type Fix, type Report } from '../../lint/rule.ts';
import { severalPairs } from '../../lint/parts.ts';
import type { Model } from '../../model/model.ts';
import type { Pair } from '../../syntax/tree.ts';
import { dockerfile } from '../../text/dedent.ts';
import { replace } from '../../text/edit.ts';
import { span } from '../../text/span.ts';
import { t } from '../../text/translation.ts';
import { lineBreak } from '../../lint/edits/lines.ts';

export default rule({
  summary: 'Do not use a variable in the same `ENV` that sets it',
  why: 'All values of one `ENV` are expanded with the variables as they were before the instruction. A variable that the same `ENV` sets is still empty there. Set it in an earlier `ENV`. A value that extends the variable itself, such as `PATH=/opt/bin:$PATH`, is not reported.',
  severity: 'warning',
  fix: 'unsafe',
  since: '0.1.0',
  also: { hadolint: ['DL3044'] },
  links: ['https://docs.docker.com/reference/dockerfile/#environment-replacement'],
  on: { parts: severalPairs },
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
      if (pairs.length > 1) checkPairs(model, pairs, report);
    }
  },
});

function checkPairs(model: Model, pairs: readonly Pair[], report: Report): void {
  const uses = pairs.flatMap((pair, index) =>
    (pair.value?.variables ?? []).map((variable) => ({ pair, index, variable })),
  );
  if (uses.length === 0) return;
  const lastSetters = new Map(pairs.map((pair) => [pair.key.text, pair]));
  const settersBefore = previousSetters(pairs);
  for (const { pair, index, variable } of uses) {
    // For a pair that extends its own variable, the last one before it.
    const isOwn = variable.name === pair.key.text;
    const setter = isOwn ? settersBefore[index] : lastSetters.get(variable.name);
    // With a default the value is not empty; a value from before may be intended.
    if (setter === undefined || variable.operator !== undefined) continue;
    const before = model.resolve(variable);
    if (before !== undefined && before.from !== 'base') continue;
    const fix = splitBefore(model, pairs[index - 1], [setter, pair]);
    report({
      at: variable,
      message: t('`{0}` is set by the same `ENV` and not available yet', variable.name),
      related: [{ at: setter.key, message: t('Set here') }],
      ...(fix && { fix }),
    });
  }
}

/** For each pair, the last one before it that sets the same variable. */
function previousSetters(pairs: readonly Pair[]): readonly (Pair | undefined)[] {
  const latest = new Map<string, Pair>();
  return pairs.map((pair) => {
    const before = latest.get(pair.key.text);
    latest.set(pair.key.text, pair);
    return before;
  });
}

/** Starts a new ENV at the pair that reads the variable, if it comes after the setter with only whitespace before it. */
function splitBefore(
  model: Model,
  before: Pair | undefined,
  [setter, reader]: readonly [Pair, Pair],
): Fix | undefined {
  if (before === undefined || setter.span.start > reader.span.start) return undefined;
  const { text, escape } = model.source;
  const gap = span(before.span.end, reader.span.start);
  if (text.slice(gap.start, gap.end).replaceAll(escape, '').trim() !== '') return undefined;
  const title = t('Split into two `ENV` instructions');
  return { title, edits: [replace(gap, `${lineBreak(model)}ENV `)], safe: false };
}
