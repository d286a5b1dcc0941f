/** The engine contract for creating, updating and committing containers. */
import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { engineErrorOf, type EngineFixture } from './contract.ts';

export function runsContract(getFixture: () => EngineFixture): void {
  describe('creating and updating', () => {
    const uniqueName = () => `drydock-test-${randomUUID()}`;

    test('creates a container with a name and does not start it', async () => {
      const { engine, image } = getFixture();
      const name = uniqueName();
      const body = { Image: image, Cmd: ['sleep', '1000'], Labels: { a: 'b' } };
      const { id } = await engine.create({ name, body });
      const listed = (await engine.containers()).find((one) => one.id === id);
      expect(listed).toMatchObject({ name, state: 'created', image, labels: { a: 'b' } });
      await engine.remove(id, { force: true });
    });

    test('creates a container in several networks, with its settings in each', async () => {
      const { engine, image } = getFixture();
      const names = [uniqueName(), uniqueName()] as const;
      const third = Math.floor(Math.random() * 250);
      const ids = [
        await engine.createNetwork({ name: names[0], subnet: `10.214.${third}.0/24` }),
        await engine.createNetwork({ name: names[1] }),
      ];
      const IPAMConfig = { IPv4Address: `10.214.${third}.7` };
      const EndpointsConfig = {
        [names[0]]: { IPAMConfig, MacAddress: '92:d0:c6:0a:29:33' },
        [names[1]]: { Aliases: ['other'] },
      };
      const HostConfig = { NetworkMode: names[0] };
      const NetworkingConfig = { EndpointsConfig };
      const body = { Image: image, Cmd: ['true'], HostConfig, NetworkingConfig };
      const { id } = await engine.create({ body });
      const { networks } = await engine.inspect('container', id);
      expect(Object.keys(networks).sort()).toEqual([...names].sort());
      expect(networks[names[0]]?.IPAMConfig).toMatchObject(IPAMConfig);
      expect(networks[names[1]]?.Aliases).toContain('other');
      await engine.remove(id, { force: true });
      for (const network of ids) await engine.removeNetwork(network);
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
      const RestartPolicy = { Name: 'on-failure', MaximumRetryCount: 3 };
      const Memory = 64 * 1024 * 1024;
      const limits = { RestartPolicy, Memory, MemorySwap: 2 * Memory };
      await engine.update(id, { ...limits, NanoCpus: 500_000_000 });
      await engine.update(id, { NanoCpus: 250_000_000 });
      expect((await engine.inspect('container', id)).host).toMatchObject({
        ...limits,
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
