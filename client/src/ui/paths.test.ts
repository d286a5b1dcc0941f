import { expect, test } from 'vitest';
import { below, containerPathTrouble, folderOf, nameOf } from './paths.ts';

test.each([
  ['/a/b/Dockerfile', '/a/b', 'Dockerfile'],
  ['/Dockerfile', '/', 'Dockerfile'],
  ['C:\\a\\Dockerfile', 'C:\\a', 'Dockerfile'],
  ['C:\\Dockerfile', 'C:\\', 'Dockerfile'],
])('%s stands in %s', (path, folder, name) => {
  expect([folderOf(path), nameOf(path)]).toEqual([folder, name]);
});

test('a path from its folder', () => {
  expect(below('/a', '/a/b/c')).toBe('b/c');
  expect(below('/a', '/a')).toBe('a');
  expect(below(undefined, '/a')).toBe('/a');
});

test('paths in containers begin at the root', () => {
  expect(containerPathTrouble('/tmp')).toBeUndefined();
  expect(containerPathTrouble('C:\\app')).toBeUndefined();
  expect(containerPathTrouble('tmp')).toBe('The path begins with /');
});
