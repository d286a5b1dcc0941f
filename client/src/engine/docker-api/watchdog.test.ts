import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Limit } from './limits.ts';
import { Watchdog } from './watchdog.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const answer: Limit = { silence: 30, longest: 30, whole: 100 };
const work: Limit = { silence: 30, longest: 100, whole: Infinity };
const open: Limit = { silence: 30, longest: Infinity, whole: Infinity };

/** A watchdog with a record of what it did; `responds` is what its probes find. */
function trial(limit: Limit, responds = true) {
  const events: string[] = [];
  const state = { responds };
  const dog = new Watchdog(limit, {
    probe: () => {
      events.push('probe');
      return Promise.resolve(state.responds);
    },
    expired: (reason) => events.push(reason),
  });
  const after = async (milliseconds: number): Promise<readonly string[]> => {
    await vi.advanceTimersByTimeAsync(milliseconds);
    return events.splice(0);
  };
  return { dog, after, state };
}

test('ends a silent request without a probe if it is to be answered at once', async () => {
  const { after } = trial(answer);
  expect(await after(29)).toEqual([]);
  expect(await after(2)).toEqual(['silent']);
  expect(await after(1000)).toEqual([]);
});

test('ends a request that takes too long although bytes arrive', async () => {
  const { dog, after } = trial(answer);
  for (let at = 0; at < 90; at += 10) {
    expect(await after(10)).toEqual([]);
    dog.touch();
  }
  expect(await after(11)).toEqual(['long']);
});

test('asks whether the engine responds, as long as the limit allows', async () => {
  const { after } = trial(work);
  expect(await after(31)).toEqual(['probe']);
  expect(await after(100)).toEqual(['probe', 'probe', 'probe', 'long']);
});

test('ends any request if the engine does not respond', async () => {
  const { dog, after, state } = trial(open);
  expect(await after(1000)).not.toContain('long');
  dog.touch();
  state.responds = false;
  expect((await after(100)).at(-1)).toBe('silent');
});

test('does not count the time in which the reader is busy', async () => {
  const { dog, after } = trial(answer);
  dog.pause();
  expect(await after(90)).toEqual([]);
  dog.resume();
  dog.continueWith(work);
  expect(await after(29)).toEqual([]);
  expect(await after(2)).toEqual(['probe']);
});

test('counts the bytes of a socket that others read', async () => {
  const { dog, after } = trial(open);
  let bytes = 0;
  dog.continueWith(open, () => bytes);
  for (let round = 0; round < 5; round++) {
    bytes += 10;
    expect(await after(29)).toEqual([]);
  }
  expect(await after(100)).toContain('probe');
});

test('does nothing after it was stopped', async () => {
  const { dog, after } = trial(open, false);
  dog.stop();
  dog.continueWith(open);
  expect(await after(1000)).toEqual([]);
  expect(vi.getTimerCount()).toBe(0);
});
