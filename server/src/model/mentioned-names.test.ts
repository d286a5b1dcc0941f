import { expect, test } from 'vitest';
import { nameFinder } from './mentioned-names.ts';

function mentions(names: readonly string[], text: string): boolean {
  return nameFinder(new Set(names))(text, { start: 0, end: text.length });
}

test('finds whole names only', () => {
  expect(mentions(['NAME'], 'echo "${NAME}"')).toBe(true);
  expect(mentions(['NAME'], 'echo $NAMES $A_NAME')).toBe(false);
  expect(mentions(['A', 'LONG_NAME'], 'export LONG_NAME=1')).toBe(true);
  expect(mentions([], 'echo $NAME')).toBe(false);
});

test('looks only in the part of the text', () => {
  expect(nameFinder(new Set(['A']))('A b A', { start: 1, end: 4 })).toBe(false);
});

test('does not rule out a name that continues on the next line', () => {
  expect(mentions(['NAME'], 'echo $NA\\\nME')).toBe(true);
  expect(mentions(['NAME'], 'echo $NA` \r\nME')).toBe(true);
});

test('does not rule out names with other characters', () => {
  expect(mentions(['a-b'], 'echo %a-b%')).toBe(true);
});
