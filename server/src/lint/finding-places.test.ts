import { expect, test } from 'vitest';
import { FindingPlaces } from './finding-places.ts';
import type { Finding } from './rule.ts';

function finding(rule: string, start: number, end: number, category = 'style'): Finding {
  return { rule, category, severity: 'warning', message: '', at: { span: { start, end } }, also: [] } as unknown as Finding; // prettier-ignore
}

test('a finding of the same rule that begins in another one is known', () => {
  const places = new FindingPlaces([
    finding('a', 10, 30),
    finding('a', 12, 14),
    finding('b', 5, 5),
  ]);
  for (const start of [10, 14, 29]) expect(places.contain(finding('a', start, 40))).toBe(true);
  for (const start of [9, 30]) expect(places.contain(finding('a', start, 40))).toBe(false);
  expect(places.contain(finding('b', 10, 30))).toBe(false);
  // A place without characters is where it begins.
  expect(places.contain(finding('b', 5, 6))).toBe(true);
  expect(places.contain(finding('b', 6, 6))).toBe(false);
});

test('a build error in another one says the same, whichever rule reports it', () => {
  const places = new FindingPlaces([finding('a', 10, 30, 'build-error')]);
  expect(places.contain(finding('b', 20, 21, 'build-error'))).toBe(true);
  expect(places.contain(finding('b', 20, 21))).toBe(false);
});
