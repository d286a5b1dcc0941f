import { expect, test } from 'vitest';
import { fakeEngine } from '../../../test/fake-engine/fake-engine.ts';
import { shellOf } from './shells.ts';

test.each([
  [['sh', 'ash', 'bash'], 'bash'],
  [['sh', 'ash'], 'ash'],
  [['sh'], 'sh'],
])('selects the best shell: of %j, %s', async (programs, shell) => {
  const { engine } = fakeEngine({ containers: [{ name: 'web', programs }] });
  expect(await shellOf(engine, 'web')).toEqual([shell]);
});

test('suggests what to do when there is no shell', async () => {
  const { engine } = fakeEngine({ containers: [{ name: 'web', programs: ['app'] }] });
  await expect(shellOf(engine, 'web')).rejects.toMatchObject({
    name: 'EngineError',
    kind: 'failed',
    message: expect.stringMatching(/not contain a shell.*distroless/) as string,
  });
});

test('rejects with the error of the engine when the container is not running', async () => {
  const { engine } = fakeEngine({ containers: [{ name: 'web', state: 'exited' }] });
  await expect(shellOf(engine, 'web')).rejects.toMatchObject({ kind: 'conflict' });
});
