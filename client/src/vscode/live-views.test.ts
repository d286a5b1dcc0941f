import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { EngineError } from '../engine/errors.ts';
import { fakeEngine } from '../../../test/fake-engine/fake-engine.ts';
import { containersView, defaultContainersOptions } from '../explorer/containers.ts';
import { imagesView, defaultImagesOptions } from '../explorer/images.ts';
import { LiveViews, stateFor } from './live-views.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

/** Live views over a fake engine that can be unavailable, with a record of what they did. */
function trial(initialError?: EngineError) {
  // Its creation is an event of the past.
  vi.setSystemTime(Date.now() - 60_000);
  const fake = fakeEngine({ containers: [{ name: 'web', id: 'web' }] });
  const calls: string[] = [];
  vi.setSystemTime(Date.now() + 60_000);
  const reported: string[] = [];
  /** The times of the refreshes, after which a read that is running began. */
  const readSince: (number | undefined)[] = [];
  let forgotten = 0;
  let abandoned = 0;
  let error = initialError;
  const live = new LiveViews({
    views: [containersView(() => defaultContainersOptions), imagesView(() => defaultImagesOptions)],
    engine: () => {
      calls.push('connect');
      return error === undefined ? Promise.resolve(fake.engine) : Promise.reject(error);
    },
    forget: () => (forgotten += 1),
    abandonReads: () => (abandoned += 1),
    note: ({ action }) => calls.push(`note ${action}`),
    outdate: (types) => calls.push(`outdate ${[...types].join(' ')}`),
    forgetLists: () => calls.push('forget'),
    refresh: (ids, since) => {
      calls.push(`refresh ${[...ids].join(' ')}`);
      readSince.push(since);
    },
    tick: (ids) => calls.push(`tick ${[...ids].join(' ')}`),
    onState: (state) => calls.push(state),
    log: () => undefined,
  });
  /** What it did in this time; without what it reported to the lists, which `reported` has. */
  const after = async (milliseconds: number): Promise<readonly string[]> => {
    await vi.advanceTimersByTimeAsync(milliseconds);
    const all = calls.splice(0);
    reported.push(...all.filter((call) => toLists.test(call)));
    return all.filter((call) => !toLists.test(call));
  };
  const setError = (next: EngineError | undefined): void => {
    error = next;
    fake.fail(next);
  };
  return {
    live,
    fake,
    after,
    reported,
    readSince,
    setError,
    forgotten: () => forgotten,
    abandoned: () => abandoned,
  };
}

const toLists = /^(?:note|outdate|forget)\b/;

const notRunning = new EngineError('not-running', 'Nothing answers');

test('does nothing before a view is visible', async () => {
  const { after } = trial();
  expect(await after(60_000)).toEqual([]);
  expect(vi.getTimerCount()).toBe(0);
});

test('does not repeat reads that were started since a view is visible', async () => {
  const { live, fake, after, readSince } = trial();
  const shownAt = Date.now();
  live.setVisible('containers', true);
  await after(10);
  fake.emit('container', 'rename', 'web');
  await after(10_000);
  // An event and the end of events: what was read before them is old.
  expect(readSince).toEqual([shownAt, undefined, undefined]);
  live.stop();
});

test('refreshes a visible view on events, and a hidden one when it is shown', async () => {
  const { live, fake, after } = trial();
  live.setVisible('containers', true);
  expect(await after(0)).toEqual(['connecting', 'connect', 'ready', 'refresh containers']);
  fake.emit('container', 'start', 'web');
  fake.emit('container', 'die', 'web');
  expect(await after(0)).toEqual(['refresh containers']);
  fake.emit('container', 'start', 'web');
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

test('reads only what events name, and everything once more when there are no more events', async () => {
  const { live, fake, after, reported } = trial();
  live.setVisible('containers', true);
  await after(0);
  expect(reported.splice(0)).toEqual(['forget']);
  live.readAll();
  expect(await after(0)).toEqual(['refresh containers']);
  expect(reported.splice(0)).toEqual(['outdate container image network volume']);
  fake.emit('container', 'start', 'web');
  fake.emit('container', 'exec_start: true', 'web');
  expect(await after(1_999)).toEqual(['refresh containers']);
  expect(reported.splice(0)).toEqual(['note start']);
  expect(await after(10)).toEqual(['refresh containers']);
  expect(reported.splice(0)).toEqual(['outdate container']);
  expect(await after(50_000)).toEqual([]);
  live.setVisible('containers', false);
  await after(0);
  expect(reported).toEqual(['forget']);
});

test('reconnects after the engine has stopped', async () => {
  const { live, after, setError } = trial();
  live.setVisible('containers', true);
  await after(10_000);
  setError(notRunning);
  expect(await after(0)).toEqual(['connect', 'not-running', 'refresh containers']);
  expect(await after(1_500)).toEqual(['connect', 'connect']);
  setError(undefined);
  expect(await after(3_000)).toEqual(['connect', 'ready', 'refresh containers']);
  live.stop();
});

test('does not reconnect while all views are hidden', async () => {
  const { live, after } = trial(notRunning);
  live.setVisible('containers', true);
  expect(await after(0)).toEqual(['connecting', 'connect', 'not-running', 'refresh containers']);
  live.setVisible('containers', false);
  expect(await after(60_000)).toEqual([]);
  expect(vi.getTimerCount()).toBe(0);
});

test('updates ages in visible views every minute without a request', async () => {
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

test('retries an unreachable remote engine less and less often', async () => {
  const { live, after } = trial(new EngineError('ssh', 'no'));
  live.setVisible('containers', true);
  const asked = (await after(120_000)).filter((line) => line === 'connect');
  expect(asked.length).toBeLessThan(10);
  const late = (await after(600_000)).filter((line) => line === 'connect');
  expect(late.length).toBeGreaterThanOrEqual(9);
  expect(late.length).toBeLessThan(12);
  live.stop();
});

test('wake ends the wait before the next attempt', async () => {
  const { live, after } = trial(notRunning);
  live.setVisible('containers', true);
  await after(1_000);
  live.wake();
  expect(await after(0)).toEqual(['connect']);
  live.stop();
});

test('restart drops the old connection with its reads, and keeps the new one', async () => {
  const { live, after, forgotten, abandoned } = trial();
  live.setVisible('containers', true);
  await after(1_000);
  expect(abandoned()).toBe(0);
  live.restart();
  await after(10_000);
  expect(forgotten()).toBe(1);
  expect(abandoned()).toBe(1);
  live.stop();
});

test('repeats a failed read less and less often, until it succeeds', async () => {
  const { live, after } = trial();
  live.setVisible('containers', true);
  await after(1_000);
  const error = new EngineError('failed', 'cut');
  live.readEnded('containers', error);
  expect(await after(999)).toEqual([]);
  expect(await after(1)).toEqual(['refresh containers']);
  live.readEnded('containers', error);
  expect(await after(1_999)).toEqual([]);
  expect(await after(1)).toEqual(['refresh containers']);
  for (let round = 0; round < 10; round++) {
    live.readEnded('containers', error);
    expect(await after(30_000)).toContain('refresh containers');
  }
  live.readEnded('containers', undefined);
  expect(await after(31_000)).not.toContain('refresh containers');
  live.readEnded('containers', error);
  expect(await after(1_000)).toEqual(['refresh containers']);
  live.setVisible('containers', false);
  expect(vi.getTimerCount()).toBe(0);
});

test('does not repeat a failed read while the engine is not connected', async () => {
  const { live, after } = trial(notRunning);
  live.setVisible('containers', true);
  await after(0);
  live.readEnded('containers', notRunning);
  expect((await after(10_000)).filter((line) => line.startsWith('refresh'))).toEqual([]);
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
] as const)('maps error %s to state %s', (kind, state) => {
  expect(stateFor(new EngineError(kind, ''))).toBe(state);
});
