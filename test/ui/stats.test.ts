/** What containers take, live: by numbers and drawings, in both themes, in a narrow page, and only while it is seen. */

import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { FrameLocator } from 'playwright-core';
import { Objects } from './engine.ts';
import { Tap } from './tap.ts';
import { openWindow, type Window } from './window.ts';

const objects = new Objects();
let window: Window;
let tap: Tap;
let image: string;
let web: string;
let worker: string;

beforeAll(async () => {
  image = await objects.image('meter');
  web = await objects.container('web', image);
  worker = await objects.container('worker', image);
  tap = await Tap.before(await objects.socket());
  window = await openWindow({ env: { DOCKER_HOST: tap.address } });
});
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await window.shotOfFailure(task.name);
});
afterAll(async () => {
  await window.close();
  await tap.close();
  await objects.remove();
});

/** The page in front. */
function page(): FrameLocator {
  return window.webview();
}

function rowOf(name: string) {
  return page()
    .getByRole('row')
    .filter({ has: page().getByRole('button', { name }) });
}

test('a container is measured from its row, with its drawings', async () => {
  await window.openSideBar();
  await window.chooseOnRow(window.row(`${web}, up`), /^Show (Container )?Stats/);
  await rowOf(web)
    .getByText(/^\d+(\.\d)?%$/)
    .first()
    .waitFor();
  // Of one container the drawings stand open; a line needs two measurements.
  const line = page().locator('figure .chart.cpu .line');
  await expect.poll(() => line.getAttribute('d')).toMatch(/^M.+L/);
  await expect.poll(() => rowOf(web).getByText('/s').count()).toBe(4);
  await window.shot('60-stats-one');
});

test('that it is stopped is said, and that it runs again is seen', async () => {
  await objects.docker.getContainer(web).stop();
  await rowOf(web).getByText('exited (0)').waitFor();
  await window.shot('61-stats-stopped');
  await objects.docker.getContainer(web).start();
  await rowOf(web)
    .getByText(/^\d+(\.\d)?%$/)
    .first()
    .waitFor();
});

test('all are measured together, those that come too, and sorted by what they take', async () => {
  await window.command('Drydock: Show Stats for All Containers');
  await rowOf(web).getByText(/%$/).first().waitFor();
  const busy = await objects.docker.createContainer({
    name: `${worker}-busy`,
    Image: image,
    Cmd: ['sh', '-c', 'while :; do :; done'],
  });
  await busy.start();
  await rowOf(`${worker}-busy`)
    .getByText(/^\d\d+%$/)
    .waitFor();
  await page().getByRole('button', { name: 'CPU', exact: true }).click();
  const names = page().getByRole('rowheader').getByRole('button');
  await expect.poll(() => names.first().textContent()).toBe(`${worker}-busy`);
  const head = page().getByRole('columnheader', { name: 'CPU' });
  await expect.poll(() => head.getAttribute('aria-sort')).toBe('descending');
  await names.first().press('Enter');
  await page().locator('figure').first().waitFor();
  await window.shot('62-stats-all');
  await window.command('Preferences: Toggle between Light/Dark Themes');
  await page().locator('body.vscode-dark').waitFor();
  await window.shot('63-stats-all-dark');
  await window.command('Preferences: Toggle between Light/Dark Themes');
  await busy.remove({ force: true });
  await rowOf(`${worker}-busy`).waitFor({ state: 'detached' });
});

test('it holds still where that is asked for, and measures nothing while it does or is hidden', async () => {
  const measured = () => tap.asking.filter((request) => request.includes('/stats')).length;
  await expect.poll(measured).toBeGreaterThan(1);
  await page().getByRole('button', { name: 'Pause' }).click();
  await page().getByRole('button', { name: 'Resume' }).waitFor();
  await expect.poll(measured).toBe(0);
  await page().getByRole('button', { name: 'Resume' }).click();
  await expect.poll(measured).toBeGreaterThan(1);
  await window.openFile('notes.txt');
  await expect.poll(measured).toBe(0);
  await window.page.getByRole('tab', { name: 'Stats for all containers' }).click();
  await expect.poll(measured).toBeGreaterThan(1);
  // What was chosen is as it was before.
  const head = page().getByRole('columnheader', { name: 'CPU' });
  await expect.poll(() => head.getAttribute('aria-sort')).toBe('descending');
  await window.command('View: Close All Editors');
  await expect.poll(measured).toBe(0);
});

test('a narrow page keeps every number', async () => {
  await window.page.setViewportSize({ width: 700, height: 900 });
  await window.command('Drydock: Show Stats for All Containers');
  const row = rowOf(web);
  await row.getByText(/%$/).first().waitFor();
  await expect.poll(() => row.getByText('/s').count()).toBe(4);
  const root = 'document.documentElement';
  const beyond = `${root}.scrollWidth - ${root}.clientWidth`;
  await expect.poll(() => page().locator('body').evaluate(beyond)).toBe(0);
  await window.shot('64-stats-narrow');
});
