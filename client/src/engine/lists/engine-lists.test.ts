import { expect, test } from 'vitest';
import { createRandom } from '../../../../test/random.ts';
import { fakeEngine, type FakeEngine } from '../../../../test/fake-engine/fake-engine.ts';
import type { Engine, EngineEvent } from '../engine.ts';
import { EngineError } from '../errors.ts';
import { EngineLists } from './engine-lists.ts';

/** The requests of an engine for its lists, by name. */
function counted(engine: Engine): { readonly engine: Engine; readonly requests: string[] } {
  const requests: string[] = [];
  const wrap: Engine = {
    ...engine,
    containers: (ids) => {
      requests.push(ids === undefined ? 'containers' : `containers ${ids.join(' ')}`);
      return engine.containers(ids);
    },
    images: () => {
      requests.push('images');
      return engine.images();
    },
    inspect: (type, id) => {
      requests.push(`inspect ${type} ${id}`);
      return engine.inspect(type, id);
    },
  };
  return { engine: wrap, requests };
}

const event = (
  objectType: EngineEvent['objectType'],
  action: string,
  more: Partial<EngineEvent> = {},
): EngineEvent => ({ objectType, action, id: 'web', timeNano: '1', ...more });

const world = {
  containers: [
    { name: 'web', id: 'web', image: 'shop:1', imageId: 'sha256:a' },
    { name: 'db', id: 'db', image: 'db:1', imageId: 'sha256:b' },
  ],
  images: [
    { id: 'sha256:a', tags: ['shop:1', 'shop:2'] },
    { id: 'sha256:b', tags: ['db:1'] },
  ],
};

async function trial() {
  const fake = fakeEngine(world);
  const { engine, requests } = counted(fake.engine);
  const lists = new EngineLists(engine);
  const [web] = [await lists.engine.containers(), await lists.engine.images()];
  const after = async (...events: readonly EngineEvent[]): Promise<readonly string[]> => {
    requests.length = 0;
    for (const one of events) lists.note(one);
    await lists.engine.containers();
    await lists.engine.images();
    return [...requests];
  };
  return { fake, lists, after, requests, web };
}

test.each([
  ['a rename', [event('container', 'rename')], ['containers web']],
  ['two containers', [event('container', 'start'), event('container', 'create', { id: 'db' })], ['containers web db']], // prettier-ignore
  ['an end, which the list has later', [event('container', 'die')], ['inspect container web', 'containers web']], // prettier-ignore
  ['a health check', [event('container', 'exec_start: true')], []],
  ['a connection', [event('network', 'connect', { id: 'n', container: 'db' })], ['inspect container db', 'containers db']], // prettier-ignore
  ['a volume in use', [event('volume', 'mount')], []],
  ['a tag', [event('image', 'tag', { id: 'sha256:a', name: 'shop:3' })], ['inspect image sha256:a']], // prettier-ignore
  ['a moved tag', [event('image', 'tag', { id: 'sha256:b', name: 'shop:1' })], ['containers web', 'inspect image sha256:a', 'inspect image sha256:b']], // prettier-ignore
  ['a lost tag', [event('image', 'untag', { id: 'sha256:a' })], ['containers web', 'inspect image sha256:a']], // prettier-ignore
  ['an unknown image', [event('image', 'tag', { id: 'sha256:c', name: 'new:1' })], ['images']],
  ['a load', [event('image', 'load', { id: 'sha256:a' })], ['containers', 'images']],
  ['a commit', [event('container', 'commit')], ['containers web', 'images']],
  ['a container of a build step', [event('container', 'destroy', { id: 'step', image: `sha256:${'0'.repeat(64)}` })], ['containers step', 'images']], // prettier-ignore
  ['a prune', [event('container', 'prune', { id: '' })], ['containers']],
])('reads only what changes with %s', async (_, events, requests) => {
  const { after } = await trial();
  expect((await after(...events)).toSorted()).toEqual([...requests].toSorted());
  expect(await after()).toEqual([]);
});

test('reads the whole list when very many containers change', async () => {
  const { after } = await trial();
  const many = Array.from({ length: 101 }, (_, at) =>
    event('container', 'start', { id: String(at) }),
  );
  expect(await after(...many)).toEqual(['containers']);
});

test('keeps the objects of what has not changed', async () => {
  const { lists, fake, web: before } = await trial();
  await fake.engine.rename('web', 'front');
  lists.note(event('container', 'rename'));
  const after = await lists.engine.containers();
  expect(after.map(({ name }) => name).toSorted()).toEqual(['db', 'front']);
  expect(after.find(({ id }) => id === 'db')).toBe(before.find(({ id }) => id === 'db'));
});

test('shares one request between reads at the same time', async () => {
  const { lists, requests } = await trial();
  lists.note(event('container', 'rename'));
  requests.length = 0;
  await Promise.all([lists.engine.containers(), lists.engine.containers()]);
  expect(requests).toEqual(['containers web']);
});

test('reads again what changed during a read', async () => {
  const { lists, requests } = await trial();
  lists.note(event('container', 'rename'));
  requests.length = 0;
  const running = lists.engine.containers();
  await Promise.resolve();
  lists.note(event('container', 'rename', { id: 'db' }));
  await running;
  await lists.engine.containers();
  expect(requests).toEqual(['containers web', 'containers db']);
});

test('answers all who wait for a read that fails with its error', async () => {
  const { lists, fake, requests } = await trial();
  lists.outdate(new Set(['container']));
  fake.fail(new EngineError('failed', 'cut'));
  requests.length = 0;
  const { engine } = lists;
  const waiting = [engine.containers(), engine.containers(), engine.containers()];
  const answers = await Promise.allSettled(waiting);
  expect(answers.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
  expect(requests).toEqual(['containers']);
});

test('reads what has failed again', async () => {
  const { lists, fake, requests } = await trial();
  lists.note(event('container', 'rename'));
  fake.fail(new EngineError('failed', 'cut'));
  await expect(lists.engine.containers()).rejects.toThrow('cut');
  fake.fail(undefined);
  requests.length = 0;
  await lists.engine.containers();
  expect(requests).toEqual(['containers web']);
  lists.outdate(new Set(['container']));
  fake.fail(new EngineError('failed', 'cut'));
  await expect(lists.engine.containers()).rejects.toThrow('cut');
  fake.fail(undefined);
  requests.length = 0;
  await lists.engine.containers();
  expect(requests).toEqual(['containers']);
});

test.each([1, 2, 3, 4, 5, 6, 7, 8])(
  'has the same lists after random events as a new read (%i)',
  async (seed) => {
    const random = createRandom(seed);
    const fake = fakeEngine(world);
    const lists = new EngineLists(fake.engine);
    const follower = follow(fake, lists);
    for (let round = 0; round < 60; round++) {
      const count = 1 + Math.floor(random() * 6);
      // A read that runs while things change.
      const running = random() < 0.5 ? all(lists.engine) : undefined;
      for (let at = 0; at < count; at++) await change(fake, random).catch(refused);
      if (random() < 0.1) follower.lose();
      await running;
      await follower.caughtUp();
      expect(await all(lists.engine)).toEqual(sorted(await all(fake.engine)));
    }
    follower.end();
  },
);

type Lists = Awaited<ReturnType<typeof all>>;

async function all(engine: Engine) {
  const read = {
    containers: engine.containers(),
    images: engine.images(),
    volumes: engine.volumes(),
    networks: engine.networks(),
  };
  return {
    containers: await read.containers,
    images: await read.images,
    volumes: await read.volumes,
    networks: await read.networks,
  };
}

function sorted(lists: Lists): unknown {
  const by =
    <T>(key: (one: T) => string) =>
    (a: T, b: T) =>
      key(a) < key(b) ? -1 : 1;
  const time = ({ createdAt }: { readonly createdAt: Date }) =>
    String(8.64e15 - createdAt.getTime()).padStart(20, '0');
  return {
    containers: lists.containers.toSorted(by((one) => `${time(one)} ${one.name}`)),
    images: lists.images.toSorted(by((one) => `${time(one)} ${one.id}`)),
    volumes: lists.volumes.toSorted(by(({ name }) => name)),
    networks: lists.networks.toSorted(by(({ name }) => name)),
  };
}

/** Passes the events on, apart from those that are lost. */
function follow(fake: FakeEngine, lists: EngineLists) {
  const control = new AbortController();
  let seen: () => void = () => undefined;
  const state = { losing: false };
  void (async () => {
    for await (const one of fake.engine.events(control.signal)) {
      if (one.action === 'mount') seen();
      else if (!state.losing) lists.note(one);
    }
  })();
  return {
    /** The events until now are lost, as when the connection is; a new one reads everything. */
    lose: () => {
      state.losing = true;
      lists.outdate(new Set(['container', 'image', 'network', 'volume']));
    },
    caughtUp: async () => {
      const all = new Promise<void>((resolve) => (seen = resolve));
      fake.emit('volume', 'mount', 'x');
      await all;
      state.losing = false;
    },
    end: () => control.abort(),
  };
}

let made = 0;

async function change(fake: FakeEngine, random: () => number): Promise<void> {
  const { engine } = fake;
  const one = <T>(list: readonly T[]): T | undefined => list[Math.floor(random() * list.length)];
  const container = one(await engine.containers())?.id ?? 'none';
  const image = one(await engine.images());
  const name = `n${String(++made)}`;
  const changes: readonly (() => unknown)[] = [
    () => fake.create({ name, image: image?.tags[0] ?? 'x', imageId: image?.id ?? 'x' }),
    () => engine.rename(container, name),
    () => engine.start(container),
    () => engine.stop(container),
    () => engine.pause(container),
    () => engine.unpause(container),
    () => engine.kill(container),
    () => engine.remove(container, { force: true }),
    () => engine.tag(image?.id ?? '', `shop:${String(Math.floor(random() * 5))}`),
    () => engine.removeImage(image?.tags[0] ?? ''),
    () => engine.createVolume({ name }),
    async () => engine.removeVolume(one(await engine.volumes())?.name ?? ''),
    () => engine.createNetwork({ name }),
    async () => engine.removeNetwork(one(await engine.networks())?.id ?? ''),
    async () => engine.connectNetwork(one(await engine.networks())?.id ?? '', container),
    async () => engine.disconnectNetwork(one(await engine.networks())?.id ?? '', container),
  ];
  await one(changes)?.();
}

/** A change that is not possible now, such as starting a container that runs. */
function refused(error: unknown): void {
  expect(error).toBeInstanceOf(EngineError);
}
