/** Volumes, networks, contexts, grouping, filters, prune, and the pages about the engine and an image. */

import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { contextStore } from '../../client/src/engine/docker-cli/context-store.ts';
import { EngineObjects } from './engine-objects.ts';
import { openWindow, type Window } from './window.ts';

const objects = new EngineObjects();
const mark = process.pid.toString(36);
const volume = `shop-data-${mark}`;
const network = `shop-net-${mark}`;
let window: Window;
let image: string;
let web: string;
let config: string;

beforeAll(async () => {
  config = await mkdtemp(path.join(tmpdir(), 'drydock-config-'));
  await writeFile(path.join(config, 'config.json'), '{}');
  const around = { env: { DOCKER_CONFIG: config }, home: config, platform: process.platform };
  await contextStore(around).create({ name: 'far', host: 'tcp://127.0.0.1:1' });
  image = await objects.image('sidebar');
  web = await objects.container('side', image);
  await objects.docker.createVolume({ Name: volume });
  await objects.docker.createNetwork({ Name: network });
  window = await openWindow({ env: { DOCKER_CONFIG: config } });
});
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await window.saveFailure(task.name);
});
afterAll(async () => {
  await window.close();
  await objects.remove();
  await objects.docker.getVolume(volume).remove();
  await objects.docker.getNetwork(network).remove();
  await rm(config, { recursive: true });
});

async function expandView(view: string): Promise<void> {
  const header = window.page.locator('.sidebar .pane-header', { hasText: view });
  if ((await header.getAttribute('aria-expanded')) !== 'true') await header.click();
}

test('lists volumes and networks, and marks an unused volume', async () => {
  await window.openSideBar();
  await window.row(`${web}, up`).waitFor();
  await expandView('Volumes');
  await window.row(`${volume}, unused`).waitFor();
  await expandView('Networks');
  await window.row(network).waitFor();
  await window.shot('40-volumes-networks');
});

test('shows a volume that was created elsewhere until it is removed', async () => {
  const other = `${volume}-other`;
  await objects.docker.createVolume({ Name: other });
  await window.row(other).waitFor();
  await objects.docker.getVolume(other).remove();
  await window.row(other).waitFor({ state: 'detached' });
});

test('groups containers by the chosen property', async () => {
  await window.command('Drydock: Group Containers By…');
  await window.pick('State');
  await window.row('running, ').waitFor();
  await window.command('Drydock: Group Containers By…');
  await window.pick('Compose project');
  await window.row('running, ').waitFor({ state: 'detached' });
});

test('filters images and shows the filter next to the title', async () => {
  await window.command('Drydock: Filter Images…');
  await window.answer('Show only rows that contain', 'no-such-image');
  await window.row(image).waitFor({ state: 'detached' });
  await window.page.locator('.sidebar .pane-header', { hasText: 'no-such-image' }).waitFor();
  await window.shot('41-filter');
  await window.command('Drydock: Filter Images…');
  await window.answer('Show only rows that contain', '');
  await window.row(image).waitFor();
});

test('shows what prune would free before anything is removed', async () => {
  await window.command('Drydock: System Prune…');
  await window
    .webview()
    .getByRole('checkbox', { name: `Select ${volume}` })
    .waitFor();
  await window
    .webview()
    .getByText(/^Frees \d/)
    .first()
    .waitFor();
  await window.shot('42-prune');
  await window.command('View: Close All Editors');
});

test('shows information about the engine on a page', async () => {
  await window.command('Drydock: Show Docker System Info');
  const tab = window.page.locator('.tabs-container [role=tab].active', {
    hasText: 'Docker System Info',
  });
  await tab.waitFor();
  const frames = window.page.frameLocator('iframe.webview').frameLocator('iframe#active-frame');
  await frames.getByText('Storage driver').first().waitFor();
  await window.shot('43-engine');
});

test('shows the layers of an image on a page', async () => {
  await window.chooseOnRow(window.row(image), /^Show (Image )?Layers/);
  await window.page
    .locator('.tabs-container [role=tab].active', { hasText: 'Layers of' })
    .waitFor();
  await window.shot('44-layers');
});

test('uses another context in this window only, and switches back', async () => {
  await expandView('Contexts');
  await window.row('default, this machine').waitFor();
  await window.clickOnRow(window.row('far, tcp://127.0.0.1:1'), /^Use/);
  const welcome = window.page.locator('.sidebar .welcome-view');
  await welcome.getByRole('button', { name: 'Diagnose Connection' }).waitFor();
  await window.row('far, tcp://127.0.0.1:1, this window, not connected').waitFor();
  await window.shot('45-context-away');
  expect(await readFile(path.join(config, 'config.json'), 'utf8')).toBe('{}');
  await window.clickOnRow(window.row('default, this machine'), /^Use/);
  await window.row(`${web}, up`).waitFor();
  await window.shot('46-context-back');
});
