import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { EngineError } from '../engine/errors.ts';
import { fakeEngine } from '../../../test/fake-engine/fake-engine.ts';
import { containersView, usualContainersLook } from '../explorer/containers.ts';
import { imagesView, usualImagesLook } from '../explorer/images.ts';
import { Live, stateAfter } from './live-views.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

/** A Live over a fake engine that can be away; what it did, in order. */
function trial(away?: EngineError) {
  const fake = fakeEngine({ containers: [{ name: 'web', id: 'web' }] });
  const did: string[] = [];
  let forgotten = 0;
  let trouble = away;
  const live = new Live({
    views: [containersView(() => usualContainersLook), imagesView(() => usualImagesLook)],
    engine: () => {
      did.push('connect');
      return trouble === undefined ? Promise.resolve(fake.engine) : Promise.reject(trouble);
    },
    forget: () => (forgotten += 1),
    refresh: (ids) => did.push(`refresh ${[...ids].join(' ')}`),
    tick: (ids) => did.push(`tick ${[...ids].join(' ')}`),
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
  return { live, fake, after, goes, forgotten: () => forgotten };
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
  expect(await after(149)).toEqual([]);
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

test('while views are visible, their times are told anew every minute, without a request', async () => {
  const { live, after } = trial();
  live.setVisible('containers', true);
  await after(1_000);
  expect(await after(60_000)).toEqual(['tick containers']);
  live.setVisible('images', true);
  await after(1_000);
  expect(await after(60_000)).toEqual(['tick containers images']);
  live.setVisible('images', false);
  live.setVisible('containers', false);
  expect(await after(120_000)).toEqual([]);
  expect(vi.getTimerCount()).toBe(0);
});

test('an engine far away that does not answer is asked less and less often', async () => {
  const { live, after } = trial(new EngineError('ssh', 'no'));
  live.setVisible('containers', true);
  const asked = (await after(120_000)).filter((line) => line === 'connect');
  expect(asked.length).toBeLessThan(10);
  const late = (await after(600_000)).filter((line) => line === 'connect');
  expect(late.length).toBeGreaterThanOrEqual(9);
  expect(late.length).toBeLessThan(12);
  live.stop();
});

test('being told that something changed ends the wait', async () => {
  const { live, after } = trial(gone);
  live.setVisible('containers', true);
  await after(1_000);
  live.wake();
  expect(await after(0)).toEqual(['connect']);
  live.stop();
});

test('beginning anew forgets the old connection, and not the new one', async () => {
  const { live, after, forgotten } = trial();
  live.setVisible('containers', true);
  await after(1_000);
  live.restart();
  await after(10_000);
  expect(forgotten()).toBe(1);
  live.stop();
});

test.each([
  ['not-installed', 'not-installed'],
  ['denied', 'denied'],
  ['failed', 'unreachable'],
  ['new-login', 'new-login'],
  ['tls', 'tls'],
  ['ssh', 'ssh'],
  ['misconfigured', 'misconfigured'],
] as const)('%s is shown as %s', (kind, state) => {
  expect(stateAfter(new EngineError(kind, ''))).toBe(state);
});
