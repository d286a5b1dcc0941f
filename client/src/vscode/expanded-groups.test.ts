import { expect, test } from 'vitest';
import { Opened, type Memory } from './expanded-groups.ts';

function memory(): Memory & { readonly kept: Map<string, unknown> } {
  const kept = new Map<string, unknown>();
  return {
    kept,
    get: <T>(key: string) => kept.get(key) as T | undefined,
    update: (key, value) => Promise.resolve(void kept.set(key, value)),
  };
}
const group = (id: string, expanded = false) => ({ id, label: id, expanded, children: [] });

test('a group is as it was left, in the next window too, and else as it comes', async () => {
  const workspace = memory();
  const before = new Opened(workspace, 'images');
  await before.set(group('python'), true);
  await before.set(group('shop', true), false);
  const after = new Opened(workspace, 'images');
  expect([group('python'), group('shop', true)].map((one) => after.is(one))).toEqual([true, false]);
  expect([group('new'), group('new', true)].map((one) => after.is(one))).toEqual([false, true]);
  expect(new Opened(workspace, 'volumes').is(group('python'))).toBe(false);
});

test('nothing is kept of a group that is as it comes, and no more than anyone opens', async () => {
  const workspace = memory();
  const opened = new Opened(workspace, 'images');
  await opened.set(group('python'), true);
  await opened.set(group('python'), false);
  expect(workspace.kept.get('opened.images')).toEqual({});
  for (let at = 0; at < 250; at++) await opened.set(group(String(at)), true);
  expect(Object.keys(workspace.kept.get('opened.images') as object)).toHaveLength(200);
  expect([opened.is(group('0')), opened.is(group('249'))]).toEqual([false, true]);
});
