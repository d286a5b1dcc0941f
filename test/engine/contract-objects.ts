/** What every engine promises of volumes, networks, names, layers and its disk. */
import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { fileEntry, packTar } from '../../client/src/engine/tar.ts';
import { all, eventually, failure, type Bench } from './contract.ts';

export function objectsContract(benchOf: () => Bench): void {
  const engineOf = () => benchOf().engine;
  const { signal } = new AbortController();
  const container = async (id: string) =>
    (await engineOf().containers()).find((one) => one.id === id);

  describe('containers, as they stand', () => {
    test('are paused and go on, and only where that makes sense', async () => {
      const engine = engineOf();
      const id = await benchOf().create();
      await engine.pause(id);
      expect((await container(id))?.state).toBe('paused');
      await engine.unpause(id);
      expect((await container(id))?.state).toBe('running');
      const created = await benchOf().create({ started: false });
      expect((await failure(engine.pause(created))).kind).toBe('conflict');
    });

    test('are killed at once', async () => {
      const id = await benchOf().create();
      await engineOf().kill(id);
      await eventually(async () => (await container(id))?.exitCode === 137);
    });

    test('are renamed, but never to the name of another', async () => {
      const engine = engineOf();
      const [one, other] = [await benchOf().create(), await benchOf().create()];
      const name = `drydock-test-${randomUUID()}`;
      await engine.rename(one, name);
      expect((await container(one))?.name).toBe(name);
      expect((await failure(engine.rename(other, name))).kind).toBe('conflict');
    });
  });

  describe('the inside of a container', () => {
    test('shows its processes, and none where it does not run', async () => {
      const id = await benchOf().create();
      const { titles, processes } = await engineOf().top(id);
      expect(titles.join(' ')).toMatch(/PID/);
      expect(processes.length).toBeGreaterThan(0);
      const created = await benchOf().create({ started: false });
      expect(['conflict', 'failed']).toContain((await failure(engineOf().top(created))).kind);
    });

    test('shows what differs from its image', async () => {
      const id = await benchOf().create();
      expect(await engineOf().changes(id)).toEqual([]);
      await engineOf().writeArchive(id, '/tmp', packTar([fileEntry('fresh', new Uint8Array(10))]));
      expect(await engineOf().changes(id)).toContainEqual({ kind: 'added', path: '/tmp/fresh' });
      const none = `drydock-test-${randomUUID()}`;
      expect((await failure(engineOf().changes(none))).kind).toBe('missing');
    });
  });

  describe('volumes', () => {
    test('are made, listed with who uses them, and removed when nobody does', async () => {
      const engine = engineOf();
      const name = `drydock-test-${randomUUID()}`;
      expect(await engine.createVolume({ name, labels: { 'drydock.test': 'yes' } })).toBe(name);
      const found = (await engine.volumes()).find((volume) => volume.name === name);
      expect(found).toMatchObject({ driver: 'local', anonymous: false });
      expect(found?.labels).toEqual({ 'drydock.test': 'yes' });
      const user = await benchOf().create({ volume: name, started: false });
      expect((await container(user))?.volumes).toEqual([name]);
      expect((await failure(engine.removeVolume(name))).kind).toBe('conflict');
      const used = (await engine.diskUsage(signal)).volumes.find((volume) => volume.name === name);
      expect(used?.uses).toBe(1);
      const volume = await engine.inspect('volume', name);
      expect([volume.name, volume.driver]).toEqual([name, 'local']);
      expect(JSON.parse(volume.raw)).toMatchObject({ Name: name });
      await engine.remove(user);
      await engine.removeVolume(name);
      expect((await failure(engine.removeVolume(name))).kind).toBe('missing');
    });

    test('without a name are anonymous', async () => {
      const engine = engineOf();
      const name = await engine.createVolume({});
      const found = (await engine.volumes()).find((volume) => volume.name === name);
      expect(found?.anonymous).toBe(true);
      await engine.removeVolume(name);
    });
  });

  describe('networks', () => {
    test('that are always there are told apart', async () => {
      const networks = await engineOf().networks();
      const builtin = networks.filter((network) => network.builtin).map(({ name }) => name);
      expect(builtin).toEqual(expect.arrayContaining(['host', 'none']));
    });

    test('are made with their subnet, listed with who is in them, and removed', async () => {
      const engine = engineOf();
      const name = `drydock-test-${randomUUID()}`;
      const third = Math.floor(Math.random() * 250);
      const id = await engine.createNetwork({ name, subnet: `10.213.${third}.0/24` });
      const found = (await engine.networks()).find((network) => network.id === id);
      expect(found).toMatchObject({ name, driver: 'bridge', builtin: false });
      expect(found?.subnets[0]?.subnet).toBe(`10.213.${third}.0/24`);
      const member = await benchOf().create({ network: name });
      expect((await container(member))?.networks).toEqual([name]);
      const network = await engine.inspect('network', id);
      expect([network.id, network.name, network.driver]).toEqual([id, name, 'bridge']);
      expect(JSON.parse(network.raw)).toMatchObject({ Name: name });
      await failure(engine.removeNetwork(id));
      await engine.remove(member, { force: true });
      await engine.removeNetwork(id);
      expect((await failure(engine.removeNetwork(id))).kind).toBe('missing');
    });

    test('of one name there is one', async () => {
      const engine = engineOf();
      const name = `drydock-test-${randomUUID()}`;
      const id = await engine.createNetwork({ name });
      expect((await failure(engine.createNetwork({ name }))).kind).toBe('conflict');
      await engine.removeNetwork(id);
    });
  });

  describe('images, by their names', () => {
    test('get another tag, and lose it to another image', async () => {
      const { engine, image } = benchOf();
      const tag = `localhost/drydock-test:${randomUUID()}`;
      await engine.tag(image, tag);
      const tagged = (await engine.images()).find(({ tags }) => tags.includes(tag));
      expect(tagged?.tags).toContain(image);
      await engine.removeImage(tag);
      expect((await failure(engine.tag('localhost/none:1', tag))).kind).toBe('missing');
    });

    test('tell how they came to be', async () => {
      const { engine, image } = benchOf();
      const layers = await engine.history(image);
      expect(layers.length).toBeGreaterThan(0);
      expect(layers.reduce((sum, { size }) => sum + size, 0)).toBeGreaterThan(1000);
      expect((await failure(engine.history('localhost/none:1'))).kind).toBe('missing');
    });

    test('go into a file and come back', async () => {
      const { engine, image } = benchOf();
      const tag = `localhost/drydock-test:${randomUUID()}`;
      await engine.tag(image, tag);
      const chunks = await all(engine.save([tag], signal));
      await engine.removeImage(tag);
      async function* again() {
        for (const chunk of chunks) yield await Promise.resolve(chunk);
      }
      expect(await all(engine.load(again(), signal))).toEqual([tag]);
      expect((await engine.images()).some(({ tags }) => tags.includes(tag))).toBe(true);
      await engine.removeImage(tag);
    });

    test('cannot be loaded from what is no archive of images', async () => {
      async function* rubbish() {
        yield await Promise.resolve(new TextEncoder().encode('this is no tar'.repeat(100)));
      }
      expect((await failure(all(engineOf().load(rubbish(), signal)))).kind).toBe('failed');
    });

    test('are not pushed where they do not exist', async () => {
      const attempt = all(engineOf().push('localhost/drydock-none:1', signal));
      expect((await failure(attempt)).message).not.toBe('');
    });
  });

  describe('the engine itself', () => {
    test('says where it keeps its data and what it runs on', async () => {
      const info = await engineOf().info();
      expect(info.dataRoot).toMatch(/^\//);
      expect(info.cpus).toBeGreaterThan(0);
      expect(info.memory).toBeGreaterThan(1_000_000);
      expect(info.storageDriver).not.toBe('');
    });

    test('says what lies on its disk', async () => {
      const { engine, image } = benchOf();
      const usage = await engine.diskUsage(signal);
      const base = usage.images.find(({ tags }) => tags.includes(image));
      expect(base?.size).toBeGreaterThan(1000);
      expect(base?.shared).toBeGreaterThanOrEqual(0);
      expect(usage.layersSize).toBeGreaterThan(1000);
    });

    test('removes nothing of its build cache when asked for nothing', async () => {
      expect(await engineOf().pruneBuildCache([], signal)).toBe(0);
    });
  });
}
