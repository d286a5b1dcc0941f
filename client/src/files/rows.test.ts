import { expect, test } from 'vitest';
import type { FilePlace } from '../engine/files/place.ts';
import { changeRows } from './change-rows.ts';
import { fileItem, modeText } from './rows.ts';
import { parseUriPath, uriPath } from './uri.ts';

const place: FilePlace = { kind: 'container', id: '0123456789abcdef0123', name: 'web' };

test('addresses of files lead back to the file, whatever is in their names', () => {
  for (const engine of ['default', 'unix:///var/run/docker.sock', '..', '100%2F'])
    for (const path of ['/', '/a b/%2F/#?', '/n\nl', '/\uf7ff']) {
      const text = uriPath({ engine, place, path });
      expect(parseUriPath(text)).toEqual({ engine, place: { ...place, id: '0123456789ab' }, path });
      expect(text.split('/').slice(1, 4)).not.toContain('..');
    }
  const volume: FilePlace = { kind: 'volume', name: 'data' };
  expect(parseUriPath(uriPath({ engine: 'default', place: volume, path: '/x' }))).toEqual({
    engine: 'default',
    place: volume,
    path: '/x',
  });
  expect(['', '/', '/default', '/default/pods/x/y', '/default/containers/web/y'].map(parseUriPath)).toEqual(
    Array.from({ length: 5 }, () => undefined),
  ); // prettier-ignore
});

test('describes a file by link target, size, owner and mode', () => {
  const entry = { name: 'x', kind: 'file', size: 1200, user: 7, group: 8, mode: 0o4640 } as const;
  const item = fileItem({ place, path: '/d' }, entry, 'default');
  expect([item.label, item.description, item.click]).toEqual(['x', '1.2 kB · 7:8 · rwSr-----', 'files.open']); // prettier-ignore
  const broken = { name: 'l\n', kind: 'link', linkTarget: '/no', leadsTo: 'nothing', user: 0, group: 0 } as const; // prettier-ignore
  const row = fileItem({ place, path: '/' }, broken, 'default');
  expect([row.label, row.description, row.click]).toEqual(['l\\n', '→ /no · target does not exist', undefined]); // prettier-ignore
});

test('writes modes as ls does', () => {
  expect([0o755, 0o4755, 0o1777, 0o2644].map(modeText)).toEqual(['rwxr-xr-x', 'rwsr-xr-x', 'rwxrwxrwt', 'rw-r-Sr--']); // prettier-ignore
});

test('lists what differs from the image as a tree', () => {
  const changes = [
    { kind: 'changed', path: '/etc' },
    { kind: 'changed', path: '/etc/passwd' },
    { kind: 'added', path: '/new' },
    { kind: 'deleted', path: '/etc/x/y' },
  ] as const;
  const below = (path: string): readonly string[] =>
    changeRows(changes, { kind: 'changes', place, imageId: 'i', path }, 'default').map(
      ({ label, description, lazy, click }) =>
        `${label}: ${description ?? ''} ${click ?? lazy?.kind ?? ''}`,
    );
  expect(below('/')).toEqual(['etc: 2 changes changes', 'new: added files.compare-image']);
  expect(below('/etc')).toEqual(['x: 1 change changes', 'passwd: changed files.compare-image']);
  expect(below('/new')).toEqual(['No files differ from the image:  ']);
});
