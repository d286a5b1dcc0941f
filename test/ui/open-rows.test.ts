/** What rows open by mouse and keyboard, their menus with a changing selection, their colors and their order. */

import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { EngineObjects } from './engine-objects.ts';
import { openWindow, type Window } from './window.ts';

/** What the page has. */
interface Styles {
  getComputedStyle(element: unknown): { readonly color: string };
}

const objects = new EngineObjects();
const mark = process.pid.toString(36);
const volume = `open-data-${mark}`;
let window: Window;
let image: string;
let web: string;
let other: string;

beforeAll(async () => {
  image = await objects.image('open');
  other = await objects.container('open-b', image);
  web = await objects.container('open-a', image);
  await objects.docker.createVolume({ Name: volume });
  window = await openWindow({ settings: { 'drydock.containers.groupBy': 'none' } });
  await window.openSideBar();
  await window.row(`${web}, up`).waitFor();
});
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await window.saveFailure(task.name);
});
afterAll(async () => {
  await window.close();
  await objects.remove();
  await objects.docker.getVolume(volume).remove();
});

const tab = (name: string | RegExp) =>
  window.page.locator('.tabs-container').getByRole('tab', { name });

/** The keys of a page that has just been opened may not reach VS Code before something outside it is clicked. */
async function closeEditors(): Promise<void> {
  await window.page.locator('.sidebar .composite.title').click({ position: { x: 80, y: 10 } });
  await window.command('View: Close All Editors');
}

test('a click selects a container, and a double-click shows its logs', async () => {
  const row = window.row(`${web}, up`);
  await row.click();
  await expect.poll(() => row.getAttribute('aria-selected')).toBe('true');
  expect(await row.getAttribute('aria-expanded')).toBe('false');
  expect(await tab(/Logs|open-a/).count()).toBe(0);
  await row.dblclick();
  await window.webview().getByText('open-a is ready').last().waitFor();
  await window.shot('47-double-click');
  await window.row(image).dblclick();
  await expect.poll(() => tab(/Layers of/).getAttribute('aria-selected')).toBe('true');
  await row.dblclick();
  await expect.poll(() => tab(/: logs/).getAttribute('aria-selected')).toBe('true');
  expect(await tab(/: logs/).count()).toBe(1);
  await window.command('View: Close All Editors');
});

test('Enter shows the logs of a container and the layers of an image', async () => {
  await window.row(`${web}, up`).click();
  await window.page.keyboard.press('Enter');
  await window.webview().getByText('open-a is ready').last().waitFor();
  await closeEditors();
  await window.row(image).click();
  await window.page.keyboard.press('Enter');
  await tab(/Layers of/).waitFor();
  await closeEditors();
});

test('Enter on a volume shows its files', async () => {
  const header = window.page.locator('.sidebar .pane-header', { hasText: 'Volumes' });
  if ((await header.getAttribute('aria-expanded')) !== 'true') await header.click();
  const row = window.row(volume);
  await row.click();
  await window.page.keyboard.press('Enter');
  await expect.poll(() => row.getAttribute('aria-expanded')).toBe('true');
  await window.row('Files').waitFor();
  await header.click();
});

test('the menu has all entries after one of two selected rows was removed', async () => {
  const third = await objects.container('open-c', image);
  await window.row(`${third}, up`).click();
  await window.row(`${web}, up`).click({ modifiers: ['Control'] });
  await objects.docker.getContainer(third).remove({ force: true });
  await window.row(third).waitFor({ state: 'detached' });
  await window.openMenu(window.row(`${web}, up`), /^Rename/);
  await window.shot('48-menu');
  const entries = window.page.locator('.context-view').getByRole('menuitem');
  const texts = (await entries.allTextContents()).map((text) => text.trim());
  expect(texts.slice(0, 4)).toEqual(['Logs', 'Shell', 'Restart', 'Stop']);
  await window.page.keyboard.press('Escape');
});

test('a container that fails is red, and no row moves', async () => {
  const names = async () =>
    (await window.page.locator('.sidebar').getByRole('treeitem').allTextContents())
      .map((text) => /open-[ab]/.exec(text)?.[0])
      .filter((name) => name !== undefined);
  const before = await names();
  // The newest is above.
  await objects.docker.getContainer(web).kill();
  const row = window.row(`${web}, exited (137)`);
  await row.waitFor();
  expect(await names()).toEqual(before);
  // A selected row has the colors of the selection.
  await window.row(`${other}, up`).click();
  await window.row(image).click();
  const color = (locator: ReturnType<Window['row']>) =>
    locator
      .locator('.label-name')
      .first()
      .evaluate(
        (label: unknown) => (globalThis as unknown as Styles).getComputedStyle(label).color,
      );
  const plain = await color(window.row(`${other}, up`));
  // VS Code requests the color of a row after it has drawn it.
  await expect.poll(() => color(row)).not.toBe(plain);
  await window.shot('49-failed');
});
