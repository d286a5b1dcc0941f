import { expect, test } from 'vitest';
import { formatNames } from './name-list.ts';

test('formats names for a sentence', () => {
  expect(formatNames(['a'])).toBe('a');
  expect(formatNames(['a', 'b'])).toBe('a and b');
  expect(formatNames(['a', 'b', 'c'])).toBe('a, b and c');
  expect(formatNames(['a', 'b', 'c', 'd', 'e'])).toBe('a, b, c and 2 more');
});
