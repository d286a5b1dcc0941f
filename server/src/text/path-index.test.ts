import { describe, expect, test } from 'vitest';
import { PathIndex } from './path-index.ts';

function indexOf(...paths: readonly string[]): PathIndex {
  const index = new PathIndex();
  for (const path of paths) index.add(path);
  return index;
}

describe('PathIndex', () => {
  test.each([
    ['/a/b', 1],
    ['/a', 0],
    ['', 0],
    ['/a/b.c', 2],
    ['/a/b/d', 3],
    ['/a/', undefined],
    ['/b', undefined],
    ['/a/b/d/e', undefined],
  ])('finds the first path at or below %o', (path, first) => {
    expect(indexOf('/a/x', '/a/b', '/a/b.c', '/a/b/d', '/a/b').firstCovered(path)).toBe(first);
  });

  test.each([
    ['/a/*', 0],
    ['/a/*.c', 1],
    ['/*.c', 1],
    ['/a/b*', 1],
    ['*.c', 1],
    ['/b/*', undefined],
    ['/a/*/*', undefined],
    ['/e/*', 2],
    ['/e/*.f', 3],
  ])('finds the first path that matches %o', (pattern, first) => {
    const index = indexOf('/a/x', '/a/b.c', '/e/*/d', '/e/g.f');
    expect(index.firstCovered(pattern)).toBe(first);
    expect(index.firstCovered(pattern)).toBe(first);
  });

  test('finds a path that is added after a search', () => {
    const index = indexOf('/a/x');
    expect(index.firstCovered('/a/*.c')).toBeUndefined();
    index.add('/a/b.c');
    expect(index.firstCovered('/a/*.c')).toBe(1);
  });
});
