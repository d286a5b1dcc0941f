import { expect, test } from 'vitest';
import { document, inTurn } from './document.ts';

test('of texts in turn each is asked once, with what is known of the one before', () => {
  const asked: string[] = [];
  const first = document('untitled:Dockerfile', 'FROM a\nRUN b\n');
  const instructions = inTurn(first, (one) => {
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

test('what is known of the first is not asked', () => {
  const first = document('untitled:Dockerfile', 'FROM a\n');
  const ask = inTurn(first, ({ text }) => text.length, { answer: 0 });
  expect([ask('FROM a\n'), ask('FROM ab\n'), ask('FROM a\n')]).toEqual([0, 8, 7]);
});
