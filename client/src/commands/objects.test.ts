import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { recordingEditor, toolsFor, type Recording } from '../../../test/recording-editor.ts';
import { contextStore } from '../engine/docker-cli/context-store.ts';
import type { ContextStore } from '../engine/contexts.ts';
import { EngineError } from '../engine/errors.ts';
import {
  fakeEngine,
  type FakeEngine,
  type FakeWorld,
} from '../../../test/fake-engine/fake-engine.ts';
import type { Subjects } from '../explorer/item.ts';
import { sentence } from '../ui/failure-message.ts';
import type { Command } from './command.ts';
import type { Tools } from '../ui/tools.ts';
import createContext from './contexts/create.ts';
import followDocker from './contexts/follow.ts';
import removeContext from './contexts/remove.ts';
import useContext from './contexts/use.ts';
import useEverywhere from './contexts/use-everywhere.ts';
import columns from './containers/columns.ts';
import filter from './containers/filter.ts';
import groupBy from './containers/group-by.ts';
import inspectJson from './containers/inspect-json.ts';
import kill from './containers/kill.ts';
import pause from './containers/pause.ts';
import rename from './containers/rename.ts';
import unpause from './containers/unpause.ts';
import diagnose from './engine/diagnose.ts';
import overview from './engine/overview.ts';
import dangling from './images/dangling.ts';
import history from './images/history.ts';
import load from './images/load.ts';
import push from './images/push.ts';
import save from './images/save.ts';
import tag from './images/tag.ts';
import createNetwork from './networks/create.ts';
import removeNetwork from './networks/remove.ts';
import login from './registry/login.ts';
import logout from './registry/logout.ts';
import createVolume from './volumes/create.ts';
import measure from './volumes/measure.ts';
import removeVolume from './volumes/remove.ts';

interface Trial extends Recording {
  readonly world: FakeEngine;
  readonly tools: Tools;
  readonly reconnects: () => number;
  run(command: Command, ...subjects: readonly Subjects[keyof Subjects][]): Promise<void>;
}

function trial(
  world: FakeWorld,
  answers: readonly (string | undefined)[] = [],
  also: Partial<Tools> = {},
): Trial {
  const recording = recordingEditor(answers);
  const fake = fakeEngine(world);
  let reconnects = 0;
  const reconnect = () => Promise.resolve(void (reconnects += 1));
  const tools = toolsFor(fake.engine, recording.editor, { reconnect, ...also });
  return {
    ...recording,
    world: fake,
    tools,
    reconnects: () => reconnects,
    run: (command, ...subjects) => command.run(subjects, tools, { paths: [] }),
  };
}

const image = {
  id: `sha256:${'a'.repeat(64)}`,
  tags: ['localhost:5000/shop:1'],
  size: 128_000_000,
};

describe('containers', () => {
  test('pause, go on, and take another name', async () => {
    const t = trial({ containers: [{ name: 'web' }] }, ['shop']);
    const web = t.world.container('web');
    await t.run(pause, web);
    expect(t.world.container('web').state).toBe('paused');
    await t.run(unpause, web);
    expect(t.world.container('web').state).toBe('running');
    await t.run(rename, web);
    expect(t.world.container('shop').id).toBe(web.id);
  });

  test('a kill says what is lost', async () => {
    const t = trial({ containers: [{ name: 'web' }] }, ['Kill']);
    await t.run(kill, t.world.container('web'));
    expect(t.seen[0]).toMatch(/^confirm: Kill web\? \(Nothing is saved first/);
    expect(t.world.container('web').exitCode).toBe(137);
  });

  test('are inspected as JSON too', async () => {
    const t = trial({ containers: [{ name: 'web' }] });
    await t.run(inspectJson, t.world.container('web'));
    expect(t.seen).toEqual(['show: web.json (json, text)']);
  });
});

describe('how views look', () => {
  test('is chosen and kept as settings', async () => {
    const t = trial({}, ['Image', 'Name|Image|Ports', undefined]);
    await t.run(groupBy);
    await t.tools.editor.prefer('containers.columns', ['ports', 'state']);
    await t.run(columns);
    await t.run(dangling);
    expect(t.seen.filter((line) => line.startsWith('prefer'))).toEqual([
      'prefer: containers.groupBy = "image"',
      'prefer: containers.columns = ["ports","state"]',
      'prefer: containers.columns = ["ports","image"]',
      'prefer: images.showDangling = false',
    ]);
  });

  test('a filter is kept in the workspace and drawn at once', async () => {
    const t = trial({}, [' web ']);
    await t.run(filter);
    expect(t.tools.editor.recall('filter.containers')).toBe('web');
    expect(t.seen.at(-1)).toBe('redraw');
  });
});

describe('volumes and networks', () => {
  test('a volume that is used is not offered, another goes with its files', async () => {
    const world = {
      containers: [{ name: 'db', state: 'exited' as const, volumes: ['data'] }],
      volumes: [{ name: 'data' }, { name: 'old' }],
    };
    const t = trial(world, ['Remove']);
    await t.run(removeVolume, ...(await t.world.engine.volumes()));
    expect(t.seen).toEqual([
      'warn: data cannot be removed while db has it. Remove the container first, or stop using it there.',
      'confirm: Remove volume old? (All files in it are lost; nothing brings them back.) [Remove]',
    ]);
    expect((await t.world.engine.volumes()).map(({ name }) => name)).toEqual(['data']);
  });

  test('are created; a name that is taken is told as typed', async () => {
    const t = trial({ volumes: [{ name: 'data' }] }, ['data', 'net', '10.0.0.0/33', 'ok', '']);
    await t.run(createVolume);
    await t.run(createNetwork);
    await t.run(createNetwork);
    expect(t.seen).toEqual([
      'ask: Create Volume ‹› → There is a volume named data already.',
      'ask: Create Network ‹›',
      'ask: Create Network net: which subnet? ‹› → A subnet is an address and a number of bits, such as 172.28.0.0/16.',
      'ask: Create Network ‹›',
      'ask: Create Network ok: which subnet? ‹›',
    ]);
    expect(t.world.calls).toContain('createNetwork ok');
  });

  test('a network in use is not removed', async () => {
    const world = {
      containers: [{ name: 'web', networks: ['shop'] }],
      networks: [{ name: 'shop' }, { name: 'idle' }],
    };
    const t = trial(world, ['Remove']);
    const own = (await t.world.engine.networks()).filter(({ builtin }) => !builtin);
    await t.run(removeNetwork, ...own);
    expect(t.seen[0]).toBe('warn: shop cannot be removed while web is connected. Stop it first.');
    expect((await t.world.engine.networks()).map(({ name }) => name)).not.toContain('idle');
  });

  test('sizes are measured when asked for', async () => {
    const t = trial({ volumes: [{ name: 'data' }] });
    await t.run(measure);
    expect([...t.tools.volumeSizes]).toEqual([['data', 1000]]);
  });
});

describe('images', () => {
  test('get another name; taking it from another image is told', async () => {
    const other = { id: `sha256:${'b'.repeat(64)}`, tags: ['shop:latest'] };
    const t = trial({ images: [image, other] }, ['shop']);
    await t.run(tag, { image: (await t.world.engine.images())[0]!, tag: image.tags[0]! });
    expect(t.seen[0]).toContain('→ shop:latest is another image now, which loses this name');
    const [first, second] = await t.world.engine.images();
    expect([first?.tags, second?.tags]).toEqual([[...image.tags, 'shop:latest'], []]);
  });

  test('are pushed after a question that names the registry', async () => {
    const t = trial({ images: [image] }, ['Push']);
    await t.run(push, { image: (await t.world.engine.images())[0]!, tag: image.tags[0]! });
    expect(t.seen).toEqual([
      'confirm: Push localhost:5000/shop:1 to localhost:5000? (Whoever may read there can pull it. A tag that exists there is replaced.) [Push]',
      'during: Pushing localhost:5000/shop:1',
      '  0 of 1 layers · 500 B of 1 kB',
      '  0 of 1 layers · 1 kB of 1 kB',
      '  1 of 1 layers · 1 kB of 1 kB',
      'tell: Pushed localhost:5000/shop:1',
    ]);
  });

  test('a push that nobody lets in leads to the login', async () => {
    const t = trial({ images: [{ ...image, tags: ['shop:1'] }] }, ['Push']);
    const [only] = await t.world.engine.images();
    const error: unknown = await t
      .run(push, { image: only!, tag: 'shop:1' })
      .catch((reason: unknown) => reason);
    const said = sentence(error, 'Push Image');
    expect(said?.message).toBe('shop:1 was not pushed: no basic auth credentials');
    expect(said?.ways[0]?.command).toBe('drydock.registry.login');
  });

  test('go into a file and come back; what was cut short leaves no file', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'drydock-save-'));
    const file = join(folder, 'shop.tar');
    const t = trial({ images: [image] }, [file, file, join(folder, 'other.tar')]);
    const reference = { image: (await t.world.engine.images())[0]!, tag: image.tags[0]! };
    await t.run(save, reference);
    expect((await readFile(file)).length).toBeGreaterThan(10);
    await t.world.engine.removeImage(image.id);
    await t.run(load);
    expect((await t.world.engine.images())[0]?.tags).toEqual(image.tags);
    expect(t.seen.at(-1)).toBe('tell: Loaded localhost:5000/shop:1');
    await t.world.engine.removeImage(image.id);
    await expect(t.run(save, reference)).rejects.toThrow('was not saved');
    expect(await readdir(folder)).toEqual(['shop.tar']);
    await rm(folder, { recursive: true });
  });

  test('show their layers as a page', async () => {
    const t = trial({ images: [image] });
    await t.run(history, { image: (await t.world.engine.images())[0]! });
    expect(t.seen[0]).toContain('128 MB · layers: 1 · steps: 1');
  });
});

describe('registries', () => {
  const logins = (kept: unknown[]) => ({
    logins: () =>
      Promise.resolve({
        save: (one: unknown) => {
          kept.push(one);
          return Promise.resolve('file' as const);
        },
        remove: (host: string) => Promise.resolve(void kept.push(`forget ${host}`)),
        list: () => Promise.resolve(['ghcr.io']),
      }),
  });

  test('who logs in is kept, and the password never shown', async () => {
    const kept: unknown[] = [];
    const t = trial({ accounts: { me: 'p@ss:w' } }, ['ghcr.io', 'me', 'p@ss:w'], logins(kept));
    await t.run(login);
    expect(kept).toEqual([{ username: 'me', password: 'p@ss:w', serveraddress: 'ghcr.io' }]);
    expect(t.seen.join('\n')).not.toContain('p@ss');
    expect(t.world.calls.join('\n')).not.toContain('p@ss');
  });

  test('a wrong password is kept nowhere', async () => {
    const kept: unknown[] = [];
    const t = trial({ accounts: { me: 'right' } }, ['ghcr.io', 'me', 'wrong'], logins(kept));
    await expect(t.run(login)).rejects.toThrow('Not logged in to ghcr.io: ');
    expect(kept).toEqual([]);
  });

  test('logging out forgets', async () => {
    const kept: unknown[] = [];
    const t = trial({}, ['ghcr.io'], logins(kept));
    await t.run(logout);
    expect(kept).toEqual(['forget ghcr.io']);
  });
});

describe('contexts', () => {
  async function store(): Promise<{ readonly store: ContextStore; readonly folder: string }> {
    const folder = await mkdtemp(join(tmpdir(), 'drydock-contexts-'));
    const around = { env: { DOCKER_CONFIG: folder }, home: folder, platform: process.platform };
    return { store: contextStore(around), folder };
  }

  test('are made, used by this window, by everyone, and removed', async () => {
    const { store: known, folder } = await store();
    const contexts = () => Promise.resolve(known);
    const t = trial({}, ['box', 'ssh://me@box', 'Use Everywhere', 'Remove'], { contexts });
    await t.run(createContext);
    const box = (await known.list())[1]!;
    expect(box).toMatchObject({ name: 'box', host: 'ssh://me@box', current: false });
    await t.run(useContext, box);
    expect(t.tools.editor.recall('context')).toBe('box');
    expect(t.reconnects()).toBe(1);
    expect((await known.list())[1]?.current).toBe(false);
    await t.run(useEverywhere, box);
    expect(t.seen.at(-1)).toBe('tell: The docker command uses box now.');
    await t.run(removeContext, (await known.list())[1]!);
    expect(t.seen.at(-1)).toContain('The docker command uses box now and will use default.');
    expect((await known.list()).map(({ name, current }) => [name, current])).toEqual([
      ['default', true],
    ]);
    expect(t.tools.editor.recall('context')).toBe('');
    await t.run(followDocker);
    expect(t.reconnects()).toBe(3);
    await rm(folder, { recursive: true });
  });
});

describe('the doctor', () => {
  test('says what is wrong, who says where the engine is, and offers a try in a terminal', async () => {
    const address = {
      place: { kind: 'ssh', host: 'box', user: 'me' },
      source: 'config',
      context: 'box',
      url: 'ssh://me@box',
    } as const;
    const trouble = new EngineError('ssh', 'box answers by ssh, but Docker does not run there');
    const t = trial({}, [], { state: () => Promise.resolve({ address, trouble }) });
    await t.run(diagnose);
    expect(t.seen).toEqual([
      'meanwhile: Looking for the Docker engine…',
      'warn: box answers by ssh, but Docker does not run there. The docker command uses the context box. [Try in a Terminal] [Show Log]',
    ]);
  });

  test('says so where nothing is wrong', async () => {
    const t = trial({});
    await t.run(diagnose);
    expect(t.seen.at(-1)).toMatch(/^tell: The engine at .* answers\.$/);
  });
});

test('the page of the engine tells disk use and what could go', async () => {
  const t = trial({
    images: [image],
    volumes: [{ name: 'data' }],
    containers: [{ name: 'old', state: 'exited' }],
  });
  await t.run(overview);
  const page = t.seen.at(-1) ?? '';
  expect(page).toContain('| Images | 1 | 128 MB | 1 | 128 MB |');
  expect(page).toContain('| Volumes | 1 | 1 kB | 1 | 1 kB |');
  expect(page).toContain('sudo rsync -aHAXS /var/lib/docker/ /mnt/data/docker/');
});
