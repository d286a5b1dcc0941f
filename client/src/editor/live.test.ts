import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { EngineError } from '../engine/errors.ts';
import { fakeEngine } from '../engine/fake.ts';
import { containersView } from '../explorer/containers.ts';
import { imagesView } from '../explorer/images.ts';
import { Live, stateAfter } from './live.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

/** A Live over a fake engine that can be away; what it did, in order. */
function trial(away?: EngineError) {
  const fake = fakeEngine({ containers: [{ name: 'web', id: 'web' }] });
  const did: string[] = [];
  let trouble = away;
  const live = new Live({
    views: [containersView({ show: () => 'all' }), imagesView()],
    engine: () => {
      did.push('connect');
      return trouble === undefined ? Promise.resolve(fake.engine) : Promise.reject(trouble);
    },
    forget: () => undefined,
    refresh: (ids) => did.push(`refresh ${[...ids].join(' ')}`),
    become: (state) => did.push(state),
    log: () => undefined,
  });
  const after = async (milliseconds: number): Promise<readonly string[]> => {
    await vi.advanceTimersByTimeAsync(milliseconds);
    return did.splice(0);
  };
  const goes = (error: EngineError | undefined): void => {
    trouble = error;
    fake.fail(error);
  };
  return { live, fake, after, goes };
}

const gone = new EngineError('not-running', 'Nothing answers');

test('nothing happens before a view is visible', async () => {
  const { after } = trial();
  expect(await after(60_000)).toEqual([]);
  expect(vi.getTimerCount()).toBe(0);
});

test('a visible view follows events; a hidden one is read when it is shown again', async () => {
  const { live, fake, after } = trial();
  live.setVisible('containers', true);
  expect(await after(0)).toEqual(['connecting', 'connect', 'ready', 'refresh containers']);
  fake.emit('container', 'start', 'web');
  fake.emit('container', 'die', 'web');
  expect(await after(299)).toEqual([]);
  expect(await after(1)).toEqual(['refresh containers']);
  live.setVisible('images', true);
  expect(await after(0)).toEqual(['refresh images']);
  live.setVisible('images', false);
  live.setVisible('containers', false);
  fake.emit('container', 'start', 'web');
  expect(await after(60_000)).toEqual([]);
  expect(vi.getTimerCount()).toBe(0);
  live.setVisible('containers', true);
  expect(await after(0)).toEqual(['connect', 'refresh containers']);
  live.stop();
});

test('an engine that goes is missed and found again', async () => {
  const { live, after, goes } = trial();
  live.setVisible('containers', true);
  await after(10_000);
  goes(gone);
  expect(await after(0)).toEqual(['connect', 'not-running', 'refresh containers']);
  expect(await after(1_500)).toEqual(['connect', 'connect']);
  goes(undefined);
  expect(await after(3_000)).toEqual(['connect', 'ready', 'refresh containers']);
  live.stop();
});

test('a hidden view does not look for an engine that is away', async () => {
  const { live, after } = trial(gone);
  live.setVisible('containers', true);
  expect(await after(0)).toEqual(['connecting', 'connect', 'not-running', 'refresh containers']);
  live.setVisible('containers', false);
  expect(await after(60_000)).toEqual([]);
  expect(vi.getTimerCount()).toBe(0);
});

test('being told that something changed ends the wait', async () => {
  const { live, after } = trial(gone);
  live.setVisible('containers', true);
  await after(1_000);
  live.wake();
  expect(await after(0)).toEqual(['connect']);
  live.stop();
});

test.each([
  ['not-installed', 'not-installed'],
  ['denied', 'denied'],
  ['failed', 'unreachable'],
] as const)('%s is shown as %s', (kind, state) => {
  expect(stateAfter(new EngineError(kind, ''))).toBe(state);
});
