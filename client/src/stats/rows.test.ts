import { expect, test } from 'vitest';
import type { Container } from '../engine/engine.ts';
import { fakeEngine } from '../../../test/fake-engine/fake-engine.ts';
import type { Usage } from '../engine/usage.ts';
import { roundUp, toRow, summaryOf, type MeasuredContainer } from './rows.ts';
import { Series, span } from './series.ts';

const container: Container = fakeEngine({ containers: [{ name: 'web', id: 'web' }] }).container(
  'web',
);
const begin = 1_000_000_000_000;

function usage(seconds: number, overrides: Partial<Usage> = {}): Usage {
  const counts = { received: 0, sent: 0, read: 0, written: 0 };
  return { at: begin + seconds * 1000, cpu: 0, memory: 0, ...counts, ...overrides };
}

function measuredContainer(...all: readonly Usage[]): MeasuredContainer {
  const series = new Series();
  for (const one of all) series.add(one);
  return { container, removed: false, series };
}

test('shows the rate per second and the total', () => {
  const one = measuredContainer(usage(0, { received: 1000 }), usage(2, { received: 5000 }));
  expect(toRow(one, true).cells.received).toEqual({
    text: '2 kB/s',
    detail: '5 kB total',
    order: 2000,
  });
});

test('shows no rate after one measurement', () => {
  const row = toRow(measuredContainer(usage(0, { read: 1000 })), true);
  expect(row.cells.read?.text).toBe('–');
  expect(row.newPoints).toEqual([[begin, 0, 0, null, null, null, null]]);
});

test('shows no rate when a counter restarts', () => {
  const one = measuredContainer(
    usage(0, { sent: 9000 }),
    usage(1, { sent: 10 }),
    usage(2, { sent: 30 }),
  );
  expect(toRow(one, true).newPoints.map((point) => point[4])).toEqual([null, null, 20]);
});

test('shows memory with its limit', () => {
  const one = measuredContainer(usage(0, { memory: 256_000_000, memoryLimit: 512_000_000 }));
  expect(toRow(one, true).cells.memory).toMatchObject({ text: '256 MB', detail: '50% of 512 MB' });
  expect(
    toRow(measuredContainer(usage(0, { memory: 1 })), true).cells.memory?.detail,
  ).toBeUndefined();
});

test('sends only new points to a page that has the earlier ones', () => {
  const one = measuredContainer(usage(0), usage(1));
  expect(toRow(one, false).newPoints).toHaveLength(2);
  one.series.add(usage(2));
  expect(toRow(one, false).newPoints.map(([at]) => at)).toEqual([begin + 2000]);
  expect(toRow(one, false).newPoints).toEqual([]);
  expect(toRow(one, true).newPoints).toHaveLength(3);
});

test('keeps only the points of the time span, and sends each point once', () => {
  const one = measuredContainer();
  for (let second = 0; second < 1000; second++) {
    one.series.add(usage(second));
    expect(toRow(one, false).newPoints).toHaveLength(1);
  }
  expect(one.series.points).toHaveLength(span / 1000 + 1);
});

test('clears the points when the clock is set back', () => {
  const one = measuredContainer(usage(5000), usage(10));
  expect(one.series.points.map(([at]) => at)).toEqual([begin + 10_000]);
});

test('sums up all containers and the available processors', () => {
  const busy = measuredContainer(usage(0, { cpu: 150, processors: 4, memory: 1_000_000 }));
  const idle = measuredContainer(usage(0, { cpu: 0.5, processors: 4, memory: 2_000_000 }));
  expect(summaryOf([busy, idle])).toBe('2 containers · CPU 151% of 400% · memory 3 MB');
  expect(summaryOf([measuredContainer()])).toBe('No measurements');
});

test.each([
  [5, 5],
  [5.1, 10],
  [1000, 1000],
  [1001, 2000],
  [0.3, 0.5],
])('rounds the scale for %d up to %d', (value, top) => {
  expect(roundUp(value)).toBeCloseTo(top);
});
