import { expect, test } from 'vitest';
import { Turns } from './turns.ts';

async function isPending(promise: Promise<void>): Promise<boolean> {
  const pending = Symbol('pending');
  for (let i = 0; i < 5; i++) await Promise.resolve();
  return (await Promise.race([promise, Promise.resolve(pending)])) === pending;
}

test('descriptions need not wait when no contents are being sent', async () => {
  const turns = new Turns();
  expect(await isPending(turns.after(64, () => false))).toBe(false);
});

test('descriptions wait for as many files', async () => {
  const turns = new Turns();
  const turn = turns.after(2, () => true);
  turns.count(100, true);
  expect(await isPending(turn)).toBe(true);
  turns.count(100, true);
  expect(await isPending(turn)).toBe(false);
  // Each turn counts from the beginning.
  expect(await isPending(turns.after(2, () => true))).toBe(true);
});

test('a part of a large file counts like many files', async () => {
  const turns = new Turns();
  const turn = turns.after(64, () => true);
  turns.count(512 * 1024, false);
  expect(await isPending(turn)).toBe(false);
});

test('descriptions continue when the last content was sent', async () => {
  const turns = new Turns();
  const turn = turns.after(64, () => true);
  turns.wake();
  expect(await isPending(turn)).toBe(false);
});
