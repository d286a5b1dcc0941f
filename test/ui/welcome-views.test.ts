/** Screenshots of the welcome views and of Diagnose Connection, in light and dark themes. */

import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { startDaemon, type Daemon } from '../../scripts/setup/engine.mts';
import { whereIs } from '../../scripts/setup/run.mts';
import { retryTimeout, retry } from './retry.ts';
import { openWindow, type Window } from './window.ts';

const themes = { light: 'Default Light Modern', dark: 'Default Dark Modern' } as const;
type Shade = keyof typeof themes;
const shades = Object.keys(themes) as Shade[];

/** A window whose settings of the engine and the theme change while it is open. */
class TestWindow {
  readonly window: Window;

  constructor(window: Window) {
    this.window = window;
  }

  /** Sets the address and the theme; a workspace must not be able to set the address. */
  async settings(
    host: string,
    shade: Shade,
    place: 'machine' | 'workspace' = 'machine',
  ): Promise<void> {
    const folder = path.join(this.window.workspace, '.vscode');
    await mkdir(folder, { recursive: true });
    const address = { 'drydock.engine.host': host };
    const settings = {
      'workbench.colorTheme': themes[shade],
      ...(place === 'workspace' && address),
    };
    const base = shade === 'light' ? 'vs' : 'vs-dark';
    const painted = this.window.page.locator(`.monaco-workbench.${base}`);
    // VS Code may miss a change while it starts to watch the new folder.
    await retry(async () => {
      if (place === 'machine') await this.window.writeMachineSettings(address);
      await writeFile(path.join(folder, 'settings.json'), JSON.stringify(settings));
      await painted.waitFor({ timeout: retryTimeout });
    });
  }

  async sees(text: string, name: string): Promise<void> {
    const welcome = this.window.page.locator('.sidebar .welcome-view', { hasText: text });
    await welcome.first().waitFor();
    await this.window.shot(`70-${name}`);
  }
}

let current: TestWindow | undefined;
async function open(...given: Parameters<typeof openWindow>): Promise<TestWindow> {
  current = new TestWindow(await openWindow(...given));
  await current.window.openSideBar();
  return current;
}
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await current?.window.saveFailure(task.name);
});

describe('when the engine is unavailable', () => {
  let programs: string;
  beforeAll(async () => {
    // A fake ssh for a host that does not accept our key.
    programs = await mkdtemp(path.join(tmpdir(), 'drydock-ssh-'));
    const refusal = "#!/bin/sh\necho 'me@far: Permission denied (publickey).' >&2\nexit 255\n";
    await writeFile(path.join(programs, 'ssh'), refusal, { mode: 0o755 });
    const PATH = `${programs}${path.delimiter}${process.env.PATH ?? ''}`;
    // As if VS Code was started from a terminal; otherwise it reads PATH from a login shell.
    await open({ env: { DOCKER_HOST: 'unix:///nowhere/docker.sock', PATH, VSCODE_CLI: '1' } });
  });
  afterAll(async () => {
    await current?.window.close();
    await rm(programs, { recursive: true });
  });

  test.each([
    ['not-running', 'unix:///nowhere/docker.sock', 'but the engine is not running'],
    ['unreachable', 'tcp://127.0.0.1:1', 'does not respond at its address'],
    ['ssh', 'ssh://me@far', 'SSH connection failed.'],
    ['misconfigured', 'gopher://127.0.0.1', 'The engine address is invalid.'],
  ])('shows the welcome view for %s', async (name, host, text) => {
    for (const shade of shades) {
      await current?.settings(host, shade);
      await current?.sees(text, `${shade}-${name}`);
    }
  });

  test('Diagnose Connection reports the error and the source of the address', async () => {
    for (const shade of shades) {
      await current?.settings('tcp://127.0.0.1:1', shade);
      await current?.window.command('Drydock: Diagnose Connection');
      const said = current?.window.notification(/The setting drydock.engine.host is/).last();
      await said?.waitFor();
      await current?.window.shot(`70-${shade}-diagnose`);
      await current?.window.command('Notifications: Clear All Notifications');
    }
  });
});

describe('when the TLS certificates cannot be read', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'drydock-tls-'));
    const env = { DOCKER_HOST: 'tcp://127.0.0.1:1', DOCKER_TLS_VERIFY: '1' };
    await open({ env: { ...env, DOCKER_CERT_PATH: folder, VSCODE_CLI: '1' } });
  });
  afterAll(async () => {
    await current?.window.close();
    await rm(folder, { recursive: true });
  });

  test('the view shows where the certificates are', async () => {
    for (const shade of shades) {
      await current?.settings('tcp://127.0.0.1:1', shade);
      await current?.sees('the directory that DOCKER_CERT_PATH names', `${shade}-tls`);
    }
  });
});

// A separate engine without images or containers.
const possible = process.getuid?.() === 0 && whereIs('dockerd') !== undefined;

describe.runIf(possible)('when the engine is empty', () => {
  let folder: string;
  let daemon: Daemon;
  let host: string;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'drydock-empty-'));
    const socket = path.join(folder, 'docker.sock');
    daemon = await startDaemon({ socket, secluded: true });
    host = `unix://${socket}`;
    await open({ env: { DOCKER_HOST: host } });
  });
  afterAll(async () => {
    await current?.window.close();
    await daemon.stop();
    await rm(folder, { recursive: true, force: true });
  });

  test('each view shows how to add the first item', async () => {
    const header = current?.window.page.locator('.sidebar .pane-header', { hasText: 'Volumes' });
    await header?.click();
    for (const shade of shades) {
      await current?.settings(host, shade);
      for (const text of ['no containers yet', 'no images yet', 'no volumes yet'])
        await current?.sees(`There are ${text}`, `${shade}-empty`);
    }
  });
});

describe.runIf(process.getuid?.() === 0)('when this user has no access to the socket', () => {
  let folder: string;
  let closed: Server;
  let host: string;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'drydock-closed-'));
    const socket = path.join(folder, 'docker.sock');
    closed = createServer();
    await new Promise<void>((resolve) => closed.listen(socket, resolve));
    await chmod(socket, 0);
    host = `unix://${socket}`;
    await open({ env: { DOCKER_HOST: host }, withoutFileCapabilities: true });
  });
  afterAll(async () => {
    await current?.window.close();
    await new Promise((resolve) => closed.close(resolve));
    await rm(folder, { recursive: true, force: true });
  });

  test('the view shows how to get access', async () => {
    for (const shade of shades) {
      await current?.settings(host, shade);
      await current?.sees('does not have permission to use its socket', `${shade}-denied`);
    }
  });
});

describe('when the folder is trusted', () => {
  beforeAll(() => open({ env: { DOCKER_HOST: 'unix:///nowhere/docker.sock' } }));
  afterAll(() => current?.window.close());

  test('its settings do not set the engine address', async () => {
    for (const shade of shades) {
      await current?.settings('tcp://127.0.0.1:1', shade, 'workspace');
      await current?.sees('but the engine is not running', `${shade}-trusted`);
    }
  });
});

describe('when the folder is not trusted', () => {
  const address = 'unix:///nowhere/docker.sock';
  beforeAll(() =>
    open({
      env: { DOCKER_HOST: address },
      workspaceTrust: true,
      settings: { 'security.workspace.trust.startupPrompt': 'never' },
    }),
  );
  afterAll(() => current?.window.close());

  test('its settings do not set the engine address, and images cannot be built', async () => {
    for (const shade of shades) {
      await current?.settings('tcp://127.0.0.1:1', shade, 'workspace');
      await current?.sees('but the engine is not running', `${shade}-untrusted`);
    }
    // Commands that build or run something are not listed; read-only commands are.
    const offered = current?.window.page.locator('.quick-input-list [role=option]');
    await current?.window.page.keyboard.press('F1');
    await current?.window.quickInput().fill('>Drydock: Build');
    await offered?.filter({ hasText: 'Prune Build Cache…' }).first().waitFor();
    expect(await offered?.filter({ hasText: 'Build Image…' }).count()).toBe(0);
    await current?.window.shot('70-untrusted-build');
  });
});
