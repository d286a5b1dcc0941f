/** The engine contract for creating, updating and committing containers. */
import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { RawContainerDetails } from '../../client/src/engine/inspect-data.ts';
import { engineErrorOf, type EngineFixture } from './contract.ts';

export function runsContract(getFixture: () => EngineFixture): void {
  describe('creating and updating', () => {
    const uniqueName = () => `drydock-test-${randomUUID()}`;
    const details = async (id: string) =>
      (await getFixture().engine.inspect('container', id)) as RawContainerDetails;

    test('creates a container with a name and does not start it', async () => {
      const { engine, image } = getFixture();
      const name = uniqueName();
      const body = { Image: image, Cmd: ['sleep', '1000'], Labels: { a: 'b' } };
      const { id } = await engine.create({ name, body });
      const listed = (await engine.containers()).find((one) => one.id === id);
      expect(listed).toMatchObject({ name, state: 'created', image, labels: { a: 'b' } });
      await engine.remove(id, { force: true });
    });

    test('reports a name in use as conflict and a missing image as missing', async () => {
      const { engine, image } = getFixture();
      const name = uniqueName();
      const { id } = await engine.create({ name, body: { Image: image, Cmd: ['true'] } });
      const again = await engineErrorOf(
        engine.create({ name, body: { Image: image, Cmd: ['true'] } }),
      );
      expect([again.kind, again.message]).toEqual(['conflict', expect.stringContaining(name)]);
      const none = { Cmd: ['true'], Image: `localhost/drydock-test:${randomUUID()}` };
      expect((await engineErrorOf(engine.create({ body: none }))).kind).toBe('missing');
      await engine.remove(id, { force: true });
    });

    test('updates only the given resource limits', async () => {
      const { engine } = getFixture();
      const id = await getFixture().create();
      const restart = { policy: 'on-failure', retries: 3 };
      const memory = 64 * 1024 * 1024;
      await engine.update(id, { restart, memory, memorySwap: 2 * memory, cpus: 0.5 });
      await engine.update(id, { cpus: 0.25 });
      expect((await details(id)).HostConfig).toMatchObject({
        RestartPolicy: { Name: 'on-failure', MaximumRetryCount: 3 },
        Memory: memory,
        MemorySwap: 2 * memory,
        NanoCpus: 250_000_000,
      });
    });

    test('commits a container to an image', async () => {
      const { engine } = getFixture();
      const container = await getFixture().create();
      const reference = `localhost/drydock-test:${randomUUID()}`;
      const options = { reference, message: 'as it is', author: 'me', pause: true };
      const id = await engine.commit(container, { ...options, changes: ['ENV A=b', 'CMD ["x"]'] });
      const image = (await engine.images()).find(({ tags }) => tags.includes(reference));
      expect(image?.id).toBe(id);
      await engine.removeImage(reference);
    });
  });
}
