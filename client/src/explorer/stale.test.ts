import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { EngineEvent } from '../engine/engine.ts';
import { containersView, defaultContainersOptions } from './containers.ts';
import { imagesView, defaultImagesOptions } from './images.ts';
import { batchRefreshes, viewsChangedBy, whenQuiet } from './stale.ts';

const views = [
  containersView(() => defaultContainersOptions),
  imagesView(() => defaultImagesOptions),
];
const event = (objectType: EngineEvent['objectType'], action: string): EngineEvent => ({
  objectType,
  action,
  id: 'x',
  timeNano: '1',
});

test.each([
  ['container', 'start', ['containers', 'images']],
  ['container', 'health_status: healthy', ['containers', 'images']],
  ['container', 'exec_start: sh -c true', []],
  ['container', 'exec_die', []],
  ['container', 'archive-path', []],
  ['image', 'tag', ['containers', 'images']],
  ['network', 'connect', ['containers']],
  ['volume', 'create', []],
] as const)('refreshes views for event %s %s: %j', (objectType, action, stale) => {
  expect(viewsChangedBy(event(objectType, action), views)).toEqual(stale);
});

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

test('refreshes at once, merges the rest of a burst, and refreshes during a steady stream', () => {
  const refreshed: string[][] = [];
  const batch = batchRefreshes((ids) => refreshed.push([...ids]), 300);
  batch.add(['containers']);
  batch.add(['images']);
  vi.advanceTimersByTime(0);
  expect(refreshed).toEqual([['containers', 'images']]);
  for (let time = 0; time < 600; time += 100) {
    batch.add(time < 300 ? ['containers'] : ['images', 'containers']);
    vi.advanceTimersByTime(100);
  }
  expect(refreshed.slice(1)).toEqual([['containers'], ['images', 'containers']]);
  vi.advanceTimersByTime(300);
  expect(vi.getTimerCount()).toBe(0);
  batch.add(['images']);
  batch.clear();
  vi.advanceTimersByTime(1000);
  expect(refreshed).toHaveLength(3);
});

test('waits until nothing is added, but not longer than the longest time', () => {
  const calls: string[][] = [];
  const wait = whenQuiet<string>((things) => calls.push([...things]), {
    quiet: 200,
    longest: 1000,
  });
  wait.add('a');
  vi.advanceTimersByTime(150);
  wait.add('b');
  vi.advanceTimersByTime(199);
  expect(calls).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(calls).toEqual([['a', 'b']]);
  for (let time = 0; time < 1000; time += 100) {
    wait.add('c');
    vi.advanceTimersByTime(100);
  }
  expect(calls).toEqual([['a', 'b'], ['c']]);
  wait.add('d');
  wait.clear();
  vi.advanceTimersByTime(1000);
  expect(calls).toHaveLength(2);
  expect(vi.getTimerCount()).toBe(0);
});

test('does not start a timer without views to refresh', () => {
  batchRefreshes(() => undefined).add([]);
  expect(vi.getTimerCount()).toBe(0);
});
