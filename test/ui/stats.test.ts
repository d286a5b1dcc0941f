/** The stats page: numbers and charts in both themes, in a narrow page, and only while the page is visible. */

import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { FrameLocator } from 'playwright-core';
import { findings } from './accessibility.ts';
import { EngineObjects } from './engine-objects.ts';
import { EngineProxy } from './engine-proxy.ts';
import { openWindow, type Window } from './window.ts';

const objects = new EngineObjects();
let window: Window;
let tap: EngineProxy;
let image: string;
let web: string;
let worker: string;

beforeAll(async () => {
  image = await objects.image('meter');
  web = await objects.container('web', image);
  worker = await objects.container('worker', image);
  tap = await EngineProxy.start(await objects.socket());
  window = await openWindow({ env: { DOCKER_HOST: tap.address } });
});
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await window.saveFailure(task.name);
});
afterAll(async () => {
  await window.close();
  await tap.close();
  await objects.remove();
});

/** The open page. */
function page(): FrameLocator {
  return window.webview();
}

function rowOf(name: string) {
  return page()
    .getByRole('row')
    .filter({ has: page().getByRole('button', { name }) });
}

test('shows stats and charts of a container', async () => {
  await window.openSideBar();
  await window.chooseOnRow(window.row(`${web}, up`), /^Show (Container )?Stats/);
  await rowOf(web)
    .getByText(/^\d+(\.\d)?%$/)
    .first()
    .waitFor();
  // The charts of a single container are expanded; a line needs two measurements.
  const line = page().locator('figure.cpu .line');
  await expect.poll(() => line.getAttribute('d')).toMatch(/^M.+L/);
  await expect.poll(() => rowOf(web).getByText('/s').count()).toBe(3);
  // Nothing is read or written; a sentence replaces the chart. The network of a machine is never silent for sure.
  await page().getByText('No disk activity in the last').waitFor();
  await window.shot('60-stats-one');
});

test('shows when a container stops and starts again', async () => {
  await objects.docker.getContainer(web).stop();
  await rowOf(web).getByText('exited (0)').waitFor();
  await window.shot('61-stats-stopped');
  await objects.docker.getContainer(web).start();
  await rowOf(web)
    .getByText(/^\d+(\.\d)?%$/)
    .first()
    .waitFor();
});

test('shows stats of all containers, also of new ones, and sorts them', async () => {
  await window.command('Drydock: Show Stats for All Containers');
  await rowOf(web).getByText(/%$/).first().waitFor();
  const busy = await objects.docker.createContainer({
    name: `${worker}-busy`,
    Image: image,
    Cmd: ['sh', '-c', 'while :; do :; done'],
  });
  await busy.start();
  // On a busy machine, it does not get much of a processor.
  await rowOf(`${worker}-busy`)
    .getByText(/^([1-9]\.\d|\d\d+)%$/)
    .waitFor();
  const names = page().locator('tbody').getByRole('rowheader').getByRole('button');
  const nameOf = (index: number) => names.nth(index).getAttribute('aria-label');
  // The most CPU first, without a click.
  await expect.poll(() => nameOf(0)).toBe(`Charts of ${worker}-busy`);
  const header = page().getByRole('columnheader', { name: 'CPU' });
  await expect.poll(() => header.getAttribute('aria-sort')).toBe('descending');
  // By keyboard: down, expand, collapse, up.
  await names.first().press('ArrowDown');
  await names.nth(1).press('ArrowRight');
  await expect.poll(() => names.nth(1).getAttribute('aria-expanded')).toBe('true');
  await names.nth(1).press('ArrowLeft');
  await names.nth(1).press('ArrowUp');
  await names.first().press('Enter');
  await page().locator('figure').first().waitFor();
  expect(await findings(window, '62-stats-all')).toEqual([]);
  await busy.remove({ force: true });
  await rowOf(`${worker}-busy`).waitFor({ state: 'detached' });
});

test('stops measuring while it is paused or hidden', async () => {
  const measured = () => tap.openRequests.filter((request) => request.includes('/stats')).length;
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
  // The sort order is preserved.
  const header = page().getByRole('columnheader', { name: 'CPU' });
  await expect.poll(() => header.getAttribute('aria-sort')).toBe('descending');
  await window.command('View: Close All Editors');
  await expect.poll(measured).toBe(0);
});

test('shows one row per container in a narrow page, and the other numbers below it', async () => {
  await window.command('View: Close Primary Side Bar');
  await window.page.setViewportSize({ width: 450, height: 900 });
  await window.command('Drydock: Show Stats for All Containers');
  const row = rowOf(web);
  await row.getByText(/%$/).first().waitFor();
  const { height = 0 } = (await row.boundingBox()) ?? {};
  expect(height).toBeLessThan(40);
  await row.getByRole('button').click();
  await page()
    .getByText(/received, .* sent/)
    .first()
    .waitFor();
  const root = 'document.documentElement';
  const overflow = `${root}.scrollWidth - ${root}.clientWidth`;
  await expect.poll(() => page().locator('body').evaluate(overflow)).toBe(0);
  await window.shot('64-stats-narrow');
});

test('shows stats in Chinese', async () => {
  const chinese = await openWindow({ env: { DOCKER_HOST: tap.address }, language: 'zh-cn' });
  try {
    await chinese.page.locator('.activitybar').getByRole('tab', { name: 'Drydock' }).click();
    await chinese.row(web).waitFor();
    await chinese.chooseOnRow(chinese.row(web), /^显示资源用量/);
    const charts = chinese.webview().locator('figure.cpu .line');
    await expect.poll(() => charts.getAttribute('d')).toMatch(/^M.+L/);
    await chinese.webview().getByRole('columnheader', { name: '内存' }).waitFor();
    await chinese.shot('65-stats-chinese');
  } finally {
    await chinese.close();
  }
});
