/** A document that is updated after a change equals a document that is parsed from scratch. */
import { expect, test } from 'vitest';
import { withText, document, type Document } from '../../server/src/model/document.ts';
import { semanticTokens } from '../../server/src/features/semantic-tokens.ts';
import { lint } from '../../server/src/lint/lint.ts';
import { rules } from '../../server/src/rules/index.ts';
import type { Node } from '../../server/src/text/span.ts';
import { mutate, createRandomIntegers, type RandomInteger } from './mutations.ts';
import { texts } from './texts.ts';

const timeout = 300_000;
const config = { rules: {}, everyRule: true };

/** Tree, findings and semantic tokens as JSON: together they use everything that is computed for a document. */
function contentOf(one: Document): string {
  const all = [one.tree, lint(one.model, rules, config), semanticTokens(one)];
  // The node at `at` computes properties when they are read, so only its span is compared.
  return JSON.stringify(all, (key, value: unknown) => {
    // The words of an instruction that something has read; they follow from its other parts.
    if (key === 'listed') return undefined;
    return key === 'at' && isNode(value) ? value.span : value;
  });
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'span' in value;
}

/** The text after some characters were typed at one place, or after a random mutation. */
function edited(text: string, below: RandomInteger): string {
  if (below(3) === 0) return mutate(text, below);
  const at = below(4) === 0 ? text.length : below(text.length + 1);
  const typed = [
    '#',
    ' ',
    '\n',
    'x',
    '"',
    '\\',
    '$A',
    '\nRUN ',
    '\n# a',
    '<<E\n',
    'SHELL ["cmd"]\n',
  ];
  return text.slice(0, at) + (typed[below(typed.length)] ?? '') + text.slice(at + below(3));
}

function firstDifference(one: string, other: string): number {
  let at = 0;
  while (one[at] === other[at]) at++;
  return at;
}

test('an updated document equals a newly opened one', { timeout }, () => {
  const below = createRandomIntegers(5);
  let shared = 0;
  for (let i = 0; i < 250; i++) {
    const whole = texts[below(texts.length)] ?? '';
    const from = whole.indexOf('\n', below(whole.length)) + 1;
    const text = below(2) === 0 ? whole.slice(0, 3000) : whole.slice(from, from + 2000);
    let one = document('file:///Dockerfile', text);
    contentOf(one);
    for (let step = 0; step < 3; step++) {
      const before = one;
      one = withText(one, edited(one.text, below), step);
      if (one.tree.instructions[0] === before.tree.instructions[0]) shared++;
      const opened = document('file:///Dockerfile', one.text);
      const [actual, expected] = [contentOf(one), contentOf(opened)];
      if (actual !== expected) {
        const at = firstDifference(actual, expected);
        const around = (all: string): string => all.slice(Math.max(0, at - 300), at + 100);
        const texts = [before.text, one.text];
        expect([...texts, around(actual)]).toEqual([...texts, around(expected)]);
      }
    }
  }
  expect(shared).toBeGreaterThan(200);
});

test('instructions before a change are not parsed again', () => {
  const text = 'FROM a\nRUN apt-get update && apt-get install -y curl\nCOPY a b\nCMD ["a"]\n';
  const before = document('file:///Dockerfile', text);
  const [command] = before.model.commands('apt-get');
  const after = withText(before, text.replace('COPY a', 'COPY ab'), 1);
  const isSame = after.tree.instructions.map((one, i) => one === before.tree.instructions[i]);
  expect(isSame).toEqual([true, true, false, false]);
  expect(after.model.commands('apt-get')[0]?.command).toBe(command?.command);
  expect(after.model.commands('apt-get')[0]?.stage).toBe(after.model.stages[0]);
});

test.each([
  ['RUN a\n', true],
  ['RUN a \n\n', true],
  ['RUN a\r\n', true],
  ['ONBUILD RUN a\n', true],
  ['RUN a', false],
  ['RUN a \\\n', false],
  ['RUN a \\ \n# b\n', false],
  ['RUN <<E\na\n', false],
  ['ONBUILD RUN <<E\na\n', false],
])('the last instruction of %j is kept when a line is added below: %s', (last, isKept) => {
  const before = document('file:///Dockerfile', `FROM a\n${last}`);
  const parsed = before.tree.instructions[1];
  const after = withText(before, `${before.text}# c\nE\n`, 1);
  expect(after.tree.instructions[1] === parsed).toBe(isKept);
  expect(contentOf(after)).toBe(contentOf(document('file:///Dockerfile', after.text)));
});

test('a script is parsed again when the shell directive before it changes', () => {
  const text = 'FROM a\nRUN echo $A\nRUN b\n';
  const before = document('file:///Dockerfile', text);
  expect(before.model.commands('echo')).toHaveLength(1);
  const after = withText(before, text.replace('RUN b', '# hadolint shell=cmd\nRUN b'), 1);
  expect(after.model.script(after.tree.instructions[1]!)?.dialect).toBe('sh');
  const last = withText(after, text.replace('RUN echo', '# hadolint shell=cmd\nRUN echo'), 2);
  expect(last.model.script(last.tree.instructions[1]!)?.dialect).toBe('cmd');
});
