import { expect, test } from 'vitest';
import { EngineError } from '../engine/errors.ts';
import { fakeEngine, type FakeEngine } from '../../../test/fake-engine/fake-engine.ts';
import { toRow } from './rows.ts';
import { Watch } from './watch.ts';

/** A watch over an engine, and a way to wait for its rows. */
function createWatch(fake: FakeEngine, chosen?: readonly string[]) {
  const errors: unknown[] = [];
  let notify: () => void = () => undefined;
  const wake = () => notify();
  const watch = new Watch({
    engine: () => Promise.resolve(fake.engine),
    chosen: chosen?.map((name) => fake.container(name)),
    onChange: wake,
    onError: (error) => {
      errors.push(error);
      wake();
    },
  });
  const shown = () =>
    watch.containers.map((measured) => toRow(measured, { allPoints: false, span: 10_000 }));
  const texts = () =>
    shown().map(({ name, state, cells }) => `${name} ${state ?? cells.cpu?.text}`);
  /** The watch reports each change. A condition that never holds ends at the time limit of the test runner. */
  const until = async (holds: () => boolean): Promise<void> => {
    while (!holds()) await new Promise<void>((resolve) => (notify = resolve));
  };
  return { watch, errors, texts, until };
}

test('measures all running containers, including those started later', async () => {
  const fake = fakeEngine({
    containers: [
      { name: 'web', id: 'web', usage: { cpu: 12.34 } },
      { name: 'old', id: 'old', state: 'exited', exitCode: 0 },
    ],
  });
  const { watch, texts, until } = createWatch(fake);
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

test('keeps selected containers and shows their state', async () => {
  const fake = fakeEngine({
    containers: [
      { name: 'web', id: 'web' },
      { name: 'db', id: 'db' },
    ],
  });
  const { watch, texts, until } = createWatch(fake, ['web']);
  watch.start();
  await until(() => texts()[0] === 'web 0.0%');
  expect([fake.meters('web'), fake.meters('db')]).toEqual([1, 0]);
  fake.exit('web', 3);
  await until(() => texts()[0] === 'web exited (3)');
  await fake.engine.start('web');
  await until(() => texts()[0] === 'web 0.0%');
  await fake.engine.pause('web');
  await until(() => texts()[0] === 'web paused');
  await fake.engine.remove('web', { force: true });
  await until(() => texts()[0] === 'web removed');
  watch.stop();
});

test('does not measure after stop, and measures again after start', async () => {
  const fake = fakeEngine({ containers: [{ name: 'web', id: 'web' }] });
  const { watch, texts, until } = createWatch(fake);
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

test('reports a lost connection, and measures again after it is restored', async () => {
  const fake = fakeEngine({ containers: [{ name: 'web', id: 'web', usage: { cpu: 5 } }] });
  const { watch, errors, texts, until } = createWatch(fake);
  watch.start();
  await until(() => texts()[0] === 'web 5.0%');
  fake.fail(new EngineError('not-running', 'not running'));
  await until(() => errors.at(-1) instanceof EngineError);
  fake.fail(undefined);
  await until(() => errors.at(-1) === undefined && fake.meters('web') === 1);
  watch.stop();
});

test('marks a restart with the exit code before it, and knows limits of the container', async () => {
  const inspect = { HostConfig: { NanoCpus: 1_500_000_000 } };
  const fake = fakeEngine({
    containers: [{ name: 'web', id: 'web', inspect, usage: { memoryLimit: 1_000_000 } }],
  });
  const { watch, texts, until } = createWatch(fake, ['web']);
  watch.start();
  await until(() => texts()[0] === 'web 0.0%');
  fake.exit('web', 137);
  await until(() => texts()[0] === 'web exited (137)');
  await fake.engine.start('web');
  fake.use('web', { cpu: 3 });
  await until(() => texts()[0] === 'web 3.0%');
  await watch.readLimits('web');
  await until(() => watch.host !== undefined);
  expect(watch.containers[0]).toMatchObject({
    cpuLimit: 1.5,
    ownLimit: 1_000_000,
    marks: [{ text: 'restarted, exit code 137' }],
  });
  watch.stop();
});
