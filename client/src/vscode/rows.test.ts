import { expect, test } from 'vitest';
import type { Item } from '../explorer/item.ts';
import { reconciled, type Row } from './rows.ts';

const item = (id: string, description = '', children?: readonly Item[]): Item => ({
  id,
  label: id,
  description,
  ...(children && { children }),
});
const ids = (rows: readonly Row[] | 'all') =>
  rows === 'all' ? rows : rows.map((row) => row.item.id);

test('what stays as it was is not drawn again', () => {
  const items = [item('shop', '', [item('web', 'up'), item('db', 'up')]), item('other')];
  const first = reconciled([], items);
  expect(first.changed).toBe('all');
  const again = reconciled(first.roots, structuredClone(items));
  expect(ids(again.changed)).toEqual([]);
  expect(again.roots).toEqual(first.roots);
});

test('a tooltip that is made late tells by its facts whether it has changed', () => {
  const pointed = (size: number): Item => ({
    ...item('web'),
    tooltip: { of: [size], text: () => expect.unreachable('nobody points at it') },
  });
  const first = reconciled([], [pointed(1)]);
  expect(ids(reconciled(first.roots, [pointed(1)]).changed)).toEqual([]);
  expect(ids(reconciled(first.roots, [pointed(2)]).changed)).toEqual(['web']);
});

test('one row that changed is drawn alone, and stays the same row', () => {
  const first = reconciled([], [item('shop', '', [item('web', 'up'), item('db', 'up')])]);
  const web = first.roots[0]?.children?.[0];
  const next = reconciled(first.roots, [
    item('shop', '', [item('web', 'exited'), item('db', 'up')]),
  ]);
  expect(ids(next.changed)).toEqual(['web']);
  expect(next.roots[0]?.children?.[0]).toBe(web);
  expect(web?.item.description).toBe('exited');
});

test('a group with other members is drawn with all below it', () => {
  const first = reconciled([], [item('shop', '1', [item('web')]), item('other')]);
  const next = reconciled(first.roots, [
    item('shop', '2', [item('web'), item('db')]),
    item('other'),
  ]);
  expect(ids(next.changed)).toEqual(['shop']);
  const [web, db] = next.roots[0]?.children ?? [];
  expect(web).toBe(first.roots[0]?.children?.[0] ?? web);
  expect(db?.parent).toBe(next.roots[0]);
});

test('another order of the roots draws all', () => {
  const first = reconciled([], [item('a'), item('b')]);
  expect(reconciled(first.roots, [item('b'), item('a')]).changed).toBe('all');
  expect(reconciled(first.roots, []).changed).toBe('all');
});
