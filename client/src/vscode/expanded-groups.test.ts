import { expect, test } from 'vitest';
import { ExpandedGroups, type StateStorage } from './expanded-groups.ts';

function memory(): StateStorage & { readonly kept: Map<string, unknown> } {
  const kept = new Map<string, unknown>();
  return {
    kept,
    get: <T>(key: string) => kept.get(key) as T | undefined,
    update: (key, value) => Promise.resolve(void kept.set(key, value)),
  };
}
const group = (id: string, expanded = false) => ({ id, label: id, expanded, children: [] });

test('restores which groups are expanded, in the next window as well', async () => {
  const workspace = memory();
  const before = new ExpandedGroups(workspace, 'images');
  await before.setExpanded(group('python'), true);
  await before.setExpanded(group('shop', true), false);
  const after = new ExpandedGroups(workspace, 'images');
  expect([group('python'), group('shop', true)].map((one) => after.isExpanded(one))).toEqual([
    true,
    false,
  ]);
  expect([group('new'), group('new', true)].map((one) => after.isExpanded(one))).toEqual([
    false,
    true,
  ]);
  expect(new ExpandedGroups(workspace, 'volumes').isExpanded(group('python'))).toBe(false);
});

test('stores only changed groups, up to a limit', async () => {
  const workspace = memory();
  const opened = new ExpandedGroups(workspace, 'images');
  await opened.setExpanded(group('python'), true);
  await opened.setExpanded(group('python'), false);
  expect(workspace.kept.get('opened.images')).toEqual({});
  for (let at = 0; at < 250; at++) await opened.setExpanded(group(String(at)), true);
  expect(Object.keys(workspace.kept.get('opened.images') as object)).toHaveLength(200);
  expect([opened.isExpanded(group('0')), opened.isExpanded(group('249'))]).toEqual([false, true]);
});
