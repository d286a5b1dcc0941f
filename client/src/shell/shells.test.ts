import { expect, test } from 'vitest';
import { fakeEngine } from '../../../test/fake-engine/fake-engine.ts';
import { shellOf } from './shells.ts';

test.each([
  [['sh', 'ash', 'bash'], 'bash'],
  [['sh', 'ash'], 'ash'],
  [['sh'], 'sh'],
])('of %j it is %s', async (programs, shell) => {
  const { engine } = fakeEngine({ containers: [{ name: 'web', programs }] });
  expect(await shellOf(engine, 'web')).toEqual([shell]);
});

test('without one the way forward is told', async () => {
  const { engine } = fakeEngine({ containers: [{ name: 'web', programs: ['app'] }] });
  await expect(shellOf(engine, 'web')).rejects.toMatchObject({
    name: 'EngineError',
    kind: 'failed',
    message: expect.stringMatching(/no shell.*distroless/) as string,
  });
});

test('a container that does not run is told as the engine does', async () => {
  const { engine } = fakeEngine({ containers: [{ name: 'web', state: 'exited' }] });
  await expect(shellOf(engine, 'web')).rejects.toMatchObject({ kind: 'conflict' });
});
