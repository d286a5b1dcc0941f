/** The engine stops and starts again while a window is open: the views show this without a reload. */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, test } from 'vitest';
import { startDaemon, type Daemon } from '../../scripts/setup/engine.mts';
import { whereIs } from '../../scripts/setup/run.mts';
import { EngineObjects } from './engine-objects.ts';
import { openWindow, type Window } from './window.ts';

// A separate engine, as the default one may be in use.
const possible = process.getuid?.() === 0 && whereIs('dockerd') !== undefined;

let folder: string;
let socket: string;
let daemon: Daemon | undefined;
let window: Window | undefined;

beforeAll(async () => {
  if (!possible) return;
  folder = await mkdtemp(path.join(tmpdir(), 'drydock-away-'));
  socket = path.join(folder, 'docker.sock');
  daemon = await startDaemon({ socket, secluded: true });
  window = await openWindow({ env: { DOCKER_HOST: `unix://${socket}` } });
});
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await window?.saveFailure(task.name);
});
afterAll(async () => {
  await window?.close();
  await daemon?.stop();
  if (possible) await rm(folder, { recursive: true, force: true });
});

test.runIf(possible)('shows the welcome view, and the trees after a restart', async () => {
  const open = window!;
  const before = await new EngineObjects(socket).image('before');
  await open.openSideBar();
  await open.row(before).waitFor();

  await daemon?.stop();
  daemon = undefined;
  const welcome = open.page.locator('.sidebar .welcome-view');
  await welcome.getByRole('button', { name: 'Start Docker…' }).waitFor();
  await open.row(before).waitFor({ state: 'detached' });
  await open.shot('30-engine-away');

  daemon = await startDaemon({ socket, secluded: true });
  const objects = new EngineObjects(socket);
  const after = await objects.container('web', await objects.image('after'));
  await open.row(`${after}, up`).waitFor();
  await welcome.getByRole('button', { name: 'Start Docker…' }).waitFor({ state: 'detached' });
  await open.shot('31-engine-back');
});
