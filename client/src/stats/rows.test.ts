import { expect, test } from 'vitest';
import type { Container } from '../engine/engine.ts';
import { fakeEngine } from '../../../test/fake-engine/fake-engine.ts';
import type { Usage } from '../engine/usage.ts';
import { chartsOf } from './charts.ts';
import type { ChartView } from './page.ts';
import { cpuTopOf, factsOf, toRow, totalOf } from './rows.ts';
import type { MeasuredContainer } from './measured.ts';
import { longestSpan, Series, spanOf } from './series.ts';
import { roundUp, secondsUntil } from './values.ts';

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
  return { container, removed: false, series, marks: [] };
}

const row = (measured: MeasuredContainer, allPoints = true) =>
  toRow(measured, { allPoints, span: 10_000 });

function chart(measured: MeasuredContainer, id: ChartView['id']): ChartView {
  const found = chartsOf(measured, 300_000).find((one) => one.id === id);
  if (found === undefined) throw new Error(`no chart ${id}`);
  return found;
}

test('shows the rate per second, and the total in the chart', () => {
  const one = measuredContainer(usage(0, { received: 1000 }), usage(2, { received: 5000 }));
  expect(row(one).cells.received).toEqual({ text: '2 kB/s', order: 2000 });
  expect(chart(one, 'network')).toMatchObject({
    value: '2 kB/s and 0 B/s',
    note: '5 kB received, 0 B sent',
  });
});

test('adds what is read and written', () => {
  const one = measuredContainer(usage(0), usage(1, { read: 1000, written: 2000 }));
  expect(row(one).cells.disk?.text).toBe('3 kB/s');
  expect(chart(one, 'disk').value).toBe('1 kB/s and 2 kB/s');
});

test('shows no rate after one measurement', () => {
  const one = row(measuredContainer(usage(0, { read: 1000, processes: 3 })));
  expect(one.cells.disk?.text).toBe('–');
  expect(one.newPoints).toEqual([[begin, 0, 0, null, null, null, null, 3]]);
});

test('shows no rate when a counter restarts', () => {
  const one = measuredContainer(
    usage(0, { sent: 9000 }),
    usage(1, { sent: 10 }),
    usage(2, { sent: 30 }),
  );
  expect(row(one).newPoints.map((point) => point[4])).toEqual([null, null, 20]);
});

test('shows memory with its limit, and marks it when it is close', () => {
  const limited = (memory: number): MeasuredContainer => ({
    ...measuredContainer(usage(0, { memory, memoryLimit: 512_000_000 })),
    ownLimit: 512_000_000,
  });
  const low = limited(256_000_000);
  expect(row(low)).toMatchObject({
    cells: { memory: { text: '256 MB', detail: 'of 512 MB', isHigh: false } },
    memoryLimit: 512_000_000,
  });
  expect(chart(low, 'memory')).toMatchObject({
    value: '256 MB · 50%',
    limit: { value: 512_000_000, text: 'limit 512 MB' },
    top: 600_000_000,
    labels: ['600 MB', '300 MB', '0'],
  });
  expect(row(limited(471_000_000)).cells.memory?.isHigh).toBe(true);
  const unlimited = measuredContainer(usage(0, { memory: 1 }));
  expect(row(unlimited).cells.memory?.detail).toBeUndefined();
  expect(chart(unlimited, 'memory').limit).toBeUndefined();
});

test('says when memory that grows reaches its limit', () => {
  const all = Array.from({ length: 61 }, (_, second) =>
    usage(second, { memory: 300e6 + second * 1e6, memoryLimit: 480e6 }),
  );
  const growing = { ...measuredContainer(...all), ownLimit: 480e6 };
  expect(chart(growing, 'memory').note).toBe('limit reached in about 2 min');
  const still = { ...measuredContainer(...all.map((one) => ({ ...one, memory: 300e6 }))), ownLimit: 480e6 }; // prettier-ignore
  expect(chart(still, 'memory').note).toBeUndefined();
});

test.each([
  ['grows too slowly', 100, [0, 1]],
  ['shrinks', 100, [50, 10]],
  ['has passed the limit', 10, [5, 20]],
])('has no forecast for a value that %s', (_, limit, [first = 0, last = 0]) => {
  const values = Array.from(
    { length: 61 },
    (__, at) => [at * 1000, first + ((last - first) * at) / 60] as const,
  );
  expect(secondsUntil(limit, values)).toBe(undefined);
});

test('replaces a chart without activity by a sentence', () => {
  const idle = measuredContainer(usage(0, { written: 5e6 }), usage(1, { written: 5e6 }));
  expect(chart(idle, 'disk').idle).toBe(
    'No disk activity in the last 5 min; the chart appears when there is some. In total: 0 B read, 5 MB written.',
  );
  const busy = measuredContainer(usage(0), usage(1, { written: 1 }));
  expect(chart(busy, 'disk').idle).toBeUndefined();
});

test('shows a limit of processors', () => {
  const limited = { ...measuredContainer(usage(0, { cpu: 80 })), cpuLimit: 2 };
  expect(chart(limited, 'cpu')).toMatchObject({ note: 'limit 2 cores', top: 200 });
});

test('the time span begins with what is known and grows', () => {
  const measured = (...seconds: readonly number[]) =>
    measuredContainer(...seconds.map((second) => usage(second))).series;
  expect(spanOf([])).toBe(10_000);
  expect(spanOf([measured(0, 3)])).toBe(10_000);
  expect(spanOf([measured(0, 30), measured(20, 42)])).toBe(42_000);
  expect(spanOf([measured(0), measured(400)])).toBe(longestSpan);
});

test('sends only new points to a page that has the earlier ones', () => {
  const one = measuredContainer(usage(0), usage(1));
  expect(row(one, false).newPoints).toHaveLength(2);
  one.series.add(usage(2));
  expect(row(one, false).newPoints.map(([at]) => at)).toEqual([begin + 2000]);
  expect(row(one, false).newPoints).toEqual([]);
  expect(row(one).newPoints).toHaveLength(3);
});

test('keeps only the points of the time span, and sends each point once', () => {
  const one = measuredContainer();
  for (let second = 0; second < 1000; second++) {
    one.series.add(usage(second));
    expect(row(one, false).newPoints).toHaveLength(1);
  }
  expect(one.series.points).toHaveLength(longestSpan / 1000 + 1);
});

test('clears the points when the clock is set back', () => {
  const one = measuredContainer(usage(5000), usage(10));
  expect(one.series.points.map(([at]) => at)).toEqual([begin + 10_000]);
});

test('sums up all containers, and compares with the machine', () => {
  const busy = measuredContainer(usage(0, { cpu: 150, memory: 1e6, processes: 3 }));
  const idle = measuredContainer(usage(0, { cpu: 0.5, memory: 2e6, processes: 4 }));
  const host = { cpus: 8, memory: 16e9 };
  expect(factsOf([busy, idle], host)).toEqual([
    '2 containers',
    'CPU 1.50 of 8 cores',
    'memory 3 MB of 16 GB',
  ]);
  expect(factsOf([measuredContainer()], host)).toEqual(['No measurements']);
  expect(totalOf([busy, idle])).toMatchObject({
    name: '2 containers',
    cells: { cpu: { text: '151%' }, memory: { text: '3 MB' }, processes: { text: '7' } },
  });
  expect(totalOf([busy])).toBeUndefined();
  expect(cpuTopOf([busy, idle])).toBe(160);
});

test.each([
  [5, 5],
  [5.1, 6],
  [1000, 1000],
  [1001, 1200],
  [0.3, 0.3],
  [9.5, 10],
])('rounds the scale for %d up to %d', (value, top) => {
  expect(roundUp(value)).toBeCloseTo(top);
});
