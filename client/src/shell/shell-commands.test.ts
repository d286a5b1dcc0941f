/** Shells as another user, elsewhere, and from the terminal's own menu. */
import { describe, expect, test } from 'vitest';
import { textOf } from '../../../test/engine/contract.ts';
import { recordingEditor, toolsFor } from '../../../test/recording-editor.ts';
import { EngineError } from '../engine/errors.ts';
import { fakeEngine } from '../../../test/fake-engine/fake-engine.ts';
import shellAs from '../commands/containers/shell-as.ts';
import shellInCopy from '../commands/containers/shell-in-copy.ts';
import type { Editor, Suggestion } from '../ui/editor.ts';
import { shellOfProfile } from './terminal-profile.ts';

const passwd = 'root:x:0:0::/root:/bin/sh\nada:x:1000:1000::/home/ada:/bin/sh\n';
const web = {
  name: 'web',
  files: { '/etc/passwd': passwd },
  inspect: {
    Config: { User: 'ada', WorkingDir: '/app' },
    Mounts: [{ Destination: '/data' }, { Destination: '/app' }],
  },
};

test('who and where are asked, with what the container has on offer', async () => {
  const world = fakeEngine({ containers: [web] });
  const offered: (readonly string[])[] = [];
  const answers = ['ada', '/home/ada'];
  const ask: Editor['ask'] = async (_, { suggestions } = {}) => {
    const known: readonly Suggestion[] = (await suggestions)?.('') ?? [];
    offered.push(known.map(({ text, about = '' }) => `${text} · ${about}`));
    return answers.shift();
  };
  const { editor, seen } = recordingEditor([], { ask });
  await shellAs.run([world.container('web')], toolsFor(world.engine, editor), { paths: [] });
  expect(offered).toEqual([
    ['ada · as the container itself', 'root · may do everything'],
    [
      '/app · where the container itself begins',
      '/home/ada · the home of this user',
      '/data · mounted',
      '/ · ',
    ],
  ]);
  expect(seen).toEqual(['terminal: ada@web: ash']);
});

test.each([
  [
    'a b',
    'ask: Shell in web: as which user? ‹› → A user is a name or a number, such as root, 1000 or 1000:1000.',
  ],
  ['1000:1000', 'ask: Shell in web: as which user? ‹›'],
])('of the user %j it is said what is wrong', async (typed, line) => {
  const world = fakeEngine({ containers: [web] });
  const { editor, seen } = recordingEditor([typed, undefined]);
  await shellAs.run([world.container('web')], toolsFor(world.engine, editor), { paths: [] });
  expect(seen[0]).toBe(line);
  expect(seen.at(-1)).toBe('ask: Shell in web: in which folder? ‹›');
});

test('root of a container that names no users is not looked for among them', async () => {
  const world = fakeEngine({ containers: [{ name: 'bare' }] });
  const { editor, seen } = recordingEditor(['root', '/tmp']);
  await shellAs.run([world.container('bare')], toolsFor(world.engine, editor), { paths: [] });
  expect(seen.at(-1)).toBe('terminal: bare: ash');
});

test('a folder is a path in the container', async () => {
  const world = fakeEngine({ containers: [web] });
  const { editor, seen } = recordingEditor(['root', 'app']);
  await shellAs.run([world.container('web')], toolsFor(world.engine, editor), { paths: [] });
  expect(seen[1]).toContain('→ A folder in a container begins with a slash');
});

test('the terminal’s menu opens one in the only container that runs, asks where there are several', async () => {
  const old = { name: 'old', state: 'exited' as const };
  const profile = async (containers: readonly { readonly name: string }[], answer?: string) => {
    const { editor, seen } = recordingEditor([answer]);
    const { engine } = fakeEngine({ containers });
    const shell = await shellOfProfile(toolsFor(engine, editor));
    return { name: shell?.name, seen };
  };
  expect(await profile([web, old])).toEqual({ name: 'web: ash', seen: [] });
  const asked = 'pick: A shell in which container? [web, db]';
  expect(await profile([web, { name: 'db' }], 'db')).toEqual({ name: 'db: ash', seen: [asked] });
  expect(await profile([web, { name: 'db' }])).toEqual({ name: undefined, seen: [asked] });
  const none = 'tell: No container is running.';
  expect(await profile([old])).toEqual({ name: undefined, seen: [none] });
});

describe('beside a container that does not run', () => {
  const failed = { name: 'web', state: 'exited' as const, files: { '/bin/sh': '' } };

  test('a copy has a shell in place of its command, and goes with it', async () => {
    const world = fakeEngine({ containers: [failed] });
    const terminal: Editor['terminal'] = (name, { output }) => {
      seen.push(`terminal: ${name}`);
      // A terminal reads to the end.
      void textOf(output);
    };
    const { editor, seen } = recordingEditor(['Open Shell'], { terminal });
    await shellInCopy.run([world.container('web')], toolsFor(world.engine, editor), { paths: [] });
    expect(seen[0]).toMatch(
      /^confirm: Open a shell in a copy of web\? \(An image is made of its files,/,
    );
    expect(seen.slice(1)).toEqual(['meanwhile: Copying web', 'terminal: copy of web: sh']);
    const copy = (await world.engine.containers()).find(({ name }) => name !== 'web');
    expect(await world.engine.inspect('container', copy?.id ?? '')).toMatchObject({
      Config: { Entrypoint: ['/bin/sh'], Cmd: [], Tty: true, Healthcheck: { Test: ['NONE'] } },
      HostConfig: { RestartPolicy: { Name: 'no' }, PortBindings: {} },
    });
    world.exit(copy?.id ?? '', 0);
    await expect.poll(async () => (await world.engine.containers()).length).toBe(1);
    await expect.poll(async () => await world.engine.images()).toEqual([]);
    expect(seen).toHaveLength(3);
  });

  test('nothing is made where nobody agrees, and where it has no shell', async () => {
    const world = fakeEngine({ containers: [failed, { ...failed, name: 'bare', files: {} }] });
    const { editor } = recordingEditor([undefined, 'Open Shell']);
    const tools = toolsFor(world.engine, editor);
    await shellInCopy.run([world.container('web')], tools, { paths: [] });
    await expect(shellInCopy.run([world.container('bare')], tools, { paths: [] })).rejects.toThrow(
      'No shell in a copy of bare: its image has no shell',
    );
    expect(world.calls).toEqual([]);
  });

  test('nothing is left where it does not start either', async () => {
    const world = fakeEngine({ containers: [failed] });
    const { editor } = recordingEditor(['Open Shell']);
    world.engine.start = () => Promise.reject(new EngineError('failed', 'no'));
    const tools = toolsFor(world.engine, editor);
    await expect(shellInCopy.run([world.container('web')], tools, { paths: [] })).rejects.toThrow(
      'No shell in a copy of web: no',
    );
    expect(await world.engine.containers()).toHaveLength(1);
    expect(await world.engine.images()).toEqual([]);
  });
});
