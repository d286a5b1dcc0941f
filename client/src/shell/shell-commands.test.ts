/** Shells as another user, in another directory, in a copy, and from the terminal menu. */
import { describe, expect, test } from 'vitest';
import { readText } from '../../../test/engine/contract.ts';
import { recordingEditor, toolsFor } from '../../../test/recording-editor.ts';
import { EngineError } from '../engine/errors.ts';
import { fakeEngine } from '../../../test/fake-engine/fake-engine.ts';
import shellAs from '../commands/containers/shell-as.ts';
import shellInCopy from '../commands/containers/shell-in-copy.ts';
import type { Editor, Suggestion } from '../ui/editor.ts';
import { openProfileShell } from './terminal-profile.ts';

const passwd = 'root:x:0:0::/root:/bin/sh\nada:x:1000:1000::/home/ada:/bin/sh\n';
const web = {
  name: 'web',
  files: { '/etc/passwd': passwd },
  inspect: {
    Config: { User: 'ada', WorkingDir: '/app' },
    Mounts: [{ Destination: '/data' }, { Destination: '/app' }],
  },
};

test('asks for user and directory, with suggestions from the container', async () => {
  const world = fakeEngine({ containers: [web] });
  const offered: (readonly string[])[] = [];
  const answers = ['ada', '/home/ada'];
  const ask: Editor['ask'] = async (_, { suggestions } = {}) => {
    const known: readonly Suggestion[] = (await suggestions)?.('') ?? [];
    offered.push(known.map(({ text, description = '' }) => `${text} · ${description}`));
    return answers.shift();
  };
  const { editor, seen } = recordingEditor([], { ask });
  await shellAs.run([world.container('web')], toolsFor(world.engine, editor), { paths: [] });
  expect(offered).toEqual([
    ['ada · user of the container', 'root · superuser'],
    [
      '/app · working directory of the container',
      '/home/ada · home directory of the user',
      '/data · mount point',
      '/ · ',
    ],
  ]);
  expect(seen).toEqual(['terminal: ada@web: ash']);
});

test.each([
  [
    'a b',
    'ask: Attach Shell to web: User ‹› → Enter a user name or ID, such as root, 1000 or 1000:1000.',
  ],
  ['1000:1000', 'ask: Attach Shell to web: User ‹›'],
])('validates the user %j', async (typed, line) => {
  const world = fakeEngine({ containers: [web] });
  const { editor, seen } = recordingEditor([typed, undefined]);
  await shellAs.run([world.container('web')], toolsFor(world.engine, editor), { paths: [] });
  expect(seen[0]).toBe(line);
  expect(seen.at(-1)).toBe('ask: Attach Shell to web: Working Directory ‹›');
});

test('does not set the user when it is the default root user', async () => {
  const world = fakeEngine({ containers: [{ name: 'bare' }] });
  const { editor, seen } = recordingEditor(['root', '/tmp']);
  await shellAs.run([world.container('bare')], toolsFor(world.engine, editor), { paths: [] });
  expect(seen.at(-1)).toBe('terminal: bare: ash');
});

test('validates the directory', async () => {
  const world = fakeEngine({ containers: [web] });
  const { editor, seen } = recordingEditor(['root', 'app']);
  await shellAs.run([world.container('web')], toolsFor(world.engine, editor), { paths: [] });
  expect(seen[1]).toContain('→ Enter an absolute path');
});

test('opens a shell from the terminal menu, and asks for the container when several are running', async () => {
  const old = { name: 'old', state: 'exited' as const };
  const profile = async (containers: readonly { readonly name: string }[], answer?: string) => {
    const { editor, seen } = recordingEditor([answer]);
    const { engine } = fakeEngine({ containers });
    const shell = await openProfileShell(toolsFor(engine, editor));
    return { name: shell?.name, seen };
  };
  expect(await profile([web, old])).toEqual({ name: 'web: ash', seen: [] });
  const asked = 'pick: Attach Shell: Container [web, db]';
  expect(await profile([web, { name: 'db' }], 'db')).toEqual({ name: 'db: ash', seen: [asked] });
  expect(await profile([web, { name: 'db' }])).toEqual({ name: undefined, seen: [asked] });
  const none = 'info: No container is running.';
  expect(await profile([old])).toEqual({ name: undefined, seen: [none] });
});

describe('a shell in a copy of a stopped container', () => {
  const failed = { name: 'web', state: 'exited' as const, files: { '/bin/sh': '' } };

  test('runs instead of the command, and the copy is removed when it exits', async () => {
    const world = fakeEngine({ containers: [failed] });
    const terminal: Editor['openTerminal'] = (name, { output }) => {
      seen.push(`terminal: ${name}`);
      // A terminal reads the output to its end.
      void readText(output);
    };
    const { editor, seen } = recordingEditor(['Attach Shell'], { openTerminal: terminal });
    await shellInCopy.run([world.container('web')], toolsFor(world.engine, editor), { paths: [] });
    expect(seen[0]).toMatch(
      /^confirm: Attach a shell to a copy of web\? \(The container is committed/,
    );
    expect(seen.slice(1)).toEqual(['progress: Copying web', 'terminal: copy of web: sh']);
    const copy = (await world.engine.containers()).find(({ name }) => name !== 'web');
    expect(await world.engine.inspect('container', copy?.id ?? '')).toMatchObject({
      config: { Entrypoint: ['/bin/sh'], Cmd: [], Tty: true, Healthcheck: { Test: ['NONE'] } },
      host: { RestartPolicy: { Name: 'no' }, PortBindings: {} },
    });
    world.exit(copy?.id ?? '', 0);
    await expect.poll(async () => (await world.engine.containers()).length).toBe(1);
    await expect.poll(async () => await world.engine.images()).toEqual([]);
    expect(seen).toHaveLength(3);
  });

  test('changes nothing without confirmation or without a shell in the image', async () => {
    const world = fakeEngine({ containers: [failed, { ...failed, name: 'bare', files: {} }] });
    const { editor } = recordingEditor([undefined, 'Attach Shell']);
    const tools = toolsFor(world.engine, editor);
    await shellInCopy.run([world.container('web')], tools, { paths: [] });
    await expect(shellInCopy.run([world.container('bare')], tools, { paths: [] })).rejects.toThrow(
      'Could not attach a shell to a copy of bare: the image does not contain a shell',
    );
    expect(world.calls).toEqual([]);
  });

  test('removes the copy when it does not start', async () => {
    const world = fakeEngine({ containers: [failed] });
    const { editor } = recordingEditor(['Attach Shell']);
    world.engine.start = () => Promise.reject(new EngineError('failed', 'no'));
    const tools = toolsFor(world.engine, editor);
    await expect(shellInCopy.run([world.container('web')], tools, { paths: [] })).rejects.toThrow(
      'Could not attach a shell to a copy of web: no',
    );
    expect(await world.engine.containers()).toHaveLength(1);
    expect(await world.engine.images()).toEqual([]);
  });
});
