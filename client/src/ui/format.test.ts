import { expect, test } from 'vitest';
import {
  parseAge,
  ageBetween,
  formatAge,
  formatDuration,
  joinFirst,
  formatImageName,
  formatPorts,
  formatSize,
  formatCount,
} from './format.ts';

test.each([0, 7, 999, 1000, 128_402, 1_000_000, 2_147_483_648, -1, -999, -1234])(
  'writes %d as Intl.NumberFormat does',
  (count) => {
    expect(formatCount(count)).toBe(new Intl.NumberFormat('en-US').format(count));
  },
);

test.each([
  [0, '0 B'],
  [999, '999 B'],
  [999.6, '1 kB'],
  [9_940, '9.9 kB'],
  [9_960, '10 kB'],
  [61_400_000, '61 MB'],
  [884_000_000, '884 MB'],
  [999_600_000, '1 GB'],
  [1_130_000_000, '1.1 GB'],
])('formats %d bytes as %s', (bytes, text) => {
  expect(formatSize(bytes)).toBe(text);
});

test.each([
  ['Up 2 hours (healthy)', '2 h'],
  ['Up About an hour', '1 h'],
  ['Up About a minute', '1 min'],
  ['Up Less than a second', '1 s'],
  ['Exited (137) 3 weeks ago', '3 weeks'],
  ['Up 1 second (Paused)', '1 s'],
])('reads the age in %s as %s', (status, text) => {
  const age = parseAge(status);
  expect(age && formatDuration(age)).toBe(text);
});

test.each(['Created', 'Dead', 'Removal In Progress'])('finds no age in %s', (status) => {
  expect(parseAge(status)).toBeUndefined();
});

test.each([
  [30, 'just now'],
  [90, '1 min ago'],
  [2 * 3600, '2 h ago'],
  [86_400, '1 day ago'],
  [10 * 86_400, '10 days ago'],
  [14 * 86_400, '2 weeks ago'],
  [45 * 86_400, '6 weeks ago'],
  [90 * 86_400, '3 months ago'],
  [800 * 86_400, '2 years ago'],
])('formats an age of %d seconds as %s', (seconds, text) => {
  const now = new Date('2026-06-15T12:00:00Z');
  expect(formatAge(ageBetween(new Date(now.getTime() - seconds * 1000), now))).toBe(text);
});

test('lists a port that is published on two addresses once', () => {
  expect(
    formatPorts([
      { container: 443, protocol: 'tcp' },
      { container: 80, host: 8080, address: '0.0.0.0', protocol: 'tcp' },
      { container: 80, host: 8080, address: '::', protocol: 'tcp' },
      { container: 53, host: 5353, protocol: 'udp' },
      { container: 80, protocol: 'tcp' },
    ]),
  ).toEqual(['5353→53/udp', '8080→80', '443']);
});

test('joins the first texts and counts the others', () => {
  expect(joinFirst([])).toBeUndefined();
  expect(joinFirst(['a', 'b', 'c'])).toBe('a, b, c');
  expect(joinFirst(['a', 'b', 'c', 'd', 'e'])).toBe('a, b, c +2');
});

test.each([
  ['python:3.13', 'python:3.13'],
  [`sha256:${'a1'.repeat(32)}`, 'a1a1a1a1a1a1'],
  ['a1'.repeat(32), 'a1a1a1a1a1a1'],
  [`nginx@sha256:${'b2'.repeat(32)}`, 'nginx@b2b2b2b'],
])('formats the image name %s as %s', (reference, text) => {
  expect(formatImageName(reference)).toBe(text);
});
