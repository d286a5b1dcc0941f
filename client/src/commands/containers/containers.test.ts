import { describe, expect, test } from 'vitest';
import { trial } from '../../../../test/command-trial.ts';
import attach from './attach.ts';
import diff from './diff.ts';
import inspectJson from './inspect-json.ts';
import inspect from './inspect.ts';
import kill from './kill.ts';
import pause from './pause.ts';
import remove from './remove.ts';
import rename from './rename.ts';
import shell from './shell.ts';
import start from './start.ts';
import stop from './stop.ts';
import top from './top.ts';
import unpause from './unpause.ts';
import { EngineError } from '../../engine/errors.ts';

const volume = { Mounts: [{ Type: 'volume', Name: 'a'.repeat(64) }] };

describe('start and stop', () => {
  test('starts every selected container', async () => {
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

  test('starts the other containers when one fails, and reports the container that uses the port', async () => {
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
      'Could not start a: port 8080 is in use by api',
    );
    expect(t.world.container('b').state).toBe('running');
  });

  test('shows progress while a container stops', async () => {
    const t = trial({ containers: [{ name: 'web', state: 'running' }] });
    await t.run(stop, 'web');
    expect(t.world.container('web').state).toBe('exited');
    expect(t.seen).toEqual(['progress: Stopping web']);
  });
});

describe('remove', () => {
  test.each([
    [
      'exited',
      {},
      'confirm: Remove container web? (Files written inside the container will be deleted.) [Remove]',
    ],
    [
      'running',
      {},
      'confirm: Container web is running. Kill and remove it? (Files written inside the container will be deleted.) [Kill and Remove]',
    ],
    [
      'exited',
      volume,
      'choose: Remove container web? (Files written inside the container will be deleted. The container has an anonymous volume. If you keep it, you can find it only by its ID.) [Remove with Volumes] [Remove, Keep Volumes]',
    ],
  ] as const)('asks before it removes a container: %s %j', async (state, details, question) => {
    const t = trial({ containers: [{ name: 'web', state, inspect: details }] });
    await t.run(remove, 'web');
    expect(t.seen).toEqual([question]);
    expect(t.world.container('web').state).toBe(state);
  });

  test('removes a running container after confirmation', async () => {
    const t = trial({ containers: [{ name: 'web', state: 'running' }] }, ['Kill and Remove']);
    await t.run(remove, 'web');
    expect(await t.world.engine.containers()).toEqual([]);
  });

  test('names the running containers when several are removed', async () => {
    const t = trial({
      containers: ['a', 'b', 'c'].map((name) => ({
        name,
        state: name === 'b' ? 'running' : 'exited',
      })),
    });
    await t.run(remove, 'a', 'b', 'c');
    expect(t.seen).toEqual([
      'confirm: Remove 3 containers: a, b and c? Running containers will be killed: b. (Files written inside the containers will be deleted.) [Kill and Remove]',
    ]);
  });
});

describe('containers', () => {
  test('are paused, unpaused and renamed', async () => {
    const t = trial({ containers: [{ name: 'web' }] }, ['shop']);
    const web = t.world.container('web');
    await t.run(pause, web);
    expect(t.world.container('web').state).toBe('paused');
    await t.run(unpause, web);
    expect(t.world.container('web').state).toBe('running');
    await t.run(rename, web);
    expect(t.world.container('shop').id).toBe(web.id);
  });

  test('are killed after a question about unsaved data', async () => {
    const t = trial({ containers: [{ name: 'web' }] }, ['Kill']);
    await t.run(kill, t.world.container('web'));
    expect(t.seen[0]).toMatch(/^confirm: Kill container web\? \(Processes end immediately/);
    expect(t.world.container('web').exitCode).toBe(137);
  });

  test('are inspected as JSON', async () => {
    const t = trial({ containers: [{ name: 'web' }] });
    await t.run(inspectJson, t.world.container('web'));
    expect(t.seen).toEqual(['document: web.json (json, text)']);
  });
});

describe('inspect and attach', () => {
  test('shows a YAML document', async () => {
    const t = trial({ containers: [{ name: 'web' }] });
    await t.run(inspect, 'web');
    expect(t.seen).toEqual(['document: web.yaml (yaml, text)']);
  });

  test('opens a shell in a terminal, or suggests what to do when there is none', async () => {
    const t = trial({
      containers: [
        { name: 'web', state: 'running' },
        { name: 'bare', state: 'running', programs: [] },
      ],
    });
    await t.run(shell, 'web');
    expect(t.seen).toEqual(['terminal: web: ash']);
    await t.run(shell, 'bare');
    expect(t.seen.at(-1)).toMatch(/^pick: bare does not contain a shell \(distroless/);
  });
});

describe('inside a container', () => {
  test('says why processes cannot be listed', async () => {
    const t = trial({ containers: [{ name: 'web', state: 'exited' }] });
    await expect(t.run(top, t.world.container('web'))).rejects.toThrow(
      /^Could not list the processes in web: /,
    );
  });

  test('lists changed files in a document, with totals', async () => {
    const changes = [
      { kind: 'changed', path: '/etc' },
      { kind: 'added', path: '/etc/new\nline' },
      { kind: 'deleted', path: '/bin/old' },
    ] as const;
    const t = trial({ containers: [{ name: 'web', changes }, { name: 'db' }] });
    await t.run(diff, t.world.container('web'));
    expect(t.texts[0]).toMatch(/^# Compared with busybox:latest: 1 added, 1 changed, 1 deleted\./);
    expect(t.texts[0]?.split('\n').slice(1)).toEqual([
      '- /bin/old',
      '! /etc',
      String.raw`+ /etc/new\nline`,
      '',
    ]);
    await t.run(diff, t.world.container('db'));
    expect(t.texts[1]).toBe('# No changes compared with busybox:latest.\n');
  });

  test('attaches to the main process, unless it has ended', async () => {
    const inspect = { State: { Running: true } };
    const t = trial({
      containers: [
        { name: 'web', inspect },
        { name: 'old', state: 'exited' },
      ],
    });
    await t.run(attach, t.world.container('web'));
    expect(t.seen).toEqual(['terminal: web: main process']);
    await expect(t.run(attach, t.world.container('old'))).rejects.toThrow(
      'Could not attach to old: the container is not running',
    );
  });
});
