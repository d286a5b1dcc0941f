/** A rename does not change what a build does, or it is refused with a reason: for every name of every file. */
import { expect, test } from 'vitest';
import { dockerfiles } from '../dockerfiles.ts';
import { renameAndCompare, type Outcome } from './rename-meaning.ts';
import { placesOf } from './rename-places.ts';

test('every rename keeps what the file means, asks or is refused', () => {
  const counts = new Map<string, number>();
  const wrong: string[] = [];
  for (const text of dockerfiles)
    for (const { offset, name } of placesOf(text)) {
      const { answer, reason, differences }: Outcome = renameAndCompare(text, offset, name);
      counts.set(answer, (counts.get(answer) ?? 0) + 1);
      if (answer === 'refused' && reason === '') wrong.push(`${name.from}: refused without a reason`); // prettier-ignore
      if (differences.length > 0) wrong.push(`${name.from}: ${differences.join('\n')}`);
    }
  expect(wrong).toEqual([]);
  expect(counts.get('renamed')).toBeGreaterThan(10);
  expect(counts.get('refused')).toBeGreaterThan(0);
});
