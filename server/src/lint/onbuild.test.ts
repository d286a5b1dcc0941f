/** What BuildKit reports at the FROM of a stage whose base stage has triggers. */
import { expect, test } from 'vitest';
import { createModel } from '../model/lazy-model.ts';
import { rules } from '../rules/index.ts';
import { parse } from '../syntax/parse.ts';
import { slice } from '../text/span.ts';
import { lint } from './lint.ts';

/** Rule, line and related line of the findings of one or more rules. */
function found(text: string, ...ids: readonly string[]): readonly string[] {
  const line = (offset: number): number => text.slice(0, offset).split('\n').length;
  return lint(createModel(parse(text)), rules, { rules: {} })
    .filter(({ rule }) => ids.includes(rule))
    .map(({ rule, at, related = [] }) =>
      [rule, line(at.span.start), ...related.map((one) => line(one.at.span.start))].join(' '),
    );
}

test.each([
  ['ONBUILD WORKDIR x', 'workdir-relative 3 2'],
  ['ONBUILD ENV API_KEY=b', 'secret-in-env 3 2'],
  ['ONBUILD CMD echo', 'json-args 3 2'],
  ['ONBUILD EXPOSE 1:2', 'expose-mapping 3 2'],
  ['ONBUILD EXPOSE x', 'port-invalid 3 2'],
])('reports %s where it runs', (trigger, expected) => {
  const [rule = ''] = expected.split(' ');
  expect(found(`FROM base:1 AS a\n${trigger}\nFROM a\n`, rule)).toEqual([expected]);
  expect(found(`FROM base:1 AS a\n${trigger}\n`, rule)).toEqual([]);
});

test('reports a trigger for each stage that is built from its stage, and not for their stages', () => {
  const text =
    'FROM base:1 AS a\nONBUILD WORKDIR x\nFROM a AS b\nFROM a AS c\nFROM c\nCOPY --from=b / /\n';
  expect(found(text, 'workdir-relative')).toEqual(['workdir-relative 3 2', 'workdir-relative 4 2']);
});

test('reports a CMD of the stage that replaces the one of a trigger', () => {
  const text = 'FROM base:1 AS a\nONBUILD CMD ["b"]\nFROM a\nCMD ["c"]\n';
  expect(found(text, 'multiple-cmd')).toEqual(['multiple-cmd 3 2']);
});

test('reports variables that the stage of the trigger does not set', () => {
  const text = 'FROM scratch AS a\nENV B=1\nONBUILD COPY $B $C /\nFROM a\n';
  expect(found(text, 'undefined-variable')).toEqual(['undefined-variable 4 3']);
});

test('does not report again what is reported at the ONBUILD', () => {
  const text = 'FROM base:1 AS a\nONBUILD ENV b c\nONBUILD RUN apt-get install d\nFROM a\n';
  expect(found(text, 'legacy-key-value', 'apt-assume-yes')).toEqual([
    'legacy-key-value 2',
    'apt-assume-yes 3',
  ]);
  const invalid = 'FROM base:1 AS a\nONBUILD COPY --b c d\nFROM a\n';
  expect(found(invalid, 'onbuild-trigger-invalid', 'unknown-flag')).toEqual([
    'onbuild-trigger-invalid 3 2',
  ]);
});

test.each([
  'FROM base:1 AS a\n# drydock ignore=workdir-relative\nONBUILD WORKDIR x\nFROM a\n',
  'FROM base:1 AS a\nONBUILD WORKDIR x\n# check=skip=WorkdirRelativePath\nFROM a\n',
])('does not report what a comment ignores at either place: %j', (text) => {
  expect(found(text, 'workdir-relative', 'unused-ignore')).toEqual([]);
});

test('names the stage of the trigger', () => {
  const text = 'FROM base:1 AS a\nONBUILD WORKDIR x\nFROM a\n';
  const [finding] = lint(createModel(parse(text)), rules, { rules: {} }).filter(
    ({ rule }) => rule === 'workdir-relative',
  );
  expect(finding?.message).toMatch(/^`ONBUILD` of `a`: /);
  expect(slice(text, finding?.related?.[0]?.at.span ?? { start: 0, end: 0 })).toBe('x');
  expect(finding?.fix).toBeUndefined();
});
