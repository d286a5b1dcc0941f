import { expect, test } from 'vitest';
import { document, answerForEachText } from './document.ts';

test('answers once for each text, and reuses what is known of the text before', () => {
  const asked: string[] = [];
  const first = document('untitled:Dockerfile', 'FROM a\nRUN b\n');
  const instructions = answerForEachText(first, (one) => {
    asked.push(one.text);
    return one.tree.instructions;
  });
  const [from] = instructions(first.text);
  expect(instructions(first.text)).toHaveLength(2);
  const [same, ...others] = instructions('FROM a\nRUN b\nRUN c\n');
  expect(same).toBe(from);
  expect(others).toHaveLength(2);
  expect(asked).toEqual(['FROM a\nRUN b\n', 'FROM a\nRUN b\nRUN c\n']);
});

test('uses a known answer for the first text', () => {
  const first = document('untitled:Dockerfile', 'FROM a\n');
  const ask = answerForEachText(first, ({ text }) => text.length, { answer: 0 });
  expect([ask('FROM a\n'), ask('FROM ab\n'), ask('FROM a\n')]).toEqual([0, 8, 7]);
});
