import { describe, expect, test } from 'vitest';
import { cleanPath } from '../text/path.ts';
import { ignoreFile, ignoreFileNames } from './ignore-file.ts';

describe('ignoreFile', () => {
  const out = (text: string, path: string): boolean =>
    ignoreFile('.dockerignore', text).excludes(path);

  test.each([
    ['node_modules', 'node_modules', true],
    ['node_modules', 'node_modules/a/b', true],
    ['node_modules', 'a/node_modules', false],
    ['**/node_modules', 'a/node_modules/b', true],
    ['**/node_modules', 'node_modules', true],
    ['*.log', 'a.log', true],
    ['*.log', 'a/b.log', false],
    ['**/*.log', 'a/b.log', true],
    ['*/b', 'a/b', true],
    ['?.txt', 'a.txt', true],
    ['[a-c].txt', 'b.txt', true],
    ['[^a].txt', 'a.txt', false],
    ['a.b', 'axb', false],
    ['a+(b)', 'a+(b)', true],
    ['\\*.log', 'a.log', false],
    ['\\*.log', '*.log', true],
    ['/app', 'app', true],
    ['app/', 'app/x', true],
    ['./app/../b', 'b', true],
    ['  app  ', 'app', true],
    ['# app', '# app', false],
    ['\ufeffapp', 'app', true],
    ['app\r\nb\r\n', 'b', true],
    ['App', 'app', false],
    ['*', '.', true],
    ['**', '.', true],
    ['app', '.', false],
    ['*\n!app', 'app', false],
    ['*\n!app', 'app/b', false],
    ['!app\n*', 'app', true],
    ['docs/**', 'docs/a', true],
    ['docs/**', 'docs', false],
    ['a/**/b', 'a/b', true],
    ['a/**/b', 'a/x/y/b', true],
  ])('%j excludes %s: %s', (text, path, expected) => {
    expect(out(text, path)).toBe(expected);
  });

  test.each(['a[', 'a\n[]', '!'])('excludes nothing with %j, which Docker rejects', (text) => {
    expect(out(`*\n${text}`, 'a')).toBe(false);
  });

  test('reports whether it has exceptions', () => {
    expect(ignoreFile('x', 'a\n!b').hasExceptions).toBe(true);
    expect(ignoreFile('x', 'a\n#!b').hasExceptions).toBe(false);
  });
});

test.each([
  ['./a//b/', 'a/b'],
  ['', '.'],
  ['a/..', '.'],
  ['../a', '../a'],
  ['/../a', '/a'],
  ['/', '/'],
])('cleaned(%j) returns %j', (path, expected) => {
  expect(cleanPath(path)).toBe(expected);
});

test('returns the ignore file with the name of the Dockerfile first', () => {
  expect(ignoreFileNames('web.Dockerfile')).toEqual([
    'web.Dockerfile.dockerignore',
    '.dockerignore',
  ]);
});
