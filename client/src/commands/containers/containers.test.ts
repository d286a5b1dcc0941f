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

describe('looking into a container', () => {
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

describe('inside a container', () => {
  test('its processes are a document', async () => {
    const t = trial({ containers: [{ name: 'web', command: 'nginx' }] });
    await t.run(top, t.world.container('web'));
    expect(t.texts).toEqual(['UID   PID   CMD\nroot  4242  nginx\n']);
  });

  test('what differs from its image is a document, and its sum is told', async () => {
    const changes = [
      { kind: 'changed', path: '/etc' },
      { kind: 'added', path: '/etc/new\nline' },
      { kind: 'deleted', path: '/bin/old' },
    ] as const;
    const t = trial({ containers: [{ name: 'web', changes }, { name: 'db' }] });
    await t.run(diff, t.world.container('web'));
    expect(t.texts[0]).toMatch(/^# 1 added, 1 changed, 1 deleted since it was made of busybox/);
    expect(t.texts[0]?.split('\n').slice(1)).toEqual([
      '- /bin/old',
      '! /etc',
      String.raw`+ /etc/new\nline`,
      '',
    ]);
    await t.run(diff, t.world.container('db'));
    expect(t.texts[1]).toBe('# Nothing differs from busybox:latest.\n');
  });

  test('its main process is attached to, but not where it has ended', async () => {
    const inspect = { State: { Running: true } };
    const t = trial({ containers: [{ name: 'web', inspect }, { name: 'old' }] });
    await t.run(attach, t.world.container('web'));
    expect(t.seen).toEqual(['terminal: web: main process']);
    await expect(t.run(attach, t.world.container('old'))).rejects.toThrow(
      'old was not attached to: it does not run any more',
    );
  });
});
