/** Screenshots of every view and page with content, in light and dark themes. */

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { contextStore } from '../../client/src/engine/docker-cli/context-store.ts';
import { EngineObjects } from './engine-objects.ts';
import { openWindow, type Window } from './window.ts';

const objects = new EngineObjects();
const mark = process.pid.toString(36);
const volume = `looks-data-${mark}`;
const network = `looks-net-${mark}`;
let image: string;
let web: string;
let ended: string;
let config: string;

beforeAll(async () => {
  config = await mkdtemp(path.join(tmpdir(), 'drydock-config-'));
  await writeFile(path.join(config, 'config.json'), '{}');
  const around = { env: { DOCKER_CONFIG: config }, home: config, platform: process.platform };
  await contextStore(around).create({ name: 'far', host: 'tcp://127.0.0.1:1' });
  image = await objects.image('looks');
  web = await objects.container('api', image);
  ended = await objects.container('migrate', image);
  await objects.docker.getContainer(ended).kill();
  await objects.docker.createVolume({ Name: volume });
  await objects.docker.createNetwork({ Name: network });
});
afterAll(async () => {
  await objects.remove();
  await objects.docker.getVolume(volume).remove();
  await objects.docker.getNetwork(network).remove();
  await rm(config, { recursive: true });
});

describe.each([
  ['light', 'Default Light Modern'],
  ['dark', 'Default Dark Modern'],
])('in %s', (shade, theme) => {
  let window: Window;
  const shot = (name: string) => window.shot(`50-${shade}-${name}`);

  beforeAll(async () => {
    const settings = { 'workbench.colorTheme': theme };
    window = await openWindow({ env: { DOCKER_CONFIG: config }, settings });
    // High enough for all views.
    await window.page.setViewportSize({ width: 1200, height: 1100 });
  });
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await window.saveFailure(task.name);
  });
  afterAll(() => window.close());

  test('all views show rows', async () => {
    await window.openSideBar();
    await window.row(`${web}, up`).waitFor();
    for (const view of ['Volumes', 'Networks', 'Contexts']) {
      const header = window.page.locator('.sidebar .pane-header', { hasText: view });
      if ((await header.getAttribute('aria-expanded')) !== 'true') await header.click();
    }
    await window.row(image).waitFor();
    await window.row(volume).waitFor();
    await window.row(network).waitFor();
    await window.row('far, tcp://127.0.0.1:1').waitFor();
    await shot('views');
  });

  test('a row shows a tooltip', async () => {
    const said = await window.tooltipOf(window.row(`${web}, up`), 'Restart policy');
    expect(said).toContain('never');
    await shot('tooltip');
  });

  test('a container shows its menu', async () => {
    await window.openMenu(window.row(`${web}, up`), /^Restart/);
    await shot('menu');
    await window.page.keyboard.press('Escape');
  });

  test('prune shows a preview', async () => {
    await window.command('Drydock: System Prune…');
    await window
      .webview()
      .getByRole('checkbox', { name: `Select ${volume}` })
      .waitFor();
    await shot('prune');
    await window.command('View: Close All Editors');
  });

  test('Diagnose Connection shows the result', async () => {
    await window.command('Drydock: Diagnose Connection');
    await window.seeNotification(/Connected to the engine at /);
    await shot('doctor');
  });

  test('changed files open as a document', async () => {
    await window.chooseOnRow(window.row(`${web}, up`), /^Show Changed Files/);
    await window.editorLine(/^# (No changes compared|Compared) with /).waitFor();
    await shot('changes');
  });
});
