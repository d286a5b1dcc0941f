import { expect, test } from 'vitest';
import { EngineError } from '../engine/errors.ts';
import { fakeEngine, type FakeEngine } from '../../../test/fake-engine/fake-engine.ts';
import { rowOf } from './rows.ts';
import { Watch } from './watch.ts';

/** A watch over an engine, and a way to wait for what it shows. */
function watching(fake: FakeEngine, chosen?: readonly string[]) {
  const told: unknown[] = [];
  let heard: () => void = () => undefined;
  const wake = () => heard();
  const watch = new Watch({
    engine: () => Promise.resolve(fake.engine),
    chosen: chosen?.map((name) => fake.container(name)),
    changed: wake,
    trouble: (error) => {
      told.push(error);
      wake();
    },
  });
  const shown = () => watch.containers.map((measured) => rowOf(measured, false));
  const texts = () =>
    shown().map(({ name, state, cells }) => `${name} ${state ?? cells.cpu?.text}`);
  /** Every step of the watch is told; a test that waits in vain ends at the runner's own limit. */
  const until = async (holds: () => boolean): Promise<void> => {
    while (!holds()) await new Promise<void>((resolve) => (heard = resolve));
  };
  return { watch, told, texts, until };
}

test('all that run are measured, those that come and go too', async () => {
  const fake = fakeEngine({
    containers: [
      { name: 'web', id: 'web', usage: { cpu: 12.34 } },
      { name: 'old', id: 'old', state: 'exited', exitCode: 0 },
    ],
  });
  const { watch, texts, until } = watching(fake);
  watch.start();
  await until(() => texts().includes('web 12%'));
  fake.use('web', { cpu: 1.26 });
  await until(() => texts().includes('web 1.3%'));
  fake.create({ name: 'late', id: 'late', state: 'exited', usage: { cpu: 7 } });
  await fake.engine.start('late');
  await until(() => texts().includes('late 7.0%'));
  expect(texts()).toEqual(['web 1.3%', 'late 7.0%']);
  fake.exit('late', 0);
  await until(() => texts().length === 1);
  watch.stop();
});

test('those that were chosen stay and say how they stand', async () => {
  const fake = fakeEngine({
    containers: [
      { name: 'web', id: 'web' },
      { name: 'db', id: 'db' },
    ],
  });
  const { watch, texts, until } = watching(fake, ['web']);
  watch.start();
  await until(() => texts()[0] === 'web 0.0%');
  expect([fake.meters('web'), fake.meters('db')]).toEqual([1, 0]);
  fake.exit('web', 3);
  await until(() => texts()[0] === 'web stopped, exit code 3');
  await fake.engine.start('web');
  await until(() => texts()[0] === 'web 0.0%');
  await fake.engine.pause('web');
  await until(() => texts()[0] === 'web paused');
  await fake.engine.remove('web', { force: true });
  await until(() => texts()[0] === 'web removed');
  watch.stop();
});

test('nothing is measured or listened to after it was stopped, and all again when it is started', async () => {
  const fake = fakeEngine({ containers: [{ name: 'web', id: 'web' }] });
  const { watch, texts, until } = watching(fake);
  watch.start();
  await until(() => texts()[0] === 'web 0.0%');
  watch.stop();
  await Promise.resolve();
  fake.use('web', { cpu: 50 });
  expect(texts()).toEqual(['web 0.0%']);
  watch.start();
  await until(() => texts()[0] === 'web 50%');
  expect(fake.meters('web')).toBe(1);
  watch.stop();
});

test('an engine that goes away is told, and measured again when it is back', async () => {
  const fake = fakeEngine({ containers: [{ name: 'web', id: 'web', usage: { cpu: 5 } }] });
  const { watch, told, texts, until } = watching(fake);
  watch.start();
  await until(() => texts()[0] === 'web 5.0%');
  fake.fail(new EngineError('not-running', 'nobody there'));
  await until(() => told.at(-1) instanceof EngineError);
  fake.fail(undefined);
  await until(() => told.at(-1) === undefined && fake.meters('web') === 1);
  watch.stop();
});
