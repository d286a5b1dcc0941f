/** Compose from up to down, containers with a newer image, removed containers, and the history of a container. */

import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { startNewerEngine, type NewerEngine } from '../../scripts/setup/newer-engine.mts';
import { withNewerEngine } from '../engine/buildkit.ts';
import { findings } from './accessibility.ts';
import { EngineObjects } from './engine-objects.ts';
import { Keyboard } from './keyboard.ts';
import { retry, retryTimeout } from './retry.ts';
import { openWindow, type Window } from './window.ts';

const newer = await withNewerEngine<NewerEngine>(() => startNewerEngine());
afterAll(() => newer?.stop());

describe.skipIf(!newer)('Compose and containers over time', () => {
  let window: Window;
  let objects: EngineObjects;
  let image: string;

  const run = 'sh -c "trap \'exit 0\' TERM; echo $$HOSTNAME is up; sleep 1000 & wait"';
  const file = () =>
    `services:\n  web:\n    image: ${image}\n    command: ${run}\n  db:\n    image: ${image}\n    command: ${run}\n    volumes: [data:/data]\nvolumes:\n  data:\n`;

  async function startByKeyboard(): Promise<void> {
    const keys = new Keyboard(window);
    await keys.command('Drydock: Compose Up');
    await keys.answer('Compose Project', '', 'compose.yaml');
  }

  beforeAll(async () => {
    objects = new EngineObjects(newer!.socket);
    image = await objects.image('service');
    window = await openWindow({ env: newer!.env, files: { 'shop/compose.yaml': file() } });
    await window.openSideBar();
  });
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await window.saveFailure(task.name);
  });
  afterAll(async () => {
    await window.close();
    await objects.remove();
  });

  test('starts a project with the keyboard alone, and keeps the output', async () => {
    await window.openFile('shop/compose.yaml');
    await startByKeyboard();
    await window.row('shop, 2 of 2 running').waitFor();
    await window.seeInTerminal(/Container shop-web-1\s+Started/);
    await window.seeInTerminal('Press R to run it again');
    await window.shot('95-compose-up');
  });

  test('acts on a service and a project from their rows', async () => {
    const group = window.row('shop, 2 of 2 running');
    if ((await group.getAttribute('aria-expanded')) !== 'true') await group.click();
    await openCompose(window.row('web, up'));
    await window.shot('96-compose-menu');
    await choose('Scale…');
    await window.answer('Number of containers', '2');
    await window.row('shop, 3 of 3 running').waitFor();
    await openCompose(window.row('shop, 3 of 3 running'));
    await choose('Down…');
    await window.page.locator('.monaco-dialog-box', { hasText: 'Volumes are kept' }).waitFor();
    await window.shot('97-compose-down');
    const dialog = window.page.locator('.monaco-dialog-box');
    await dialog.getByRole('button', { name: 'Down', exact: true }).click();
    await window.row('shop,').waitFor({ state: 'detached' });
    const { Volumes } = await objects.docker.listVolumes();
    expect(Volumes.map(({ Name }) => Name)).toContain('shop_data');
  });

  test('takes a project down with the keyboard alone', async () => {
    await startByKeyboard();
    await window.row('shop, 2 of 2 running').waitFor();
    const keys = new Keyboard(window);
    await keys.command('Drydock: Compose Down…');
    await keys.answer('Compose Project', '');
    await window.page.locator('.monaco-dialog-box', { hasText: 'Volumes are kept' }).waitFor();
    await keys.press('Enter');
    await window.row('shop,').waitFor({ state: 'detached' });
    console.log(`takes a project down: ${keys.takeCount()} keys`);
  });

  test('recreates a container whose tag names a newer image', async () => {
    const name = await objects.container('outdated', image);
    const old = await objects.docker.getContainer(name).inspect();
    const { Id } = (await objects.docker
      .getContainer(name)
      .commit({ changes: 'ENV NEWER=1' })) as unknown as { readonly Id: string };
    const [repo = '', tag = ''] = image.split(':');
    await objects.docker.getImage(Id).tag({ repo, tag });
    const row = window.row(`${name}, up`);
    await row.filter({ hasText: 'newer image' }).waitFor();
    await window.shot('98-newer-image');
    await window.chooseOnRow(row, /^Recreate with Newer Image/);
    await window.confirm('Recreate');
    // The old container is removed once the new one has run for a while.
    const isThere = () =>
      objects.docker
        .getContainer(old.Id)
        .inspect()
        .then(
          () => true,
          () => false,
        );
    await expect.poll(isThere, { timeout: 30_000 }).toBe(false);
    await row.filter({ hasText: 'newer image' }).waitFor({ state: 'detached' });
    const now = await objects.docker.getContainer(name).inspect();
    expect([now.Id === old.Id, now.State.Running, now.Config.Env]).toEqual([
      false,
      true,
      expect.arrayContaining(['NEWER=1']),
    ]);
    await window.chooseOnRow(window.row(`${name}, up`), /^Remove/);
    await window.confirm('Kill and Remove');
    const removed = window.notification(`Removed ${name}.`);
    await removed.waitFor();
    await window.row(`${name},`).waitFor({ state: 'detached' });
    await window.shot('99-removed');
    await removed.getByRole('button', { name: 'Bring Back' }).click();
    await window.row(`${name}, up`).waitFor();
    await objects.docker.getContainer(name).remove({ force: true });
  });

  test('shows the history of a container that restarts again and again', async () => {
    const container = await objects.docker.createContainer({
      name: 'crashing',
      Image: image,
      Cmd: ['sh', '-c', 'exit 3'],
      Healthcheck: { Test: ['CMD', 'false'], Interval: 1_000_000_000 },
      HostConfig: { RestartPolicy: { Name: 'on-failure', MaximumRetryCount: 4 } },
    });
    await container.start();
    await expect
      .poll(async () => (await container.inspect()).State.Status, { timeout: 30_000 })
      .toBe('exited');
    const row = window.row('crashing, exited (3)');
    await row.waitFor();
    await window.chooseOnRow(row, /^History/);
    const page = window.webview();
    await page.getByText('4 restarts in the last hour, exit code 3').waitFor();
    await expect
      .poll(() => page.getByRole('row').filter({ hasText: 'exited (3)' }).count())
      .toBe(5);
    expect(await findings(window, '100-history')).toEqual([]);
    const tooltip = await window.tooltipOf(row, 'History');
    expect(tooltip).toContain('4 restarts in the last hour, exit code 3');
    // New events are shown as they happen.
    await container.start();
    await page.getByText(/[5-9] restarts in the last hour/).waitFor();
    await page.getByRole('button', { name: 'View Logs' }).click();
    await window.page.getByRole('tab', { name: 'crashing: logs' }).waitFor();
    await container.remove({ force: true });
  });

  /** Opens the submenu of a row. */
  async function openCompose(row: ReturnType<Window['row']>): Promise<void> {
    const item = await window.openMenu(row, /^Compose$/);
    await item.click();
    await window.page.getByRole('menuitem', { name: /^Up with Options/ }).waitFor();
  }

  /** A menu ignores clicks for 100 ms after it was opened. */
  async function choose(name: string): Promise<void> {
    const item = window.page.getByRole('menuitem', { name, exact: true }).last();
    await retry(async () => {
      if (await item.isVisible()) await item.click({ timeout: retryTimeout });
      await item.waitFor({ state: 'hidden', timeout: 1000 });
    });
  }
});

test.skipIf(!newer)('says what to install without the plugin', async () => {
  const folder = path.join(newer!.folder, 'without-plugins');
  await mkdir(folder, { recursive: true });
  const env = { DOCKER_HOST: `unix://${newer!.socket}`, DOCKER_CONFIG: folder };
  const window = await openWindow({ env, files: { 'compose.yaml': 'services: {}\n' } });
  try {
    await window.openSideBar();
    await window.command('Drydock: Compose Up');
    await window.pick('compose.yaml');
    const message = window.notification('Docker Compose is not installed');
    await message.getByRole('button', { name: 'Open Installation Guide' }).waitFor();
    await window.shot('101-without-compose');
  } finally {
    await window.close();
  }
});
