import { describe, expect, test } from 'vitest';
import { ignorePaths, randomIgnoreFile } from '../../../test/ignore-files.ts';
import { createRandom } from '../../../test/random.ts';
import type { ContextEntry, ContextTree } from './context-tree.ts';
import { ignoreFilter } from './ignore-filter.ts';
import { ignorePatterns } from './ignore-lines.ts';
import { ignoreLines } from './ignore-text.ts';
import { IgnoreComparison, type IgnoreMatches } from './ignore-matches.ts';
import { sourcePattern } from './source-pattern.ts';

/** A tree with these files of one byte, and their directories. */
function treeOf(paths: readonly string[]): ContextTree {
  const entries: ContextEntry[] = [];
  const indexes = new Map<string, number>();
  const isFolder = (path: string): boolean => paths.some((other) => other.startsWith(`${path}/`));
  const add = (path: string): number => {
    const known = indexes.get(path);
    if (known !== undefined) return known;
    const slash = path.lastIndexOf('/');
    const parent = slash < 0 ? -1 : add(path.slice(0, slash));
    const kind = isFolder(path) ? 'directory' : 'file';
    const index = entries.push({ path, parent, kind, bytes: kind === 'file' ? 1 : 0 }) - 1;
    indexes.set(path, index);
    return index;
  };
  for (const path of paths) add(path);
  return { entries, isComplete: true, hasSizes: true, unreadable: [] };
}

function compared(tree: ContextTree, text: string): IgnoreMatches {
  const comparison = new IgnoreComparison(tree, ignorePatterns(text) ?? []);
  while (comparison.step(3));
  return comparison.result;
}

describe('the comparison of an ignore file with a context', () => {
  test('decides as the builder does, for files made at random', () => {
    const next = createRandom(7);
    const tree = treeOf(ignorePaths);
    for (let i = 0; i < 500; i++) {
      const text = randomIgnoreFile(next);
      const patterns = ignorePatterns(text);
      const filter = patterns && ignoreFilter(patterns);
      const { decisions, isRejected, invalid } = compared(tree, text);
      expect(isRejected).toBe(filter === undefined);
      if (filter === undefined || invalid !== undefined) continue;
      const wrong = tree.entries.filter(
        ({ path }, at) => decisions[at]?.isExcluded !== filter.excludes(path),
      );
      expect(wrong, text).toEqual([]);
    }
  });

  test('names the pattern that decides', () => {
    const tree = treeOf(['a/b', 'a/c/d', 'x']);
    const { decisions } = compared(tree, 'a\n# x\n!a/c\nnone');
    expect(tree.entries.map(({ path }, i) => `${path} ${String(decisions[i]?.by)}`)).toEqual([
      'a 0',
      'a/b 0',
      'a/c 1',
      'a/c/d 1',
      'x -1',
    ]);
  });

  test('counts what each pattern matches, also in directories that the builder does not read', () => {
    const { patterns } = compared(treeOf(['a/b', 'a/c.log', 'c.log']), 'a\n**/*.log\nnone');
    expect(patterns.map(({ files, directories, bytes, decides }) => [files, directories, bytes, decides])).toEqual([
      [2, 1, 2, 3],
      [2, 0, 2, 1],
      [0, 0, 0, 0],
    ]); // prettier-ignore
    expect([...(patterns[1]?.decidedBy ?? [])]).toEqual([[0, 1]]);
  });
});

test('the lines of an ignore file have the places of their patterns', () => {
  const text = '\ufeffa\r\n # b\n#c\n! d/ \n\n  ';
  expect(
    ignoreLines(text).map(({ kind, pattern, content }) => [
      kind,
      pattern,
      text.slice(content.start, content.end),
    ]),
  ).toEqual([
    ['pattern', 'a', 'a'],
    ['pattern', '# b', '# b'],
    ['comment', '', '#c'],
    ['pattern', '!d', '! d/'],
    ['blank', '', ''],
    ['blank', '', ''],
  ]);
});

test.each([
  ['a', 'a', true],
  ['./a/', 'a', true],
  ['../a', 'a', true],
  ['/a/b', 'a/b', true],
  ['a', 'b', false],
  ['*.txt', 'a.txt', true],
  ['*.txt', 'a/b.txt', false],
  ['a?c', 'abc', true],
  ['a+(b)', 'a+(b)', true],
  ['[a-c]x', 'bx', true],
  ['[^a]x', 'ax', false],
  ['[]a]x', ']x', true],
  ['\\*', '*', true],
  ['\\*', 'a', false],
  ['a/**/b', 'a/x/b', true],
  ['a/**/b', 'a/x/y/b', false],
  ['**.txt', 'a.txt', true],
  ['**.txt', 'a/b.txt', false],
  ['$a|b', '$a|b', true],
])('the source %j names %j: %s', (source, path, expected) => {
  expect(sourcePattern(source)?.matches(path)).toBe(expected);
});

test.each([
  ['a/**/b', 'a/x/y/b', true],
  ['a/**/b', 'a/b', true],
  ['**/*.txt', 'a/b/c.txt', true],
  ['**/*.txt', 'c.txt', true],
  ['*/*.txt', 'a/b/c.txt', false],
])('with --parents, the source %j names %j: %s', (source, path, expected) => {
  expect(sourcePattern(source, true)?.matches(path)).toBe(expected);
});
