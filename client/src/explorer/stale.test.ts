import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { EngineEvent } from '../engine/engine.ts';
import { containersView, defaultContainersOptions } from './containers.ts';
import { imagesView, defaultImagesOptions } from './images.ts';
import { batchRefreshes, viewsChangedBy } from './stale.ts';

const views = [
  containersView(() => defaultContainersOptions),
  imagesView(() => defaultImagesOptions),
];
const event = (about: EngineEvent['about'], action: string): EngineEvent => ({
  about,
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
  ['image', 'tag', ['images']],
  ['network', 'connect', ['containers']],
  ['volume', 'create', []],
] as const)('%s %s makes %j stale', (about, action, stale) => {
  expect(viewsChangedBy(event(about, action), views)).toEqual(stale);
});

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

test('a burst is one refresh, and a steady stream still refreshes', () => {
  const refreshed: string[][] = [];
  const gathered = batchRefreshes((ids) => refreshed.push([...ids]), 300);
  for (let time = 0; time < 700; time += 100) {
    gathered.add(time < 300 ? ['containers'] : ['images', 'containers']);
    vi.advanceTimersByTime(100);
  }
  expect(refreshed).toEqual([['containers'], ['images', 'containers']]);
  gathered.add(['images']);
  gathered.clear();
  vi.advanceTimersByTime(1000);
  expect(refreshed).toHaveLength(2);
});

test('nothing waits where nothing is stale', () => {
  batchRefreshes(() => undefined).add([]);
  expect(vi.getTimerCount()).toBe(0);
});
