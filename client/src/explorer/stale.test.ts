import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { EngineEvent } from '../engine/engine.ts';
import { containersView, defaultContainersOptions } from './containers.ts';
import { imagesView, defaultImagesOptions } from './images.ts';
import { batchRefreshes, viewsChangedBy } from './stale.ts';

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

test('merges a burst of events into one refresh, and refreshes during a steady stream', () => {
  const refreshed: string[][] = [];
  const batch = batchRefreshes((ids) => refreshed.push([...ids]), 300);
  for (let time = 0; time < 700; time += 100) {
    batch.add(time < 300 ? ['containers'] : ['images', 'containers']);
    vi.advanceTimersByTime(100);
  }
  expect(refreshed).toEqual([['containers'], ['images', 'containers']]);
  batch.add(['images']);
  batch.clear();
  vi.advanceTimersByTime(1000);
  expect(refreshed).toHaveLength(2);
});

test('does not start a timer without views to refresh', () => {
  batchRefreshes(() => undefined).add([]);
  expect(vi.getTimerCount()).toBe(0);
});
