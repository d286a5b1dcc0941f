import { expect, test } from 'vitest';
import { ageIn, ageOf, ago, duration, few, imageName, ports, size } from './format.ts';

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
])('%d bytes are %s', (bytes, text) => {
  expect(size(bytes)).toBe(text);
});

test.each([
  ['Up 2 hours (healthy)', '2 h'],
  ['Up About an hour', '1 h'],
  ['Up About a minute', '1 min'],
  ['Up Less than a second', '1 s'],
  ['Exited (137) 3 weeks ago', '3 weeks'],
  ['Up 1 second (Paused)', '1 s'],
])('%s is %s', (status, text) => {
  const age = ageIn(status);
  expect(age && duration(age)).toBe(text);
});

test.each(['Created', 'Dead', 'Removal In Progress'])('%s has no age', (status) => {
  expect(ageIn(status)).toBeUndefined();
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
])('%d seconds are %s', (seconds, text) => {
  const now = new Date('2026-06-15T12:00:00Z');
  expect(ago(ageOf(new Date(now.getTime() - seconds * 1000), now))).toBe(text);
});

test('a published port is told once, whatever the address', () => {
  expect(
    ports([
      { container: 443, protocol: 'tcp' },
      { container: 80, host: 8080, address: '0.0.0.0', protocol: 'tcp' },
      { container: 80, host: 8080, address: '::', protocol: 'tcp' },
      { container: 53, host: 5353, protocol: 'udp' },
      { container: 80, protocol: 'tcp' },
    ]),
  ).toEqual(['5353→53/udp', '8080→80', '443']);
});

test('of many things the first few are named', () => {
  expect(few([])).toBeUndefined();
  expect(few(['a', 'b', 'c'])).toBe('a, b, c');
  expect(few(['a', 'b', 'c', 'd', 'e'])).toBe('a, b, c +2');
});

test.each([
  ['python:3.13', 'python:3.13'],
  [`sha256:${'a1'.repeat(32)}`, 'a1a1a1a1a1a1'],
  ['a1'.repeat(32), 'a1a1a1a1a1a1'],
  [`nginx@sha256:${'b2'.repeat(32)}`, 'nginx@b2b2b2b'],
])('%s is shown as %s', (reference, text) => {
  expect(imageName(reference)).toBe(text);
});
