import { expect, test } from 'vitest';
import { isBlank, usageOf, type RawUsage } from './usage.ts';

/** A second on a machine with two processors: two seconds of time of all, a half of one used. */
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

test('a measurement is what docker stats makes of it', () => {
  expect(usageOf(first)).toEqual({
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

test('the second version of control groups has other names', () => {
  const second: RawUsage = {
    ...first,
    memory_stats: { usage: 5000, limit: 10_000, stats: { inactive_file: 300 } },
    blkio_stats: { io_service_bytes_recursive: [{ op: 'write', value: 9 }] },
  };
  expect(usageOf(second)).toMatchObject({ memory: 4700, read: 0, written: 9 });
});

test.each([
  ['more cache than use', { usage: 100, stats: { total_inactive_file: 100, inactive_file: 100 } }],
  ['nothing about the cache', { usage: 100, stats: null }],
])('memory with %s is all of it', (_, memory_stats) => {
  expect(usageOf({ ...first, memory_stats })?.memory).toBe(100);
});

test('an engine that does not count processors tells of each', () => {
  const cpu_stats = { ...first.cpu_stats, online_cpus: 0 };
  expect(usageOf({ ...first, cpu_stats })).toMatchObject({ cpu: 50, processors: 2 });
});

test('without the measurement before, that of the last line is taken, and the first line tells nothing', () => {
  const alone: RawUsage = { ...first, precpu_stats: {} };
  expect(usageOf(alone)).toBeUndefined();
  const next: RawUsage = {
    ...alone,
    cpu_stats: {
      ...first.cpu_stats,
      cpu_usage: { total_usage: 5_500_000_000 },
      system_cpu_usage: 14_000_000_000,
    },
  };
  expect(usageOf(next, alone)?.cpu).toBe(200);
});

test('time that goes back, as after a restart, is nothing used', () => {
  const precpu_stats = { ...first.precpu_stats, cpu_usage: { total_usage: 9_000_000_000 } };
  expect(usageOf({ ...first, precpu_stats })?.cpu).toBe(0);
});

test('Windows counts otherwise', () => {
  const windows: RawUsage = {
    read: '2026-01-01T00:00:01Z',
    preread: '2026-01-01T00:00:00Z',
    num_procs: 4,
    cpu_stats: { cpu_usage: { total_usage: 30_000_000 } },
    precpu_stats: { cpu_usage: { total_usage: 20_000_000 } },
    memory_stats: { privateworkingset: 77 },
    storage_stats: { read_size_bytes: 5, write_size_bytes: 6 },
  };
  expect(usageOf(windows)).toEqual({
    at: Date.parse('2026-01-01T00:00:01Z'),
    cpu: 25,
    processors: 4,
    memory: 77,
    received: 0,
    sent: 0,
    read: 5,
    written: 6,
  });
  expect(usageOf({ ...windows, preread: '0001-01-01T00:00:00Z' })).toBeUndefined();
});

test('what the engine writes of a container that does not run is no measurement', () => {
  expect(isBlank({ read: '0001-01-01T00:00:00Z' })).toBe(true);
  expect(isBlank({})).toBe(true);
  expect(isBlank(first)).toBe(false);
});
