import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { diskSpeed } from './disk-speed.ts';

let voluntaryContextSwitches = 0;
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'] });
  const usage = process.resourceUsage();
  vi.spyOn(process, 'resourceUsage').mockImplementation(() => ({ ...usage, voluntaryContextSwitches })); // prettier-ignore
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

type Speed = ReturnType<typeof diskSpeed>;

const take = (speed: Speed, each: number, { calls, waits }: { calls: number; waits: number }) => {
  for (let i = 0; i < calls; i++)
    speed.measure(1, () => {
      voluntaryContextSwitches += waits;
      vi.advanceTimersByTime(each);
    });
};
const read = (speed: Speed, each: number, calls: number) => take(speed, each, { calls, waits: 1 });

test('is fast until some calls took long on average', () => {
  const speed = diskSpeed();
  expect(speed.isFast).toBe(true);
  read(speed, 0, 100);
  read(speed, 5, 1);
  expect(speed.isFast).toBe(true);
  read(speed, 5, 63);
  expect(speed.isFast).toBe(false);
});

test('is tried again later, and each time later', () => {
  const speed = diskSpeed();
  read(speed, 5, 32);
  speed.skip(255);
  expect(speed.isFast).toBe(false);
  speed.skip(1);
  expect(speed.isFast).toBe(true);
  read(speed, 5, 32);
  speed.skip(256);
  expect(speed.isFast).toBe(false);
  speed.skip(256);
  expect(speed.isFast).toBe(true);
  read(speed, 0, 1000);
  expect(speed.isFast).toBe(true);
});

test.skipIf(process.platform === 'win32')('stays fast if other programs have the processor', () => {
  const speed = diskSpeed();
  take(speed, 5, { calls: 500, waits: 0 });
  expect(speed.isFast).toBe(true);
});
