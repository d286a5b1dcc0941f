/** Runs, attached processes and tool shells on an engine, shown in a terminal as in the editor. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import type { ContainerConfig, HostConfig } from '../../client/src/engine/container-config.ts';
import type { Container } from '../../client/src/engine/engine.ts';
import { startContainer } from '../../client/src/run/start.ts';
import { specOf, type RunSpec } from '../../client/src/run/spec.ts';
import { attachToContainer } from '../../client/src/shell/attach.ts';
import { openSession, type Session } from '../../client/src/shell/terminal-session.ts';
import { openToolShell } from '../../client/src/shell/tool-shell.ts';
import type { Editor } from '../../client/src/ui/editor.ts';
import { recordingEditor } from '../recording-editor.ts';
import { waitUntil, type EngineFixture } from './contract.ts';
import { connectRealEngine, createFixture } from './real-engine.ts';

const real = await connectRealEngine();
let fixture: EngineFixture;
const created: string[] = [];
beforeAll(async () => {
  if (real) fixture = await createFixture(real);
});
afterEach(() => void vi.unstubAllEnvs());
afterAll(async () => {
  for (const id of created)
    await fixture.engine.remove(id, { force: true, volumes: true }).catch(() => undefined);
  if (real) await fixture.close();
});

/** An editor whose terminal can be read and typed into. */
function createTerminal(answers: readonly string[] = []) {
  let session: Session | undefined;
  let shown = '';
  const openTerminal: Editor['openTerminal'] = (terminal) => {
    session = openSession(terminal, {
      write: (text) => (shown += text),
      rename: () => undefined,
      close: () => undefined,
    });
    session.open({ columns: 100, rows: 30 });
    return session.started;
  };
  const { editor, seen } = recordingEditor(answers, { openTerminal });
  return {
    editor,
    seen,
    type: (text: string) => session?.input(text),
    close: () => session?.close(),
    shown: () => shown,
    see: (text: RegExp) => waitUntil(() => Promise.resolve(text.test(shown))),
  };
}

async function start(config: ContainerConfig, host: HostConfig = {}): Promise<Container> {
  const { engine, image } = fixture;
  const { id } = await engine.create({ body: { Image: image, ...config, HostConfig: host } });
  created.push(id);
  await engine.start(id);
  return containerOf(id);
}

async function containerOf(id: string): Promise<Container> {
  const found = (await fixture.engine.containers()).find((one) => one.id === id);
  if (found === undefined) throw new Error(`${id} does not exist`);
  return found;
}

async function isRunning({ id }: Container): Promise<boolean> {
  return (await fixture.engine.inspect('container', id)).running;
}

describe.skipIf(!real)('a container that ends at once', () => {
  const switches = [
    ['with a terminal', { tty: true }],
    ['without a terminal', {}],
    ['without --rm', { rm: false }],
  ] as const;

  test.each(switches)('shows its output and exit code %s', async (_, more) => {
    for (let count = 0; count < 5; count++) {
      const spec: RunSpec = specOf(fixture.image, {
        command: ['sh', '-c', 'echo hello; echo error >&2; exit 3'],
        switches: { rm: true, ...more },
      });
      const terminal = createTerminal();
      const context = { folder: undefined, variables: {} };
      const { engine } = fixture;
      const id = await startContainer(spec, { engine, editor: terminal.editor, context });
      created.push(id);
      await terminal.see(/ended with exit code 3\. Press R/);
      // Standard output and standard error have no common order.
      for (const line of ['hello\r\n', 'error\r\n']) expect(terminal.shown()).toContain(line);
      if (count > 0) continue;
      terminal.type('r');
      await terminal.see(/hello\r\n[^]*hello\r\n[^]*ended with exit code 3/);
    }
  });
});

describe.skipIf(!real)('attaching', () => {
  test('ends with the detach keys of the configuration, and the container continues', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'drydock-keys-'));
    await writeFile(path.join(folder, 'config.json'), '{"detachKeys":"ctrl-e,x"}');
    vi.stubEnv('DOCKER_CONFIG', folder);
    const container = await start({ Cmd: ['sh'], Tty: true, OpenStdin: true });
    const terminal = createTerminal();
    await attachToContainer(container, { engine: fixture.engine, editor: terminal.editor });
    expect(terminal.shown()).toContain('Press Ctrl+E, x to detach.');
    terminal.type('echo 4$((1+1))2\r');
    await terminal.see(/^422/m);
    await waitUntil(async () => {
      // The engine recognizes keys that arrive one by one, as a person types them.
      terminal.type('\x05');
      await isRunning(container);
      terminal.type('x');
      await isRunning(container);
      return /Detached from .*, which is still running\./.test(terminal.shown());
    });
    expect(await isRunning(container)).toBe(true);
    await rm(folder, { recursive: true });
  });

  test.each([
    ['with a terminal', { Cmd: ['sh'], Tty: true, OpenStdin: true, StdinOnce: true }],
    ['whose input ends with the connection', { Cmd: ['cat'], OpenStdin: true, StdinOnce: true }],
    ['without input', { Cmd: ['sh', '-c', 'while :; do echo tick; sleep 1; done'] }],
  ])('does not stop a container %s when the terminal is closed', async (_, config) => {
    const container = await start(config);
    const terminal = createTerminal();
    await attachToContainer(container, { engine: fixture.engine, editor: terminal.editor });
    const hasInput = 'OpenStdin' in config;
    if (hasInput) terminal.type('echo seen\r');
    await terminal.see(hasInput ? /seen[^]*seen/ : /tick/);
    terminal.close();
    // The engine handles requests in order, so this one is answered after the end of the connection was noticed.
    await fixture.engine.containers();
    expect(await isRunning(container)).toBe(true);
  });
});

describe.skipIf(!real)('a tool shell', () => {
  test.each([
    ['of another user', { User: '7:8' }, {}],
    ['with IPC that can be shared', {}, { IpcMode: 'shareable' }],
  ])('sees the files and processes of a container %s, and is removed', async (_, config, host) => {
    const command = ['sh', '-c', 'echo inside > /tmp/here; exec sleep 98765'];
    const container = await start({ ...config, Cmd: command }, host);
    const terminal = createTerminal([fixture.image]);
    const { engine } = fixture;
    await openToolShell(container, { engine, editor: terminal.editor });
    expect(terminal.shown()).toContain(`The files of ${container.name} are in /proc/1/root.`);
    terminal.type('pwd; cat tmp/here; cat /proc/1/cmdline; echo\r');
    await terminal.see(/^\/proc\/1\/root\r\ninside\r\nsleep.98765/m);
    const tools = async () =>
      (await engine.containers()).filter(({ name }) => name.startsWith(`${container.name}-tools`));
    expect(await tools()).toHaveLength(1);
    terminal.type('exit\r');
    await waitUntil(async () => (await tools()).length === 0);
    expect(await isRunning(container)).toBe(true);
  });

  test('is removed when its terminal is closed', async () => {
    const container = await start({ Cmd: ['sleep', '1000'] });
    const terminal = createTerminal([fixture.image]);
    const { engine } = fixture;
    await openToolShell(container, { engine, editor: terminal.editor });
    terminal.close();
    await waitUntil(async () =>
      (await engine.containers()).every(({ name }) => !name.startsWith(`${container.name}-tools`)),
    );
  });
});
