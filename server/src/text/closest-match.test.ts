import { expect, test } from 'vitest';
import { closestMatch, SimilarNames } from './closest-match.ts';

test('finds the name with the fewest differences, without regard to case', () => {
  expect(closestMatch('APP_HOEM', ['APP_NAME', 'app_home', 'PATH'])).toBe('app_home');
  expect(closestMatch('A', ['PATH'])).toBeUndefined();
});

test('compares a limited number of names', () => {
  const similar = new SimilarNames();
  const names = Array.from({ length: 40_000 }, (_, i) => `NAME${i}`);
  let asked = 0;
  const closest = (): string | undefined =>
    similar.closestTo('NAMEX', () => {
      asked++;
      return names;
    });
  expect([closest(), closest(), closest()]).toEqual(['NAME0', 'NAME0', 'NAME0']);
  expect(closest()).toBeUndefined();
  expect(asked).toBe(3);
});
