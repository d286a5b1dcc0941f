/** What is taken over from the text before a change is what reading the text anew gives. */
import { expect, test } from 'vitest';
import { withText, document, type Document } from '../../server/src/model/document.ts';
import { semanticTokens } from '../../server/src/features/semantic-tokens.ts';
import { lint } from '../../server/src/lint/lint.ts';
import { rules } from '../../server/src/rules/index.ts';
import type { Node } from '../../server/src/text/span.ts';
import { damaged, numbersBelow, type Below } from './mutations.ts';
import { texts } from './texts.ts';

const timeout = 300_000;
const config = { rules: {}, everyRule: true };

/** All that is said of a document, so that what differs anywhere differs here; most of it asks for all the rest. */
function told(one: Document): string {
  const all = [one.tree, lint(one.model, rules, config), semanticTokens(one)];
  // Where something is says enough; what stands there is a node that fills itself while it is asked.
  return JSON.stringify(all, (key, value: unknown) => (key === 'at' && isNode(value) ? value.span : value)); // prettier-ignore
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'span' in value;
}

/** A few keystrokes at one place, or damage anywhere. */
function edited(text: string, below: Below): string {
  if (below(3) === 0) return damaged(text, below);
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

test('documents say after a change what the text says when it is opened', { timeout }, () => {
  const below = numbersBelow(5);
  let shared = 0;
  for (let i = 0; i < 250; i++) {
    const whole = texts[below(texts.length)] ?? '';
    const from = whole.indexOf('\n', below(whole.length)) + 1;
    let one = document('file:///Dockerfile', below(2) === 0 ? whole.slice(0, 3000) : whole.slice(from, from + 2000)); // prettier-ignore
    told(one);
    for (let step = 0; step < 3; step++) {
      const before = one;
      one = withText(one, edited(one.text, below), step);
      if (one.tree.instructions[0] === before.tree.instructions[0]) shared++;
      const afresh = document('file:///Dockerfile', one.text);
      const [said, wanted] = [told(one), told(afresh)];
      if (said !== wanted) {
        const at = firstDifference(said, wanted);
        const around = (all: string): string => all.slice(Math.max(0, at - 300), at + 100);
        expect([before.text, one.text, around(said)]).toEqual([before.text, one.text, around(wanted)]); // prettier-ignore
      }
    }
  }
  expect(shared).toBeGreaterThan(200);
});

test('what stands in front of a change is not read again, nor what is known of it', () => {
  const text = 'FROM a\nRUN apt-get update && apt-get install -y curl\nCOPY a b\nCMD ["a"]\n';
  const before = document('file:///Dockerfile', text);
  const [met] = before.model.commands('apt-get');
  const after = withText(before, text.replace('COPY a', 'COPY ab'), 1);
  expect(after.tree.instructions.map((one, i) => one === before.tree.instructions[i])).toEqual([true, true, false, false]); // prettier-ignore
  expect(after.model.commands('apt-get')[0]?.command).toBe(met?.command);
  expect(after.model.commands('apt-get')[0]?.stage).toBe(after.model.stages[0]);
});

test('a script is read again when the shell in front of it changes', () => {
  const text = 'FROM a\nRUN echo $A\nRUN b\n';
  const before = document('file:///Dockerfile', text);
  expect(before.model.commands('echo')).toHaveLength(1);
  const after = withText(before, text.replace('RUN b', '# hadolint shell=cmd\nRUN b'), 1);
  expect(after.model.script(after.tree.instructions[1]!)?.dialect).toBe('sh');
  const told = withText(after, text.replace('RUN echo', '# hadolint shell=cmd\nRUN echo'), 2);
  expect(told.model.script(told.tree.instructions[1]!)?.dialect).toBe('cmd');
});
