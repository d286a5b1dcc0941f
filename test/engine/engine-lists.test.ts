/** The lists that events keep current are the same as lists that are read completely, on real engines. */
import { randomUUID } from 'node:crypto';
import { afterAll, describe, expect, test } from 'vitest';
import { findAddress } from '../../client/src/engine/docker-cli/address-lookup.ts';
import type { Container, Engine } from '../../client/src/engine/engine.ts';
import { isEngineError } from '../../client/src/engine/errors.ts';
import { EngineLists } from '../../client/src/engine/lists/engine-lists.ts';
import { createRandom } from '../random.ts';
import { waitUntil } from './contract.ts';
import { createFixture } from './real-engine.ts';
import { startEngines, type StartedEngine } from './two-engines.ts';

const started = await startEngines();
const rounds = 15;

afterAll(async () => {
  for (const one of started) await one.stop();
}, 60_000);

describe.each(started)('lists of Docker $version', (one) => {
  test(
    'are the same after random events as when they are read completely',
    { timeout: 300_000 },
    () => compareLists(one),
  );
});

async function compareLists({ engine, host }: StartedEngine): Promise<void> {
  const fixture = await createFixture({ address: await findAddress(host), engine });
  const random = createRandom(18);
  const lists = new EngineLists(engine);
  const follower = follow(engine, lists);
  await follower.caughtUp();
  await all(lists.engine);
  for (let round = 0; round < rounds; round++) {
    // A read that runs while things change.
    const running = random() < 0.5 ? all(lists.engine) : undefined;
    const done: string[] = [];
    for (let count = 1 + Math.floor(random() * 5); count > 0; count--)
      done.push(await change(engine, fixture.image, random));
    await running;
    await follower.caughtUp();
    const kept = await all(lists.engine);
    expect(kept, `round ${String(round)}: ${done.join(', ')}`).toEqual(await all(engine));
  }
  await follower.end();
  for (const { id } of await engine.containers()) await engine.remove(id, { force: true });
  await fixture.close();
}

/** The lists in one order, without the texts that contain the age. */
async function all(engine: Engine): Promise<unknown> {
  const by =
    <T>(key: (one: T) => string) =>
    (a: T, b: T) =>
      key(a) < key(b) ? -1 : 1;
  const withoutAge = ({ status, ...rest }: Container) => ({
    ...rest,
    status: status.replaceAll(/\d+|less than|about|an?\b|seconds?|minutes?|ago/gi, '').trim(),
  });
  const read = {
    containers: engine.containers(),
    images: engine.images(),
    volumes: engine.volumes(),
    networks: engine.networks(),
  };
  return {
    containers: (await read.containers).map(withoutAge).sort(by(({ id }) => id)),
    images: (await read.images).toSorted(by(({ id }) => id)),
    volumes: (await read.volumes).toSorted(by(({ name }) => name)),
    networks: (await read.networks).toSorted(by(({ id }) => id)),
  };
}

/** Passes the events of an engine on to its lists. */
function follow(engine: Engine, lists: EngineLists) {
  const control = new AbortController();
  const seen = new Set<string>();
  const since = `${String(Date.now() - 1000)}000000`;
  const ended = (async () => {
    for await (const event of engine.events(control.signal, since)) {
      lists.note(event);
      if (event.objectType === 'volume') seen.add(`${event.action} ${event.id}`);
    }
  })();
  return {
    /** Resolves when all events until now were passed on: the engine sends them in their order. */
    caughtUp: async () => {
      const name = `mark-${randomUUID()}`;
      await engine.createVolume({ name });
      await engine.removeVolume(name);
      await waitUntil(() => Promise.resolve(seen.has(`destroy ${name}`)));
    },
    end: async () => {
      control.abort();
      await ended;
    },
  };
}

let made = 0;

/** Changes something at random; resolves to what it was. */
async function change(engine: Engine, image: string, random: () => number): Promise<string> {
  const one = <T>(list: readonly T[]): T | undefined => list[Math.floor(random() * list.length)];
  const name = `made-${String(++made)}`;
  const containers = await engine.containers();
  const id = one(containers)?.id ?? '';
  const running = one(containers.filter(({ state }) => state === 'running'))?.id ?? '';
  const own = (await engine.networks()).filter(({ builtin }) => !builtin);
  const network = one(own)?.id ?? '';
  const tag = `made:${String(Math.floor(random() * 4))}`;
  const images = await engine.images();
  const create = async (script: string): Promise<void> => {
    const reference =
      one([image, one(images)?.tags[0] ?? image, one(images)?.id ?? image]) ?? image;
    const body = {
      Image: reference,
      Cmd: ['sh', '-c', script],
      HostConfig: { Binds: random() < 0.3 ? [`${name}:/data`] : [] },
    };
    await engine.start((await engine.create({ name, body })).id);
  };
  const changes: Readonly<Record<string, () => Promise<unknown>>> = {
    run: () => create("trap 'exit 0' TERM; sleep 1000 & wait"),
    'run and end': async () => {
      await create('exit 3');
      const isEnded = async () =>
        (await engine.inspect('container', name)).finishedAt !== undefined;
      await waitUntil(isEnded);
    },
    rename: () => engine.rename(id, name),
    start: () => engine.start(id),
    stop: () => engine.stop(running),
    pause: () => engine.pause(running),
    unpause: () => engine.unpause(id),
    kill: () => engine.kill(running),
    remove: () => engine.remove(id, { force: true }),
    tag: () => engine.tag(one(images)?.id ?? '', tag),
    untag: () => engine.removeImage(tag),
    commit: () =>
      engine.commit(id, { pause: false, changes: [`LABEL made=${name}`], reference: tag }),
    'create a volume': () => engine.createVolume({ name }),
    'remove a volume': async () => engine.removeVolume(one(await engine.volumes())?.name ?? ''),
    'create a network': () => engine.createNetwork({ name }),
    'remove a network': () => engine.removeNetwork(network),
    connect: () => engine.connectNetwork(network, running),
    disconnect: () => engine.disconnectNetwork(network, running),
  };
  const what = one(Object.keys(changes)) ?? '';
  try {
    await changes[what]?.();
    return what;
  } catch (error) {
    // A change that is not possible now, such as stopping a container that does not run.
    expect(isEngineError(error)).toBe(true);
    return `${what}, refused`;
  }
}
