/** The engine stops and starts again while a window is open: the views show this without a reload. */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
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

  // The engine waits ten seconds for this container.
  const objects = new EngineObjects(socket);
  const slow = await objects.docker.createContainer({
    Image: before,
    name: 'slow',
    Cmd: ['sh', '-c', 'trap "" TERM; while :; do sleep 1; done'],
  });
  await slow.start();
  await open.row('slow, up').waitFor();
  const welcome = open.page.locator('.sidebar .welcome-view');
  let saysEmpty = false;
  const empty = welcome.getByText('There are no containers yet.');
  void empty.waitFor({ timeout: 60_000 }).then(
    () => (saysEmpty = true),
    () => undefined,
  );
  await daemon?.stop();
  daemon = undefined;
  await welcome.getByRole('button', { name: 'Start Docker…' }).waitFor();
  await open.row(before).waitFor({ state: 'detached' });
  expect(saysEmpty).toBe(false);
  await open.shot('30-engine-away');

  daemon = await startDaemon({ socket, secluded: true });
  const again = new EngineObjects(socket);
  const after = await again.container('web', await again.image('after'));
  await open.row(`${after}, up`).waitFor();
  await welcome.getByRole('button', { name: 'Start Docker…' }).waitFor({ state: 'detached' });
  await open.shot('31-engine-back');
});
