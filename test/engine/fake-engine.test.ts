import { randomUUID } from 'node:crypto';
import { fakeEngine } from '../fake-engine/fake-engine.ts';
import { engineContract, type EngineFixture } from './contract.ts';

const image = 'localhost/drydock-test:base';
const imageId = `sha256:${'a'.repeat(64)}`;

// eslint-disable-next-line @typescript-eslint/require-await
engineContract('fake engine', async (): Promise<EngineFixture> => {
  const fake = fakeEngine({ images: [{ id: imageId, tags: [image] }] });
  return {
    engine: fake.engine,
    image,
    // eslint-disable-next-line @typescript-eslint/require-await
    create: async ({ lines = [], exitCode, started = true, volume, network } = {}) => {
      const exited = exitCode === undefined ? {} : { exitCode };
      return fake.create({
        name: `drydock-test-${randomUUID()}`,
        image,
        imageId,
        state: !started ? 'created' : exitCode === undefined ? 'running' : 'exited',
        logs: lines.map((line) => `${line}\n`).join(''),
        files: { '/tmp/': '' },
        volumes: volume === undefined ? [] : [volume],
        networks: [network ?? 'bridge'],
        ...exited,
      });
    },
    // eslint-disable-next-line @typescript-eslint/require-await
    printLine: async (id, line) => fake.log(id, `${line}\n`),
    close: () => Promise.resolve(),
  };
});
