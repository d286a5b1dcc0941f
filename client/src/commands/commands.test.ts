import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { recordingEditor, toolsFor, type Recording } from '../../../test/recording-editor.ts';
import { EngineError } from '../engine/errors.ts';
import {
  fakeEngine,
  type FakeEngine,
  type FakeWorld,
} from '../../../test/fake-engine/fake-engine.ts';
import type { Subjects } from '../explorer/item.ts';
import type { Command } from './command.ts';
import type { Editor } from '../ui/editor.ts';
import copyIn from './containers/copy-in.ts';
import copyOut from './containers/copy-out.ts';
import inspect from './containers/inspect.ts';
import logs from './containers/logs.ts';
import remove from './containers/remove.ts';
import shell from './containers/shell.ts';
import start from './containers/start.ts';
import stop from './containers/stop.ts';
import build from './dockerfile/build.ts';
import startEngine from './engine/start.ts';
import pull from './images/pull.ts';
import removeImage from './images/remove.ts';

interface Trial extends Recording {
  readonly world: FakeEngine;
  run(command: Command, ...names: readonly string[]): Promise<void>;
  runOn(command: Command, paths: readonly string[], ...names: readonly string[]): Promise<void>;
}

/** Commands on a fake engine; what a person answers, in order. */
function trial(
  world: FakeWorld,
  answers: readonly (string | undefined)[] = [],
  also: Partial<Editor> = {},
): Trial {
  const recording = recordingEditor(answers, also);
  const fake = fakeEngine(world);
  const tools = toolsFor(fake.engine, recording.editor);
  const subjects = async (command: Command, names: readonly string[]) => {
    if (command.on !== 'image') return names.map((name) => fake.container(name));
    const images = await fake.engine.images();
    return names.map((tag) => ({ image: images.find(({ tags }) => tags.includes(tag))!, tag }));
  };
  const runOn: Trial['runOn'] = async (command, paths, ...names) => {
    const chosen = (await subjects(command, names)) as readonly Subjects[keyof Subjects][];
    await command.run(chosen, tools, { paths });
  };
  return {
    ...recording,
    world: fake,
    run: (command, ...names) => runOn(command, [], ...names),
    runOn,
  };
}

const volume = { Mounts: [{ Type: 'volume', Name: 'a'.repeat(64) }] };

describe('start and stop', () => {
  test('each of many is started', async () => {
    const t = trial({
      containers: [
        { name: 'a', state: 'exited' },
        { name: 'b', state: 'created' },
      ],
    });
    await t.run(start, 'a', 'b');
    expect(t.world.container('a').state).toBe('running');
    expect(t.world.container('b').state).toBe('running');
    expect(t.seen).toEqual([]);
  });

  test('one that fails does not keep the others, and says what did not happen', async () => {
    const t = trial({
      containers: [
        { name: 'a', state: 'exited' },
        { name: 'b', state: 'exited' },
      ],
    });
    const { engine } = t.world;
    const original = engine.start.bind(engine);
    engine.start = async (id) => {
      if (t.world.container(id).name !== 'a') return original(id);
      throw new EngineError(
        'failed',
        'driver failed: Bind for 0.0.0.0:8080 failed: port is already allocated',
      );
    };
    t.world.create({
      name: 'api',
      state: 'running',
      ports: [{ container: 80, host: 8080, protocol: 'tcp' }],
    });
    await expect(t.run(start, 'a', 'b')).rejects.toThrow(
      'a did not start: port 8080 is taken by api',
    );
    expect(t.world.container('b').state).toBe('running');
  });

  test('stopping shows that it takes its time', async () => {
    const t = trial({ containers: [{ name: 'web', state: 'running' }] });
    await t.run(stop, 'web');
    expect(t.world.container('web').state).toBe('exited');
    expect(t.seen).toEqual(['meanwhile: Stopping web']);
  });
});

describe('remove', () => {
  test.each([
    ['exited', {}, 'confirm: Remove container web? (Files written in it are lost.) [Remove]'],
    [
      'running',
      {},
      'confirm: web is running. Kill and remove it? (Files written in it are lost.) [Kill and Remove]',
    ],
    [
      'exited',
      volume,
      'choose: Remove container web? (Files written in it are lost. An anonymous volume belongs to it; nothing else can reach its files afterwards.) [Remove with Volumes] [Remove, Keep Volumes]',
    ],
  ] as const)('%s %j', async (state, details, question) => {
    const t = trial({ containers: [{ name: 'web', state, inspect: details }] });
    await t.run(remove, 'web');
    expect(t.seen).toEqual([question]);
    expect(t.world.container('web').state).toBe(state);
  });

  test('what is agreed to goes', async () => {
    const t = trial({ containers: [{ name: 'web', state: 'running' }] }, ['Kill and Remove']);
    await t.run(remove, 'web');
    expect(await t.world.engine.containers()).toEqual([]);
  });

  test('of many, those that run are named', async () => {
    const t = trial({
      containers: ['a', 'b', 'c'].map((name) => ({
        name,
        state: name === 'b' ? 'running' : 'exited',
      })),
    });
    await t.run(remove, 'a', 'b', 'c');
    expect(t.seen).toEqual([
      'confirm: Remove 3 containers: a, b and c? Of these, b would be killed. (Files written in them are lost.) [Kill and Remove]',
    ]);
  });
});

describe('looking', () => {
  test('logs print until the container says no more', async () => {
    const t = trial({ containers: [{ name: 'web', state: 'exited', logs: 'hello\n' }] });
    await t.run(logs, 'web');
    await t.printed();
    expect(t.seen).toEqual(['printout: web: logs', '  hello', '  web writes no more.']);
  });

  test('inspect shows a document', async () => {
    const t = trial({ containers: [{ name: 'web' }] });
    await t.run(inspect, 'web');
    expect(t.seen).toEqual(['show: web.yaml (yaml, text)']);
  });

  test('a shell opens in a terminal; without one there is a way forward', async () => {
    const t = trial({
      containers: [
        { name: 'web', state: 'running' },
        { name: 'bare', state: 'running', programs: [] },
      ],
    });
    await t.run(shell, 'web');
    expect(t.seen).toEqual(['terminal: web: ash']);
    await expect(t.run(shell, 'bare')).rejects.toThrow(/No shell in bare: .*distroless/);
  });
});

describe('copying', () => {
  test('in, with a question before something is overwritten', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'drydock-'));
    const file = join(folder, 'a.txt');
    await writeFile(file, 'new');
    const world = { containers: [{ name: 'web', files: { '/tmp/a.txt': 'old' } }] };
    const t = trial(world, ['/tmp/', undefined, '/tmp/', 'Overwrite']);
    await expect(t.runOn(copyIn, [file], 'web')).rejects.toThrow('Cancelled');
    await t.runOn(copyIn, [file], 'web');
    expect(t.seen.filter((line) => !line.startsWith(' '))).toEqual([
      'ask: Copy to web ‹/›',
      'during: Copying a.txt to web',
      'confirm: Overwrite /tmp/a.txt in web? [Overwrite]',
      'ask: Copy to web ‹/tmp/›',
      'during: Copying a.txt to web',
      'confirm: Overwrite /tmp/a.txt in web? [Overwrite]',
      'tell: Copied to web:/tmp/ · 3 B',
    ]);
    await rm(folder, { recursive: true });
  });

  test('out, into a folder that is chosen', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'drydock-'));
    const t = trial({ containers: [{ name: 'web', files: { '/tmp/a.txt': 'text' } }] }, [
      '/tmp/a.txt',
      folder,
    ]);
    await t.run(copyOut, 'web');
    expect(await readFile(join(folder, 'a.txt'), 'utf8')).toBe('text');
    expect(t.seen[0]).toBe('ask: Copy from web ‹›');
    expect(t.seen.at(-1)).toBe(`tell: Copied to ${folder} · 4 B`);
    await rm(folder, { recursive: true });
  });
});

describe('images', () => {
  test('pull says latest aloud', async () => {
    const t = trial({ registry: ['nginx:latest'] }, ['nginx']);
    await t.run(pull);
    expect(t.seen.slice(0, 2)).toEqual([
      'ask: Pull Image ‹› → Pulls nginx:latest',
      'during: Pulling nginx:latest',
    ]);
    expect((await t.world.engine.images()).flatMap(({ tags }) => tags)).toEqual(['nginx:latest']);
  });

  test('pull of what is not there says what did not happen', async () => {
    const t = trial({}, ['nope:1']);
    await expect(t.run(pull)).rejects.toThrow(/^nope:1 was not pulled: /);
  });

  const image = { id: `sha256:${'a'.repeat(64)}`, size: 128_000_000 };
  test('one tag of two is untagged', async () => {
    const t = trial({ images: [{ ...image, tags: ['py:3.8', 'py:3.9'] }] }, ['Untag']);
    await t.run(removeImage, 'py:3.8');
    expect(t.seen).toEqual([
      'confirm: Untag py:3.8? (py:3.8 is only untagged: the image stays as py:3.9.) [Untag]',
    ]);
    expect((await t.world.engine.images())[0]?.tags).toEqual(['py:3.9']);
  });

  test('the last tag deletes, and says who was made from it', async () => {
    const t = trial({
      images: [{ ...image, tags: ['py:3.8'] }],
      containers: [{ name: 'api', state: 'exited', imageId: image.id }],
    });
    await t.run(removeImage, 'py:3.8');
    expect(t.seen).toEqual([
      'confirm: Delete image py:3.8? (Up to 128 MB are freed; layers that other images share stay. The stopped container api was made from it.) [Delete Anyway]',
    ]);
  });

  test('what a running container needs is not offered', async () => {
    const t = trial({
      images: [{ ...image, tags: ['py:3.8'] }],
      containers: [{ name: 'api', state: 'running', imageId: image.id }],
    });
    await t.run(removeImage, 'py:3.8');
    expect(t.seen).toEqual([
      'warn: py:3.8 cannot be deleted while api runs from it. Remove the container first.',
    ]);
  });
});

describe('build', () => {
  test('asks for file, folder and name, and remembers them', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'drydock-'));
    const file = join(folder, 'Dockerfile');
    await writeFile(file, 'FROM scratch\n');
    const also = { dockerfiles: () => Promise.resolve([file, '/other/Dockerfile']) };
    const t = trial({}, ['Dockerfile', 'shop', 'Dockerfile', undefined], also);
    await t.run(build);
    await t.run(build);
    expect(t.seen.filter((line) => !line.startsWith(' ')).map(withoutTime)).toEqual([
      'pick: Build Image: which Dockerfile? [Dockerfile, Dockerfile]',
      expect.stringMatching(
        /^ask: Build Image: which name\? ‹drydock-.*:dev› → Builds shop:latest$/,
      ),
      'printout: Build shop:latest',
      'tell: Built shop:latest in …',
      'pick: Build Image: which Dockerfile? [Dockerfile, Dockerfile]',
      'ask: Build Image: which name? ‹shop:latest›',
    ]);
    await rm(folder, { recursive: true });
  });

  test('a workspace without a Dockerfile is told so', async () => {
    const t = trial({});
    await t.run(build);
    expect(t.seen).toEqual(['tell: There is no Dockerfile in this workspace.']);
  });
});

test('the command that starts the engine is typed, not run', async () => {
  const t = trial({}, ['Docker Engine, with systemd']);
  await t.run(startEngine);
  expect(t.seen.at(-1)).toBe('type: sudo systemctl start docker');
});

function withoutTime(line: string): string {
  return line.replace(/ in \d+ s$/, ' in …');
}
