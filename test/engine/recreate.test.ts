/** Containers that are created again with a newer image, or after they were removed, on real engines. */
import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import remove from '../../client/src/commands/containers/remove.ts';
import { findAddress } from '../../client/src/engine/docker-cli/address-lookup.ts';
import type { Container, Engine } from '../../client/src/engine/engine.ts';
import { containersView, defaultContainersOptions } from '../../client/src/explorer/containers.ts';
import { bringBack, chooseRemoved, recreateContainers } from '../../client/src/recreate/session.ts';
import { specOfLine } from '../../client/src/run/line.ts';
import { newContainer } from '../../client/src/run/request.ts';
import { lasting } from '../lasting.ts';
import { recordingEditor, toolsFor } from '../recording-editor.ts';
import { readText } from './contract.ts';
import { createFixture } from './real-engine.ts';
import { startEngines, type StartedEngine } from './two-engines.ts';

const started = await startEngines();

afterAll(async () => {
  for (const one of started) await one.stop();
}, 60_000);

const runs = `sh -c "trap 'exit 0' TERM; sleep 1000 & wait"`;

/** Options of `docker run`; `NET` is a network with the subnet 10.77.0.0/16. */
const lines: Readonly<Record<string, string>> = {
  'without options': '',
  'environment, labels, user and working directory':
    '-e OWN=1 -e FROM_IMAGE=changed -l a=b --user 0:0 -w /tmp --hostname box',
  'ports and a restart policy': '-p 18999:80 --expose 81 --restart unless-stopped',
  'several networks, aliases and addresses':
    '--network name=NET,alias=www,ip=10.77.3.4 --network name=NET2,alias=other',
  'a static MAC address': '--network NET --mac-address 02:42:0a:4d:00:09 --network-alias web',
  'limits and capabilities':
    '--memory 64m --cpus 0.5 --pids-limit 50 --cap-add NET_ADMIN --shm-size 32m --ulimit nofile=99:99',
  'named and anonymous volumes': '-v data-UNIQUE:/data -v /anonymous --tmpfs /scratch:size=1m',
  'the Compose project':
    '-l com.docker.compose.project=shop -l com.docker.compose.service=web -l a=b',
  'a terminal': '-i -t --stop-signal SIGKILL',
  'a health check': `--health-cmd true --health-interval 1s`,
};

/** A container takes a second or more: other engines only with `DRYDOCK_BUILDS=all`. */
const chosen = process.env.DRYDOCK_BUILDS === 'all' ? started : started.slice(0, 1);

for (const one of chosen) {
  describe(`recreated on Docker ${one.version}`, () => recreation(one));
}

function recreation({ engine, host }: StartedEngine): void {
  let close: () => Promise<void>;
  let base: string;
  const unique = randomUUID().slice(0, 8);
  const networks: string[] = [];

  beforeAll(async () => {
    const address = await findAddress(host);
    const fixture = await createFixture({ address, engine });
    close = () => fixture.close();
    const changes = ['ENV FROM_IMAGE=old', 'ENV ONLY_OLD=1', 'EXPOSE 9', 'LABEL version=1'];
    base = await commit(engine, fixture.image, changes);
    networks.push(
      await engine.createNetwork({ name: `net-${unique}`, subnet: '10.77.0.0/16' }),
      await engine.createNetwork({ name: `net2-${unique}` }),
    );
  }, 60_000);
  afterEach(async () => {
    for (const { id, name } of await engine.containers()) {
      if (name.includes(unique)) await engine.remove(id, { force: true, volumes: true });
    }
  }, 30_000);
  afterAll(async () => {
    for (const id of networks) await engine.removeNetwork(id);
    await close();
  }, 60_000);

  /** A container of the old image, whose tag is then given to an image with these changes. */
  async function outdated(options: string, changes = ['ENV FROM_IMAGE=new', 'LABEL version=2']) {
    const name = `web-${unique}-${randomUUID().slice(0, 4)}`;
    const tag = `localhost/${name}:1`;
    await engine.tag(base, tag);
    const line = `docker run --name ${name} ${options} ${tag} ${runs}`
      .replaceAll(/\bNET(2?)\b/g, (_, number: string) => `net${number}-${unique}`)
      .replaceAll('UNIQUE', unique);
    const { spec, troubles } = specOfLine(line, { folder: tmpdir(), variables: {} });
    expect(troubles).toEqual([]);
    const { id } = await engine.create(newContainer(spec, { variables: {}, files: new Map() }));
    await engine.start(id);
    const before = await engine.inspect('container', id);
    const newer = await commit(engine, tag, changes);
    await engine.tag(newer, tag);
    return { name, tag, id, newer, before };
  }

  const find = async (name: string): Promise<Container | undefined> =>
    (await engine.containers()).find((container) => container.name === name);

  async function recreate(name: string, ...answers: readonly string[]) {
    const { editor, seen } = recordingEditor(answers);
    const container = await find(name);
    const work = recreateContainers([container!], toolsFor(engine, editor));
    return { seen, error: await work.then(() => undefined, String) };
  }

  test.each(Object.entries(lines))(
    'keeps %s',
    async (_, options) => {
      const { name, id, newer, before, tag } = await outdated(options);
      for (const path of ['/data', '/anonymous'].filter((folder) => options.includes(folder))) {
        await read(engine, id, ['sh', '-c', `echo kept > ${path}/file`]);
      }
      const { seen, error } = await recreate(name, 'Recreate');
      expect([error, seen[0]]).toEqual([
        undefined,
        expect.stringContaining(`Recreate ${name} with the newer image ${tag}?`),
      ]);
      const now = await find(name);
      expect([now?.state, now?.imageId]).toEqual(['running', newer]);
      const after = await engine.inspect('container', now!.id);
      expect(comparable(after.raw, options)).toEqual(comparable(before.raw, options));
      const env = await read(engine, now!.id, ['env']);
      const isOwn = options.includes('FROM_IMAGE=changed');
      expect(env).toContain(isOwn ? 'FROM_IMAGE=changed' : 'FROM_IMAGE=new');
      for (const path of ['/data', '/anonymous'].filter((folder) => options.includes(folder))) {
        expect(await read(engine, now!.id, ['cat', `${path}/file`])).toBe('kept\n');
      }
      expect((await engine.containers()).filter((other) => other.name.startsWith(name))).toHaveLength(1); // prettier-ignore
    },
    60_000,
  );

  test('shows the tag and that its image is newer, until it is recreated', async () => {
    const { name } = await outdated('');
    const row = async () => {
      const view = containersView(() => ({ ...defaultContainersOptions, groupBy: 'none' }));
      const rows = await view.read(engine);
      return rows(new Date()).find(({ label }) => label === name);
    };
    expect((await row())?.description).toContain('running · newer image');
    expect((await row())?.traits).toContain('outdated');
    await recreate(name, 'Recreate');
    expect((await row())?.description).not.toContain('newer image');
    expect((await row())?.traits).not.toContain('outdated');
  }, 60_000);

  test.each([
    ['exits', ['ENTRYPOINT ["false"]', 'CMD []'], /exited with code 1/],
    [
      'has a program that does not exist',
      ['ENTRYPOINT ["/nosuch"]'],
      /executable \/nosuch was not found in the image/,
    ],
    [
      'becomes unhealthy',
      ['HEALTHCHECK --interval=1s --retries=1 --timeout=1s CMD false'],
      /is unhealthy/,
    ],
  ])(
    'restores the old container if the new one %s',
    async (_, changes, reason) => {
      const { name, id } = await outdated('-v /anonymous --network NET', changes);
      await read(engine, id, ['sh', '-c', 'echo kept > /anonymous/file; echo own > /own']);
      const { error } = await recreate(name, 'Recreate');
      expect(error).toMatch(reason);
      expect(error).toMatch(/The old container was restored\.$/);
      expect(await find(name)).toMatchObject({ id, state: 'running' });
      expect(await read(engine, id, ['cat', '/anonymous/file', '/own'])).toBe('kept\nown\n');
      expect((await engine.containers()).filter((other) => other.name.startsWith(name))).toHaveLength(1); // prettier-ignore
    },
    60_000,
  );

  test('creates a container with --rm again if the new one does not start', async () => {
    const { name, id, before } = await outdated('--rm -v /anonymous', ['ENTRYPOINT ["/nosuch"]']);
    await read(engine, id, ['sh', '-c', 'echo kept > /anonymous/file']);
    const { error, seen } = await recreate(name, 'Recreate');
    expect(seen[0]).toContain('It was started with --rm');
    expect(error).toMatch(/The old container was restored\.$/);
    const now = await find(name);
    expect([now?.state, now?.imageId]).toEqual(['running', before.imageId]);
    expect(await read(engine, now!.id, ['cat', '/anonymous/file'])).toBe('kept\n');
  }, 60_000);

  test('keeps a stopped container stopped, and a paused one paused', async () => {
    const stopped = await outdated('');
    await engine.stop(stopped.id);
    await recreate(stopped.name, 'Recreate');
    expect(await find(stopped.name)).toMatchObject({ state: 'created', imageId: stopped.newer });
    const paused = await outdated('');
    await engine.pause(paused.id);
    await recreate(paused.name, 'Recreate');
    expect(await find(paused.name)).toMatchObject({ state: 'paused', imageId: paused.newer });
  }, 60_000);

  test('names the containers that use its network', async () => {
    const { name, tag } = await outdated('');
    const side = `side-${unique}`;
    const { spec } = specOfLine(`docker run --name ${side} --network container:${name} ${tag} ${runs}`, { folder: tmpdir(), variables: {} }); // prettier-ignore
    const { id } = await engine.create(newContainer(spec, { variables: {}, files: new Map() }));
    const { seen } = await recreate(name);
    expect(seen[0]).toContain(`Recreate these as well, because they use its network: ${side}.`);
    await engine.remove(id);
  });

  test.each(Object.entries(lines))(
    'brings back a removed container with %s',
    async (_, options) => {
      const { name, before, id } = await outdated(options);
      if (options.includes('/anonymous'))
        await read(engine, id, ['sh', '-c', 'echo kept > /anonymous/file']);
      const keep = options.includes('/anonymous')
        ? 'Kill and Remove, Keep Volumes'
        : 'Kill and Remove';
      const secrets = new Map<string, string>();
      const editor = (...answers: readonly string[]) =>
        recordingEditor(answers, {
          getSecret: (key) => Promise.resolve(secrets.get(key)),
          setSecret: (key, value) => Promise.resolve(void secrets.set(key, value)),
        });
      const removal = editor(keep);
      const container = await find(name);
      await remove.run([container!] as never, toolsFor(engine, removal.editor), { paths: [] });
      expect(await find(name)).toBeUndefined();
      expect(removal.seen.at(-1)).toBe(`info: Removed ${name}. [Bring Back]`);
      const back = editor(name);
      const tools = toolsFor(engine, back.editor);
      await bringBack(tools, await chooseRemoved(tools));
      const now = await find(name);
      // Its tag names another image now.
      expect([now?.state, now?.imageId]).toEqual(['running', before.imageId]);
      const after = await engine.inspect('container', now!.id);
      expect(comparable(after.raw, options)).toEqual(comparable(before.raw, options));
      if (options.includes('/anonymous'))
        expect(await read(engine, now!.id, ['cat', '/anonymous/file'])).toBe('kept\n');
      expect(JSON.parse(secrets.get('removed-containers') ?? '')).toEqual([]);
    },
    60_000,
  );
}

/** An image with these changes. */
async function commit(engine: Engine, image: string, changes: readonly string[]): Promise<string> {
  const { id } = await engine.create({ body: { Image: image, Cmd: ['true'] } });
  const made = await engine.commit(id, { changes, pause: false });
  await engine.remove(id);
  return made;
}

async function read(engine: Engine, id: string, words: readonly string[]): Promise<string> {
  const run = await engine.exec(id, words, { tty: false });
  run.end();
  return readText(run.output);
}

/** What the image decides differs, anonymous volumes are mounted by their names, and MAC addresses are random. */
function comparable(raw: string, options: string): unknown {
  const all = without(lasting(raw), 'Image');
  const config = without(all.Config, 'Image', 'Volumes');
  const mounts = Array.isArray(all.Mounts) ? all.Mounts : [];
  const random = options.includes('--mac-address') ? [] : ['MacAddress'];
  return {
    ...all,
    Config: {
      ...config,
      Env: without(config.Env, 'FROM_IMAGE', 'ONLY_OLD'),
      Labels: without(config.Labels, 'version'),
    },
    HostConfig: without(all.HostConfig, 'Binds', 'Mounts'),
    Mounts: mounts.map((mount) => without(mount, 'Mode')),
    Networks: Object.entries(without(all.Networks)).map(([name, endpoint]) => [
      name,
      without(endpoint, ...random),
    ]),
  };
}

function without(value: unknown, ...names: readonly string[]): Readonly<Record<string, unknown>> {
  const entries = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  return Object.fromEntries(entries.filter(([name]) => !names.includes(name)));
}
