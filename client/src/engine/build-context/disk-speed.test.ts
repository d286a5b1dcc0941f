import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { diskSpeed } from './disk-speed.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }));
afterEach(() => void vi.useRealTimers());

const read = (speed: ReturnType<typeof diskSpeed>, each: number, calls: number): void => {
  for (let i = 0; i < calls; i++) speed.measure(1, () => vi.advanceTimersByTime(each));
};

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
