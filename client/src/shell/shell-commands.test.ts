/** Shells with options, in a copy and beside a container; single commands. */
import { describe, expect, test } from 'vitest';
import { readText } from '../../../test/engine/contract.ts';
import { recordingEditor, toolsFor } from '../../../test/recording-editor.ts';
import type { Engine, ExecOptions, Image } from '../engine/engine.ts';
import { EngineError } from '../engine/errors.ts';
import { fakeEngine } from '../../../test/fake-engine/fake-engine.ts';
import runCommand from '../commands/containers/run-command.ts';
import shell from '../commands/containers/shell.ts';
import shellAs from '../commands/containers/shell-as.ts';
import shellInCopy from '../commands/containers/shell-in-copy.ts';
import toolShell from '../commands/containers/tool-shell.ts';
import type { Editor, Suggestion } from '../ui/editor.ts';

const passwd = 'root:x:0:0::/root:/bin/sh\nada:x:1000:1000::/home/ada:/bin/sh\n';
const web = {
  name: 'web',
  id: 'web-id',
  files: { '/etc/passwd': passwd, '/data/': '' },
  inspect: {
    Config: { User: 'ada', WorkingDir: '/app' },
    Mounts: [{ Destination: '/data' }, { Destination: '/app' }],
  },
};

const noPaths = { paths: [] };

test('opens a shell with one Enter, with the user and directory of the container', async () => {
  const world = fakeEngine({ containers: [web] });
  const { editor, seen } = recordingEditor(['Attach ash as ada']);
  await shellAs.run([world.container('web')], toolsFor(world.engine, editor), noPaths);
  expect(seen).toEqual([
    'pick: Attach Shell to web [Attach ash as ada, Shell, User, Working Directory, Environment Variables, Privileged]',
    'terminal: web: ash',
  ]);
  expect(world.calls).toEqual(['exec web-id /bin/ash']);
});

test('changes options in the same picker, and remembers them for the image', async () => {
  const world = fakeEngine({ containers: [web, { ...web, name: 'other', id: 'other-id' }] });
  const executed = recordExec(world.engine);
  const answers = [
    ...['Shell', 'sh', 'User', '1000:1000', 'Working Directory', '/data'],
    ...[
      'Environment Variables',
      "GREETING='a b' API_TOKEN=x",
      'Privileged',
      'Attach sh as 1000:1000',
    ],
  ];
  const { editor, seen } = recordingEditor(answers);
  const tools = toolsFor(world.engine, editor);
  await shellAs.run([world.container('web')], tools, noPaths);
  expect(seen.at(-1)).toBe('terminal: 1000:1000@web: sh (privileged)');
  await shell.run([world.container('other')], tools, noPaths);
  expect(seen.at(-1)).toBe('terminal: 1000:1000@other: sh (privileged)');
  const options = { tty: true, user: '1000:1000', workdir: '/data', privileged: true };
  expect(executed).toEqual([
    { ...options, env: ['TERM=xterm-256color', 'GREETING=a b', 'API_TOKEN=x'] },
    // Secrets are not stored.
    { ...options, env: ['TERM=xterm-256color', 'GREETING=a b'] },
  ]);
});

test('returns to the defaults of the container', async () => {
  const world = fakeEngine({ containers: [web] });
  const { editor, seen } = recordingEditor(['Privileged', 'Reset Options', 'Attach ash as ada']);
  await shellAs.run([world.container('web')], toolsFor(world.engine, editor), noPaths);
  expect(seen.at(-1)).toBe('terminal: web: ash');
});

test('suggests users and directories from the files of the container', async () => {
  const world = fakeEngine({ containers: [web] });
  const offered: (readonly string[])[] = [];
  const ask: Editor['ask'] = async (_, { suggestions } = {}) => {
    const known: readonly Suggestion[] = (await suggestions)?.('') ?? [];
    offered.push(known.map(({ text, description = '' }) => `${text} · ${description}`));
    return undefined;
  };
  const { editor } = recordingEditor(['User', 'Working Directory'], { ask });
  await shellAs.run([world.container('web')], toolsFor(world.engine, editor), noPaths);
  expect(offered).toEqual([
    ['ada · user of the container', 'root · superuser'],
    [
      '/app · working directory of the container',
      '/home/ada · home directory of the user',
      '/data · mount point',
      '/ · ',
    ],
  ]);
});

test.each([
  ['User', 'a b', '→ Enter a user name or ID, such as root, 1000 or 1000:1000.'],
  ['Working Directory', 'app', '→ Enter an absolute path, such as /app.'],
  ['Environment Variables', 'A=1 B', '→ B is not a variable; use NAME=value.'],
])('validates %s: %j', async (option, typed, message) => {
  const world = fakeEngine({ containers: [web] });
  const { editor, seen } = recordingEditor([option, typed]);
  await shellAs.run([world.container('web')], toolsFor(world.engine, editor), noPaths);
  expect(seen[1]).toContain(message);
});

test('ignores a remembered directory and user that another container of the image does not have', async () => {
  const world = fakeEngine({ containers: [web, { name: 'old', id: 'old-id' }] });
  const executed = recordExec(world.engine);
  const answers = ['User', 'root', 'Working Directory', '/data', 'Attach ash as root'];
  const { editor, seen } = recordingEditor(answers);
  const tools = toolsFor(world.engine, editor);
  await shellAs.run([world.container('web')], tools, noPaths);
  await shell.run([world.container('old')], tools, noPaths);
  expect(seen.at(-1)).toBe('terminal: old: ash');
  const env = ['TERM=xterm-256color'];
  expect(executed).toEqual([
    { tty: true, env, user: 'root', workdir: '/data' },
    { tty: true, env },
  ]);
});

test('uses the best shell when a remembered one is not in this container', async () => {
  const world = fakeEngine({
    containers: [web, { ...web, name: 'old', id: 'old-id', programs: ['sh'] }],
  });
  const { editor, seen } = recordingEditor(['Shell', 'ash', 'Attach ash as ada']);
  const tools = toolsFor(world.engine, editor);
  await shellAs.run([world.container('web')], tools, noPaths);
  await shell.run([world.container('old')], tools, noPaths);
  expect(seen.at(-1)).toBe('terminal: old: sh');
});

const hasAll: Partial<Editor> = { hasCommand: () => Promise.resolve(true) };

test('offers what is possible in a container without a shell', async () => {
  const world = fakeEngine({ containers: [{ name: 'bare', id: 'bare-id', programs: ['app'] }] });
  for (const command of [shell, shellAs]) {
    const { editor, seen } = recordingEditor(['Open Tool Shell…'], hasAll);
    await command.run([world.container('bare')], toolsFor(world.engine, editor), noPaths);
    expect(seen).toEqual([
      'pick: bare does not contain a shell (distroless or FROM scratch) [Browse Files, Run Command…, Open Tool Shell…, Copy Files from Container…, View Logs]',
      'command: containers.tool-shell',
    ]);
  }
  expect(world.calls).toEqual([]);
});

test('offers what is possible in a container that does not run', async () => {
  const world = fakeEngine({ containers: [{ ...web, state: 'exited' }] });
  const { editor, seen } = recordingEditor(['Start'], hasAll);
  await shell.run([world.container('web')], toolsFor(world.engine, editor), noPaths);
  expect(seen).toEqual([
    'pick: web is not running [Start, Attach Shell to Copy…, Browse Files, Copy Files from Container…, View Logs]',
    'command: containers.start',
  ]);
});

describe('one command', () => {
  test('runs with its arguments in a terminal, and is suggested the next time', async () => {
    const world = fakeEngine({ containers: [{ name: 'bare', id: 'bare-id', programs: ['app'] }] });
    const { editor, seen } = recordingEditor([`/bin/app --name 'a b'`, undefined]);
    const tools = toolsFor(world.engine, editor);
    await runCommand.run([world.container('bare')], tools, noPaths);
    await runCommand.run([world.container('bare')], tools, noPaths);
    expect(seen).toEqual([
      'ask: Run Command in bare ‹›',
      'terminal: bare: app',
      `ask: Run Command in bare ‹/bin/app --name 'a b'›`,
    ]);
    expect(world.calls).toEqual(['exec bare-id /bin/app --name a b']);
  });

  test.each([
    [' ', 'Enter a program'],
    ['cat /etc/hosts | wc', 'require a shell'],
    ['echo $HOME', '$HOME is not replaced without a shell'],
  ])('is not accepted: %j', async (line, message) => {
    const world = fakeEngine({ containers: [web] });
    const { editor, seen } = recordingEditor([line]);
    await runCommand.run([world.container('web')], toolsFor(world.engine, editor), noPaths);
    expect(seen[0]).toContain(message);
  });
});

describe('a tool shell', () => {
  const bare = { name: 'bare', id: 'bare-id', programs: ['app'] };
  const busybox: Image = {
    id: `sha256:${'b'.repeat(64)}`,
    tags: ['busybox:latest'],
    digests: [],
    size: 1,
    createdAt: new Date(0),
    labels: {},
  };

  test('shares the namespaces of the container, and is removed when it ends', async () => {
    const world = fakeEngine({ containers: [bare], images: [busybox] });
    const { editor, seen } = recordingEditor(['busybox'], {
      openTerminal: async ({ name, note, start }) => {
        seen.push(`terminal: ${name} (${note ?? ''})`);
        // A terminal reads the output to its end.
        void readText((await start(undefined)).output);
      },
    });
    await toolShell.run([world.container('bare')], toolsFor(world.engine, editor), noPaths);
    expect(seen.at(-1)).toBe(
      'terminal: bare: tool shell (busybox) (The files of bare are in /proc/1/root. The tool shell is removed when it ends.)',
    );
    const tools = (await world.engine.containers()).find(({ name }) => name !== 'bare');
    const { config, host } = await world.engine.inspect('container', tools?.id ?? '');
    expect(host).toMatchObject({ PidMode: 'container:bare-id', NetworkMode: 'container:bare-id' });
    expect(config.Entrypoint).toContain('/proc/1/root');
    world.exit(tools?.id ?? '', 0);
    await expect.poll(async () => (await world.engine.containers()).length).toBe(1);
  });

  test('pulls an image only after confirmation', async () => {
    const world = fakeEngine({ containers: [bare], images: [busybox] });
    const { editor, seen } = recordingEditor(['alpine', undefined]);
    await toolShell.run([world.container('bare')], toolsFor(world.engine, editor), noPaths);
    expect(seen).toEqual([
      'ask: Open Tool Shell for bare: Image ‹›',
      'confirm: Pull alpine? (The engine does not have this image.) [Pull]',
    ]);
    expect(world.calls).toEqual([]);
  });
});

/** The options of each process that is started from now on. */
function recordExec(engine: Engine): ExecOptions[] {
  const executed: ExecOptions[] = [];
  const exec = engine.exec.bind(engine);
  engine.exec = (id, argv, options) => {
    executed.push(options);
    return exec(id, argv, options);
  };
  return executed;
}

describe('a shell in a copy of a stopped container', () => {
  const failed = { name: 'web', state: 'exited' as const, programs: ['sh'] };

  test('runs instead of the command, and the copy is removed when it exits', async () => {
    const world = fakeEngine({ containers: [failed] });
    const terminal: Editor['openTerminal'] = async ({ name, start }) => {
      seen.push(`terminal: ${name}`);
      // A terminal reads the output to its end.
      void readText((await start(undefined)).output);
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
    const world = fakeEngine({ containers: [failed, { ...failed, name: 'bare', programs: [] }] });
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
