import { expect, test } from 'vitest';
import { ObjectCache } from './object-cache.ts';

test('returns a value only for its object and cache, and adds no visible property', () => {
  const [one, other] = [{ a: 1 }, { a: 1 }];
  const lengths = new ObjectCache<object, number>();
  const names = new ObjectCache<object, string>();
  lengths.set(one, 3);
  names.set(other, 'b');
  expect([lengths.get(one), lengths.get(other)]).toEqual([3, undefined]);
  expect([names.get(one), names.get(other)]).toEqual([undefined, 'b']);
  expect(Object.keys(one)).toEqual(['a']);
  expect(JSON.stringify(one)).toBe('{"a":1}');
});

test('does not return the value of an object for its copy', () => {
  const one: { readonly a: number; readonly b?: number } = { a: 1 };
  const lengths = new ObjectCache<object, number>();
  lengths.set(one, 3);
  const copy = { ...one, b: 2 };
  expect(lengths.get(copy)).toBeUndefined();
  lengths.set(copy, 4);
  expect([lengths.get(one), lengths.get(copy)]).toEqual([3, 4]);
});
