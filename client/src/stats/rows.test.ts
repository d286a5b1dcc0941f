import { expect, test } from 'vitest';
import type { Container } from '../engine/engine.ts';
import { fakeEngine } from '../../../test/fake-engine/fake-engine.ts';
import type { Usage } from '../engine/usage.ts';
import { round, rowOf, summaryOf, type Measured } from './rows.ts';
import { Series, span } from './series.ts';

const container: Container = fakeEngine({ containers: [{ name: 'web', id: 'web' }] }).container(
  'web',
);
const begin = 1_000_000_000_000;

function usage(seconds: number, also: Partial<Usage> = {}): Usage {
  const counts = { received: 0, sent: 0, read: 0, written: 0 };
  return { at: begin + seconds * 1000, cpu: 0, memory: 0, ...counts, ...also };
}

function measured(...all: readonly Usage[]): Measured {
  const series = new Series();
  for (const one of all) series.add(one);
  return { container, gone: false, series };
}

test('what flows is told by the second, and all of it below', () => {
  const one = measured(usage(0, { received: 1000 }), usage(2, { received: 5000 }));
  expect(rowOf(one, true).cells.received).toEqual({
    text: '2 kB/s',
    more: '5 kB in all',
    order: 2000,
  });
});

test('after one measurement no speed is known', () => {
  const row = rowOf(measured(usage(0, { read: 1000 })), true);
  expect(row.cells.read?.text).toBe('–');
  expect(row.fresh).toEqual([[begin, 0, 0, null, null, null, null]]);
});

test('counts that begin anew are no negative speed', () => {
  const one = measured(usage(0, { sent: 9000 }), usage(1, { sent: 10 }), usage(2, { sent: 30 }));
  expect(rowOf(one, true).fresh.map((point) => point[4])).toEqual([null, null, 20]);
});

test('memory says how much of how much', () => {
  const one = measured(usage(0, { memory: 256_000_000, memoryLimit: 512_000_000 }));
  expect(rowOf(one, true).cells.memory).toMatchObject({ text: '256 MB', more: '50% of 512 MB' });
  expect(rowOf(measured(usage(0, { memory: 1 })), true).cells.memory?.more).toBeUndefined();
});

test('a page that has the older points gets the newer ones', () => {
  const one = measured(usage(0), usage(1));
  expect(rowOf(one, false).fresh).toHaveLength(2);
  one.series.add(usage(2));
  expect(rowOf(one, false).fresh.map(([at]) => at)).toEqual([begin + 2000]);
  expect(rowOf(one, false).fresh).toEqual([]);
  expect(rowOf(one, true).fresh).toHaveLength(3);
});

test('no more is kept than is drawn, and nothing is told twice for that', () => {
  const one = measured();
  for (let second = 0; second < 1000; second++) {
    one.series.add(usage(second));
    expect(rowOf(one, false).fresh).toHaveLength(1);
  }
  expect(one.series.points).toHaveLength(span / 1000 + 1);
});

test('a clock that is put back begins a new drawing', () => {
  const one = measured(usage(5000), usage(10));
  expect(one.series.points.map(([at]) => at)).toEqual([begin + 10_000]);
});

test('all together are summed up, out of the processors that there are', () => {
  const busy = measured(usage(0, { cpu: 150, processors: 4, memory: 1_000_000 }));
  const calm = measured(usage(0, { cpu: 0.5, processors: 4, memory: 2_000_000 }));
  expect(summaryOf([busy, calm])).toBe(
    '2 containers are measured · CPU 151% of 400% · memory 3 MB',
  );
  expect(summaryOf([measured()])).toBe('Nothing is measured');
});

test.each([
  [5, 5],
  [5.1, 10],
  [1000, 1000],
  [1001, 2000],
  [0.3, 0.5],
])('%d is drawn below %d', (value, top) => {
  expect(round(value)).toBeCloseTo(top);
});
