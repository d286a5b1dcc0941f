import { expect, test } from 'vitest';
import { relativePath, containerPathError, parentDirectory, baseName } from './paths.ts';

test.each([
  ['/a/b/Dockerfile', '/a/b', 'Dockerfile'],
  ['/Dockerfile', '/', 'Dockerfile'],
  ['C:\\a\\Dockerfile', 'C:\\a', 'Dockerfile'],
  ['C:\\Dockerfile', 'C:\\', 'Dockerfile'],
])('splits %s into folder %s and name %s', (path, folder, name) => {
  expect([parentDirectory(path), baseName(path)]).toEqual([folder, name]);
});

test('makes a path relative to a folder', () => {
  expect(relativePath('/a', '/a/b/c')).toBe('b/c');
  expect(relativePath('/a', '/a')).toBe('a');
  expect(relativePath(undefined, '/a')).toBe('/a');
});

test('requires absolute paths in containers', () => {
  expect(containerPathError('/tmp')).toBeUndefined();
  expect(containerPathError('C:\\app')).toBeUndefined();
  expect(containerPathError('tmp')).toBe('The path must start with a slash.');
});
