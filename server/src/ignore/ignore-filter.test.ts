import { describe, expect, test } from 'vitest';
import { cpuTime } from '../../../test/cpu-time.ts';
import { ignorePaths, randomIgnoreFile } from '../../../test/ignore-files.ts';
import { createRandom } from '../../../test/random.ts';
import recorded from './cases/patternmatcher.json' with { type: 'json' };
import { ignoreFilter, usedPattern, type IgnoreFilter } from './ignore-filter.ts';
import { ignorePatterns } from './ignore-lines.ts';

function filterOf(text: string): IgnoreFilter | undefined {
  const patterns = ignorePatterns(text);
  return patterns && ignoreFilter(patterns);
}

/**
 * Recorded by the code of Docker: `ignorefile.ReadAll` and `MatchesUsingParentResults` of moby/patternmatcher (5a6d842),
 * for each path with the result of its directory, as in filter.go of tonistiigi/fsutil (6d9dc2e). For each file one
 * character per path: 1 is excluded, 0 is included, e is an error; `invalid` if the whole file is rejected.
 */
describe('agrees with Docker', () => {
  const { paths } = recorded;
  const excludedBy = (text: string, verdicts: string): readonly string[] =>
    verdicts === 'invalid' ? [] : paths.filter((_, i) => verdicts[i] === '1').concat(text);

  test('on recorded files and paths', () => {
    const rows = recorded.rows as [text: string, verdicts: string][];
    const differing = rows.filter(([text, verdicts]) => {
      const filter = filterOf(text);
      if (filter === undefined || verdicts === 'invalid')
        return (filter === undefined) !== (verdicts === 'invalid');
      const ours = paths.filter((path) => filter.excludes(path)).concat(text);
      return ours.join('\0') !== excludedBy(text, verdicts).join('\0');
    });
    expect(differing).toEqual([]);
    expect(rows.length).toBeGreaterThan(1000);
  });
});

test('continues with what the directory matched, as BuildKit does', () => {
  // `!a` is not used for `a`, which nothing excludes, and so it does not include `a/b` again.
  expect(filterOf('a/b\n!a')?.excludes('a/b')).toBe(true);
  expect(filterOf('a\n!a')?.excludes('a/b')).toBe(false);
});

test('reads no excluded directory that cannot contain an exception', () => {
  expect(filterOf('a\n!b')?.mayInclude('a')).toBe(false);
  expect(filterOf('a\n!a/b/c')?.mayInclude('a')).toBe(true);
  expect(filterOf('a\n!a/b/**')?.mayInclude('a/b')).toBe(true);
  expect(filterOf('a\n!**/b')?.mayInclude('a')).toBe(true);
});

test('names the pattern that makes the build fail', () => {
  expect(filterOf('[z-a]')?.verdictOn('a').invalid).toBe('[z-a]');
  expect(filterOf('[z-a]')?.excludes('a')).toBe(false);
  expect(filterOf('*\n[z-a]')?.excludes('a')).toBe(true);
});

test('rejects a file with a line of 64 KiB, as Docker does', () => {
  expect(ignorePatterns('a'.repeat(65_535))).toHaveLength(1);
  expect(ignorePatterns('a'.repeat(65_536))).toBeUndefined();
  expect(ignorePatterns('é'.repeat(32_768))).toBeUndefined();
  expect(ignorePatterns(`a\n#${'*'.repeat(5_000_000)}`)).toBeUndefined();
});

describe('takes time that is proportional to the pattern and the path', () => {
  const parts = [
    '*a',
    '**/a',
    '**/',
    '*',
    '?*',
    'a*?',
    '[a]*',
    '[^b]*',
    '**a',
    'a{0,9}',
    '(a|b)*',
    '|a*',
    'a*/',
    '\\a*',
    '[*]',
    '\\b*',
  ];
  const names = ['a'.repeat(1500), 'a/'.repeat(750), 'ab'.repeat(750), '🦆'.repeat(700)];

  test.each(parts)('%j, many times', (part) => {
    for (const count of [25, 300]) {
      const filter = filterOf(`${part.repeat(count)}c`);
      for (const name of names) expect(cpuTime(() => filter?.verdictOn(name))).toBeLessThan(1000);
    }
  });

  test('a name of 60 characters and 25 stars', () => {
    const filter = filterOf(`${'*a'.repeat(25)}c`);
    expect(cpuTime(() => filter?.excludes('a'.repeat(60)))).toBeLessThan(100);
  });

  test('paths that are longer than any file has', () => {
    const filter = filterOf('**/a/**/b');
    expect(cpuTime(() => filter?.excludes('a/'.repeat(500_000)))).toBeLessThan(500);
  });
});

test('names the pattern from which on a path is excluded, for ignore files made at random', () => {
  const next = createRandom(17);
  for (let i = 0; i < 300; i++) {
    const patterns = ignorePatterns(randomIgnoreFile(next)) ?? [];
    const used = patterns.filter((pattern) => usedPattern(pattern) !== undefined);
    const filter = ignoreFilter(used);
    if (filter === undefined) continue;
    // The filters of the first patterns, the first two, and so on.
    const prefixes = used.map((_, at) => ignoreFilter(used.slice(0, at + 1)));
    for (const path of ignorePaths) {
      const last = prefixes.findLastIndex((one) => one?.excludes(path) !== true);
      const expected = last === used.length - 1 ? -1 : last + 1;
      expect(filter.excludedFrom(path), JSON.stringify([used, path])).toBe(expected);
    }
  }
});
