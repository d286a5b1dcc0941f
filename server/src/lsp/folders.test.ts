import { expect, test } from 'vitest';
import { foldersOf } from './folders.ts';

const folder = (uri: string) => ({ uri, name: uri });

test('returns the innermost folder that contains a document', () => {
  const folders = foldersOf({
    workspaceFolders: [folder('file:///work'), folder('file:///work/api/'), folder('file:///w')],
    rootUri: null,
  });
  expect(folders.of('file:///work/Dockerfile')).toBe('file:///work');
  expect(folders.of('file:///work/api/Dockerfile')).toBe('file:///work/api');
  expect(folders.of('file:///workshop/Dockerfile')).toBeUndefined();
  expect(folders.of('untitled:Untitled-1')).toBeUndefined();
});

test('follows added and removed folders', () => {
  const folders = foldersOf({ workspaceFolders: [folder('file:///a')], rootUri: null });
  folders.change({ added: [folder('file:///b/')], removed: [folder('file:///a')] });
  expect(folders.of('file:///a/Dockerfile')).toBeUndefined();
  expect(folders.of('file:///b/Dockerfile')).toBe('file:///b');
});

test('uses the root of an older client', () => {
  const folders = foldersOf({ rootUri: 'file:///a' });
  expect(folders.of('file:///a/b/Dockerfile')).toBe('file:///a');
});
