import { expect, test } from 'vitest';
import { doubleClicks } from './clicks.ts';

test('two clicks on one row within half a second are a double-click', () => {
  const isSecond = doubleClicks();
  expect(isSecond('a', 0)).toBe(false);
  expect(isSecond('a', 200)).toBe(true);
});

test('a third click begins again', () => {
  const isSecond = doubleClicks();
  isSecond('a', 0);
  isSecond('a', 200);
  expect(isSecond('a', 400)).toBe(false);
  expect(isSecond('a', 600)).toBe(true);
});

test.each([
  ['on two rows', 'b', 200],
  ['a second apart', 'a', 1000],
] as const)('two clicks %s are not a double-click', (_, row, at) => {
  const isSecond = doubleClicks();
  isSecond('a', 0);
  expect(isSecond(row, at)).toBe(false);
});
