import { expect, test } from 'vitest';
import { containerItems } from '../explorer/containers.ts';
import { fakeEngine } from '../../../test/fake-engine/fake-engine.ts';
import { listed } from '../ui/name-list.ts';
import { below, containerPathTrouble, folderOf, nameOf } from '../ui/paths.ts';
import { follow, transferState } from '../registry/transfer-progress.ts';
import { referenceTrouble, withTag } from '../registry/image-reference.ts';
import type { Item } from '../explorer/item.ts';
import rename from './containers/rename.ts';
import start from './containers/start.ts';
import stop from './containers/stop.ts';
import { candidates, choicesOf, fits, meant } from './subjects.ts';

test.each([
  'nginx',
  'python:3.13-slim',
  'localhost:5000/a/b:c',
  'ghcr.io/org/app@sha256:' + 'a'.repeat(64),
  'a__b.c--d/e_f:V1_.x-',
])('%s is an image name', (name) => {
  expect(referenceTrouble(name)).toBeUndefined();
});

test.each([
  ['', 'An image has a name, such as python:3.13-slim.'],
  ['nginx 1', 'An image name holds no spaces.'],
  ['nginx：1', '`：` cannot stand in an image name.'],
  ['Nginx:1', 'The name is lower case: nginx:1'],
  ['nginx:', 'A tag follows the colon.'],
  ['nginx@sha256:12', 'A digest is sha256: and 64 hexadecimal digits.'],
  ['a..b', 'Names are lower-case letters, digits and single . _ - between them.'],
])('%s: %s', (name, trouble) => {
  expect(referenceTrouble(name)).toBe(trouble);
});

test.each([
  ['nginx', 'nginx:latest'],
  ['localhost:5000/nginx', 'localhost:5000/nginx:latest'],
  ['nginx:1', 'nginx:1'],
  [' nginx ', 'nginx:latest'],
])('%s is %s', (typed, reference) => {
  expect(withTag(typed)).toBe(reference);
});

test('names in a sentence', () => {
  expect(listed(['a'])).toBe('a');
  expect(listed(['a', 'b'])).toBe('a and b');
  expect(listed(['a', 'b', 'c'])).toBe('a, b and c');
  expect(listed(['a', 'b', 'c', 'd', 'e'])).toBe('a, b, c and 2 more');
});

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

test('a pull tells layers and bytes', () => {
  const state = transferState([
    { layer: 'a', status: 'Pull complete', current: 61_000_000, total: 61_000_000 },
    { layer: 'b', status: 'Downloading', current: 3_000_000, total: 67_000_000 },
  ]);
  expect(state).toEqual({ words: '1 of 2 layers · 64 MB of 128 MB', fraction: 0.5 });
});

test('a layer that came before the engine told of its loading says its size all the same', async () => {
  async function* told() {
    yield await Promise.resolve({ layer: 'a', status: 'Pulling fs layer' });
    yield { layer: 'a', status: 'Extracting', current: 1_000_000, total: 3_000_000 };
    yield { layer: 'a', status: 'Pull complete' };
  }
  const reports: string[] = [];
  await follow(told(), (words) => reports.push(words));
  expect(reports).toEqual([
    '0 of 1 layers',
    '0 of 1 layers · 3 MB of 3 MB',
    '1 of 1 layers · 3 MB of 3 MB',
  ]);
});

test('a picker offers what the command can act on, by full name', async () => {
  const { engine } = fakeEngine({
    containers: [
      { name: 'shop-web-1', project: 'shop', service: 'web', state: 'exited', exitCode: 0 },
      { name: 'shop-db-1', project: 'shop', service: 'db', state: 'running' },
    ],
  });
  const items = containerItems(await engine.containers());
  expect(choicesOf(candidates(items, start)).map(({ label }) => label)).toEqual(['shop-web-1']);
});

test('a group stands for what is in it, where the command says so', async () => {
  const { engine } = fakeEngine({
    containers: [
      { name: 'shop-web-1', project: 'shop', service: 'web', state: 'exited', exitCode: 0 },
      { name: 'shop-db-1', project: 'shop', service: 'db', state: 'running' },
      { name: 'alone', state: 'exited', exitCode: 0 },
    ],
  });
  const items = containerItems(await engine.containers());
  const shop = items.filter(({ label }) => label === 'shop');
  const [web] = shop.flatMap(({ children }) => children ?? []).filter((row) => fits(row, start));
  const names = (rows: readonly Item[]) => rows.map(({ label }) => label);
  expect(names(meant(shop, start))).toEqual(['web']);
  expect(names(meant([...shop, web!], start))).toEqual(['web']);
  expect(names(meant(shop, stop))).toEqual(['db']);
  expect(names(meant(shop, rename))).toEqual([]);
});
