import { expect, test } from 'vitest';
import { isEmptySample, toUsage, type RawUsage } from './usage.ts';

/** A one-second sample on a host with two processors: two seconds of processor time, of which the container used half a second. */
const first: RawUsage = {
  read: '2026-01-01T00:00:01Z',
  preread: '2026-01-01T00:00:00Z',
  cpu_stats: {
    cpu_usage: { total_usage: 3_500_000_000, percpu_usage: [1, 2] },
    system_cpu_usage: 12_000_000_000,
    online_cpus: 2,
  },
  precpu_stats: {
    cpu_usage: { total_usage: 3_000_000_000 },
    system_cpu_usage: 10_000_000_000,
  },
  memory_stats: { usage: 5000, limit: 10_000, stats: { total_inactive_file: 1000 } },
  networks: { eth0: { rx_bytes: 1, tx_bytes: 2 }, eth1: { rx_bytes: 10, tx_bytes: 20 } },
  blkio_stats: {
    io_service_bytes_recursive: [
      { op: 'Read', value: 100 },
      { op: 'Write', value: 200 },
      { op: 'Total', value: 300 },
      { op: 'Read', value: 1 },
    ],
  },
  pids_stats: { current: 7 },
  num_procs: 0,
};

test('computes the same values as docker stats', () => {
  expect(toUsage(first)).toEqual({
    at: Date.parse('2026-01-01T00:00:01Z'),
    cpu: 50,
    processors: 2,
    memory: 4000,
    memoryLimit: 10_000,
    received: 11,
    sent: 22,
    read: 101,
    written: 200,
    processes: 7,
  });
});

test('reads the names of cgroup v2', () => {
  const second: RawUsage = {
    ...first,
    memory_stats: { usage: 5000, limit: 10_000, stats: { inactive_file: 300 } },
    blkio_stats: { io_service_bytes_recursive: [{ op: 'write', value: 9 }] },
  };
  expect(toUsage(second)).toMatchObject({ memory: 4700, read: 0, written: 9 });
});

test.each([
  [
    'more cache than usage',
    { usage: 100, stats: { total_inactive_file: 100, inactive_file: 100 } },
  ],
  ['no data about the cache', { usage: 100 }],
])('counts all memory when there is %s', (_, memory_stats) => {
  expect(toUsage({ ...first, memory_stats })?.memory).toBe(100);
});

test('counts processors from the usage per processor when the engine does not report their number', () => {
  const cpu_stats = { ...first.cpu_stats, online_cpus: 0 };
  expect(toUsage({ ...first, cpu_stats })).toMatchObject({ cpu: 50, processors: 2 });
});

test('uses the previous line when a sample does not include it, and needs two lines', () => {
  const alone: RawUsage = { ...first, precpu_stats: {} };
  expect(toUsage(alone)).toBeUndefined();
  const next: RawUsage = {
    ...alone,
    cpu_stats: {
      ...first.cpu_stats,
      cpu_usage: { total_usage: 5_500_000_000 },
      system_cpu_usage: 14_000_000_000,
    },
  };
  expect(toUsage(next, alone)?.cpu).toBe(200);
});

test('reports no CPU usage when the counter decreases, as after a restart', () => {
  const precpu_stats = { ...first.precpu_stats, cpu_usage: { total_usage: 9_000_000_000 } };
  expect(toUsage({ ...first, precpu_stats })?.cpu).toBe(0);
});

test('computes usage on Windows', () => {
  const windows: RawUsage = {
    read: '2026-01-01T00:00:01Z',
    preread: '2026-01-01T00:00:00Z',
    num_procs: 4,
    cpu_stats: { cpu_usage: { total_usage: 30_000_000 } },
    precpu_stats: { cpu_usage: { total_usage: 20_000_000 } },
    memory_stats: { privateworkingset: 77 },
    storage_stats: { read_size_bytes: 5, write_size_bytes: 6 },
  };
  expect(toUsage(windows)).toEqual({
    at: Date.parse('2026-01-01T00:00:01Z'),
    cpu: 25,
    processors: 4,
    memory: 77,
    received: 0,
    sent: 0,
    read: 5,
    written: 6,
  });
  expect(toUsage({ ...windows, preread: '0001-01-01T00:00:00Z' })).toBeUndefined();
});

test('recognizes the empty samples of a container that is not running', () => {
  expect(isEmptySample({ read: '0001-01-01T00:00:00Z' })).toBe(true);
  expect(isEmptySample({})).toBe(true);
  expect(isEmptySample(first)).toBe(false);
});
