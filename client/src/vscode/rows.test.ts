import { expect, test } from 'vitest';
import { withChildren, type Item } from '../explorer/item.ts';
import { keepOrder, reconcile, type Row } from './rows.ts';

const item = (id: string, description = '', children?: readonly Item[]): Item => ({
  id,
  label: id,
  description,
  ...(children && { children }),
});
const ids = (rows: readonly Row[] | 'all') =>
  rows === 'all' ? rows : rows.map((row) => row.item.id);

test('does not redraw unchanged rows', () => {
  const items = [item('shop', '', [item('web', 'up'), item('db', 'up')]), item('other')];
  const first = reconcile([], items);
  expect(first.changed).toBe('all');
  const again = reconcile(first.roots, structuredClone(items));
  expect(ids(again.changed)).toEqual([]);
  expect(again.roots).toEqual(first.roots);
});

test('compares a lazy tooltip by its data', () => {
  const withTooltip = (size: number): Item => ({
    ...item('web'),
    tooltip: { data: [size], text: () => expect.unreachable('the tooltip is not shown') },
  });
  const first = reconcile([], [withTooltip(1)]);
  expect(ids(reconcile(first.roots, [withTooltip(1)]).changed)).toEqual([]);
  expect(ids(reconcile(first.roots, [withTooltip(2)]).changed)).toEqual(['web']);
});

test('redraws only the row that changed and keeps its object', () => {
  const first = reconcile([], [item('shop', '', [item('web', 'up'), item('db', 'up')])]);
  const web = first.roots[0]?.children?.[0];
  const next = reconcile(first.roots, [
    item('shop', '', [item('web', 'exited'), item('db', 'up')]),
  ]);
  expect(ids(next.changed)).toEqual(['web']);
  expect(next.roots[0]?.children?.[0]).toBe(web);
  expect(web?.item.description).toBe('exited');
});

test('redraws a group whose members changed', () => {
  const first = reconcile([], [item('shop', '1', [item('web')]), item('other')]);
  const next = reconcile(first.roots, [
    item('shop', '2', [item('web'), item('db')]),
    item('other'),
  ]);
  expect(ids(next.changed)).toEqual(['shop']);
  const [web, db] = next.roots[0]?.children ?? [];
  expect(web).toBe(first.roots[0]?.children?.[0] ?? web);
  expect(db?.parent).toBe(next.roots[0]);
});

test('redraws everything when the order of the roots changes', () => {
  const first = reconcile([], [item('a'), item('b')]);
  expect(reconcile(first.roots, [item('b'), item('a')]).changed).toBe('all');
  expect(reconcile(first.roots, []).changed).toBe('all');
});

test('a refresh keeps the order of the rows that are shown', () => {
  const { roots } = reconcile([], [item('shop', '', [item('web'), item('db')]), item('other')]);
  const next = [item('other'), item('shop', '', [item('db'), item('web')])];
  expect(roots[0]?.children).toHaveLength(2);
  const kept = keepOrder(roots, next);
  expect(kept.map(({ id }) => id)).toEqual(['shop', 'other']);
  expect(kept[0]?.children?.map(({ id }) => id)).toEqual(['web', 'db']);
});

test('a new row is below the row that it follows in the order of the view', () => {
  const { roots } = reconcile([], [item('a'), item('b'), item('c')]);
  const order = (...sorted: readonly string[]) =>
    keepOrder(
      roots,
      sorted.map((id) => item(id)),
    ).map(({ id }) => id);
  expect(order('new', 'c', 'a', 'b')).toEqual(['new', 'a', 'b', 'c']);
  expect(order('c', 'new', 'newer', 'a')).toEqual(['a', 'c', 'new', 'newer']);
  expect(order('a', 'new', 'b', 'c')).toEqual(['a', 'new', 'b', 'c']);
});

test('creates rows of a group only when they are requested', () => {
  let created = 0;
  const group = (description: string): Item =>
    withChildren({ id: 'shop', label: 'shop', description }, () => {
      created += 1;
      return [item('web', description)];
    });
  const first = reconcile([], [group('1')]);
  expect(ids(reconcile(first.roots, [group('2')]).changed)).toEqual(['shop']);
  expect(keepOrder(first.roots, [group('3')])).toHaveLength(1);
  expect(created).toBe(0);
  const [shop] = first.roots;
  expect(shop?.children?.map((row) => row.item.description)).toEqual(['2']);
  expect(ids(reconcile(first.roots, [group('2')]).changed)).toEqual([]);
  reconcile(first.roots, [group('4')]);
  expect(shop?.children?.map((row) => row.item.description)).toEqual(['4']);
});
