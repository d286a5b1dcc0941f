import { expect, test } from 'vitest';
import { runsOf } from './scroll-bar.ts';

test.each([
  [[], []],
  [[7], [[7, 7]]],
  [
    [3, 1, 2, 9, 9, 5],
    [
      [1, 3],
      [5, 5],
      [9, 9],
    ],
  ],
  [Array.from({ length: 1000 }, (_, at) => at), [[0, 999]]],
])('joins the marks of places that follow each other: %j', (places, runs) => {
  expect(runsOf(places)).toEqual(runs);
});
