/** The engine contract for volumes, networks, image names, layers and disk usage. */
import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { fileEntry, packTar } from '../../client/src/engine/tar.ts';
import { readAll, waitUntil, engineErrorOf, type EngineFixture } from './contract.ts';

export function objectsContract(getFixture: () => EngineFixture): void {
  const engineOf = () => getFixture().engine;
  const { signal } = new AbortController();
  const container = async (id: string) =>
    (await engineOf().containers()).find((one) => one.id === id);

  describe('container states', () => {
    test('pauses and unpauses a running container, and does not pause a created one', async () => {
      const engine = engineOf();
      const id = await getFixture().create();
      await engine.pause(id);
      expect((await container(id))?.state).toBe('paused');
      await engine.unpause(id);
      expect((await container(id))?.state).toBe('running');
      const created = await getFixture().create({ started: false });
      expect((await engineErrorOf(engine.pause(created))).kind).toBe('conflict');
    });

    test('kills a container', async () => {
      const id = await getFixture().create();
      await engineOf().kill(id);
      await waitUntil(async () => (await container(id))?.exitCode === 137);
    });

    test('renames a container, but not to a name that is in use', async () => {
      const engine = engineOf();
      const [one, other] = [await getFixture().create(), await getFixture().create()];
      const name = `drydock-test-${randomUUID()}`;
      await engine.rename(one, name);
      expect((await container(one))?.name).toBe(name);
      expect((await engineErrorOf(engine.rename(other, name))).kind).toBe('conflict');
    });
  });

  describe('processes and files of a container', () => {
    test('returns the processes of a running container only', async () => {
      const id = await getFixture().create();
      const { titles, processes } = await engineOf().top(id);
      expect(titles.join(' ')).toMatch(/PID/);
      expect(processes.length).toBeGreaterThan(0);
      const created = await getFixture().create({ started: false });
      expect(['conflict', 'failed']).toContain((await engineErrorOf(engineOf().top(created))).kind);
    });

    test('returns the changes since the image', async () => {
      const id = await getFixture().create();
      expect(await engineOf().changes(id)).toEqual([]);
      await engineOf().writeArchive(id, '/tmp', packTar([fileEntry('fresh', new Uint8Array(10))]));
      expect(await engineOf().changes(id)).toContainEqual({ kind: 'added', path: '/tmp/fresh' });
      const none = `drydock-test-${randomUUID()}`;
      expect((await engineErrorOf(engineOf().changes(none))).kind).toBe('missing');
    });
  });

  describe('volumes', () => {
    test('creates a volume, lists it with its users and removes it when it is unused', async () => {
      const engine = engineOf();
      const name = `drydock-test-${randomUUID()}`;
      expect(await engine.createVolume({ name, labels: { 'drydock.test': 'yes' } })).toBe(name);
      const found = (await engine.volumes()).find((volume) => volume.name === name);
      expect(found).toMatchObject({ driver: 'local', anonymous: false });
      expect(found?.labels).toEqual({ 'drydock.test': 'yes' });
      const user = await getFixture().create({ volume: name, started: false });
      expect((await container(user))?.volumes).toEqual([name]);
      expect((await engineErrorOf(engine.removeVolume(name))).kind).toBe('conflict');
      const used = (await engine.diskUsage(signal)).volumes.find((volume) => volume.name === name);
      expect(used?.uses).toBe(1);
      const volume = await engine.inspect('volume', name);
      expect([volume.name, volume.driver]).toEqual([name, 'local']);
      expect(JSON.parse(volume.raw)).toMatchObject({ Name: name });
      await engine.remove(user);
      await engine.removeVolume(name);
      expect((await engineErrorOf(engine.removeVolume(name))).kind).toBe('missing');
    });

    test('creates an anonymous volume without a name', async () => {
      const engine = engineOf();
      const name = await engine.createVolume({});
      const found = (await engine.volumes()).find((volume) => volume.name === name);
      expect(found?.anonymous).toBe(true);
      await engine.removeVolume(name);
    });
  });

  describe('networks', () => {
    test('marks built-in networks', async () => {
      const networks = await engineOf().networks();
      const builtin = networks.filter((network) => network.builtin).map(({ name }) => name);
      expect(builtin).toEqual(expect.arrayContaining(['host', 'none']));
    });

    test('creates a network with a subnet, lists it with its containers and removes it', async () => {
      const engine = engineOf();
      const name = `drydock-test-${randomUUID()}`;
      const third = Math.floor(Math.random() * 250);
      const id = await engine.createNetwork({ name, subnet: `10.213.${third}.0/24` });
      const found = (await engine.networks()).find((network) => network.id === id);
      expect(found).toMatchObject({ name, driver: 'bridge', builtin: false });
      expect(found?.subnets[0]?.subnet).toBe(`10.213.${third}.0/24`);
      const member = await getFixture().create({ network: name });
      expect((await container(member))?.networks).toEqual([name]);
      const network = await engine.inspect('network', id);
      expect([network.id, network.name, network.driver]).toEqual([id, name, 'bridge']);
      expect(JSON.parse(network.raw)).toMatchObject({ Name: name });
      await engineErrorOf(engine.removeNetwork(id));
      await engine.remove(member, { force: true });
      await engine.removeNetwork(id);
      expect((await engineErrorOf(engine.removeNetwork(id))).kind).toBe('missing');
    });

    test('connects a container to a second network, and disconnects it', async () => {
      const engine = engineOf();
      const name = `drydock-test-${randomUUID()}`;
      const network = await engine.createNetwork({ name, labels: { team: 'shop' } });
      const id = await getFixture().create();
      const before = (await container(id))?.networks ?? [];
      await engine.connectNetwork(network, id);
      expect([...((await container(id))?.networks ?? [])].sort()).toEqual([...before, name].sort());
      await engine.disconnectNetwork(network, id);
      expect((await container(id))?.networks).toEqual(before);
      await engine.remove(id, { force: true });
      await engine.removeNetwork(network);
    });

    test('does not create a second network with the same name', async () => {
      const engine = engineOf();
      const name = `drydock-test-${randomUUID()}`;
      const id = await engine.createNetwork({ name });
      expect((await engineErrorOf(engine.createNetwork({ name }))).kind).toBe('conflict');
      await engine.removeNetwork(id);
    });
  });

  describe('image tags and archives', () => {
    test('adds and removes a tag, and does not tag a missing image', async () => {
      const { engine, image } = getFixture();
      const tag = `localhost/drydock-test:${randomUUID()}`;
      await engine.tag(image, tag);
      const tagged = (await engine.images()).find(({ tags }) => tags.includes(tag));
      expect(tagged?.tags).toContain(image);
      await engine.removeImage(tag);
      expect((await engineErrorOf(engine.tag('localhost/none:1', tag))).kind).toBe('missing');
    });

    test('returns the history of an image', async () => {
      const { engine, image } = getFixture();
      const layers = await engine.history(image);
      expect(layers.length).toBeGreaterThan(0);
      expect(layers.reduce((sum, { size }) => sum + size, 0)).toBeGreaterThan(1000);
      expect((await engineErrorOf(engine.history('localhost/none:1'))).kind).toBe('missing');
    });

    test('saves an image to an archive and loads it', async () => {
      const { engine, image } = getFixture();
      const tag = `localhost/drydock-test:${randomUUID()}`;
      await engine.tag(image, tag);
      const chunks = await readAll(engine.save([tag], signal));
      await engine.removeImage(tag);
      async function* again() {
        for (const chunk of chunks) yield await Promise.resolve(chunk);
      }
      expect(await readAll(engine.load(again(), signal))).toEqual([tag]);
      expect((await engine.images()).some(({ tags }) => tags.includes(tag))).toBe(true);
      await engine.removeImage(tag);
    });

    test('does not load a file that is not an image archive', async () => {
      async function* invalid() {
        yield await Promise.resolve(new TextEncoder().encode('not an archive'.repeat(100)));
      }
      expect((await engineErrorOf(readAll(engineOf().load(invalid(), signal)))).kind).toBe(
        'failed',
      );
    });

    test('does not push a missing image', async () => {
      const attempt = readAll(engineOf().push('localhost/drydock-none:1', signal));
      expect((await engineErrorOf(attempt)).message).not.toBe('');
    });
  });

  describe('engine information', () => {
    test('returns the data root, CPUs, memory and storage driver', async () => {
      const info = await engineOf().info();
      expect(info.dataRoot).toMatch(/^\//);
      expect(info.cpus).toBeGreaterThan(0);
      expect(info.memory).toBeGreaterThan(1_000_000);
      expect(info.storageDriver).not.toBe('');
    });

    test('returns the disk usage', async () => {
      const { engine, image } = getFixture();
      const usage = await engine.diskUsage(signal);
      const base = usage.images.find(({ tags }) => tags.includes(image));
      expect(base?.size).toBeGreaterThan(1000);
      expect(base?.shared).toBeGreaterThanOrEqual(0);
      expect(usage.layersSize).toBeGreaterThan(1000);
    });

    test('removes no build cache records for an empty list', async () => {
      expect(await engineOf().pruneBuildCache([], signal)).toBe(0);
    });
  });
}
