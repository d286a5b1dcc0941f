/** Copies files into and out of a container. */

import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { EngineObjects } from './engine-objects.ts';
import { openWindow, type Window } from './window.ts';

const objects = new EngineObjects();
let window: Window;
let web: string;

beforeAll(async () => {
  web = await objects.container('web', await objects.image('shop'));
  window = await openWindow({
    files: {
      'site/a.txt': 'aaa',
      'site/b.txt': 'bbb',
      'site/c.txt': 'ccc',
      'greeting.txt': 'Hello from outside\n',
      'results/README.md': 'What came out\n',
    },
  });
  await window.openSideBar();
});
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await window.saveFailure(task.name);
});
afterAll(async () => {
  await window.close();
  await objects.remove();
});

test('copies a file into a container', async () => {
  await window.chooseOnRow(window.row(`${web}, up`), /^Copy Files to Container/);
  await window.chooseFile('greeting.txt');
  await window.page.locator('.quick-input-list [role=option]', { hasText: /^tmp/ }).waitFor();
  await window.shot('15-copy-target');
  await window.answer('Copy greeting.txt to', '/tmp/');
  await window.seeNotification(`Copied to ${web}:/tmp/`);
  await window.shot('15-copied-in');
  await window.page.locator('.notification-list-item', { hasText: `Copied to ${web}:/tmp/` }).getByRole('button', { name: 'Reveal in Side Bar' }).click(); // prettier-ignore
  await window.row('greeting.txt, file, 19 B').waitFor();
  await window.shot('15-revealed');
  await window.clickOnRow(window.row(`${web}, up`), /^Attach Shell/);
  await window.seeInTerminal(/[#$]/);
  await window.typeInTerminal('cat /tmp/greeting.txt');
  await window.seeInTerminal(/^Hello from outside/);
});

test('copies a file out of a container', async () => {
  await window.typeInTerminal('seq 1000 > /tmp/numbers.txt; echo written $?');
  await window.seeInTerminal(/^written 0/);
  await window.chooseOnRow(window.row(`${web}, up`), /^Copy Files from Container/);
  await window.answer('Copy Files from', '/tmp/numbers.txt');
  await window.chooseFolder('results');
  await window.seeNotification(/Copied to .*results/);
  await window.seeNotification('Reveal in Explorer');
  await window.shot('16-copied-out');
  const text = await readFile(path.join(window.workspace, 'results/numbers.txt'), 'utf8');
  expect(text.trimEnd().split('\n')).toHaveLength(1000);
});

test('copies a file of the desktop that is dropped on a container', async () => {
  // VS Code shows few notifications within a short time; others are only in the notification center.
  await window.command('Notifications: Clear All Notifications');
  const dataTransfer = await window.page.evaluateHandle(`(() => {
    const data = new DataTransfer();
    data.items.add(new File(['from the desktop\\n'], 'dropped.txt'));
    return data;
  })()`);
  const row = window.row(`${web}, up`);
  await row.dispatchEvent('dragenter', { dataTransfer });
  // VS Code marks the row when it accepts what is dragged.
  const accepted = row.and(window.page.locator('.drop-target'));
  await expect
    .poll(async () => {
      await row.dispatchEvent('dragover', { dataTransfer });
      return accepted.count();
    })
    .toBe(1);
  await row.dispatchEvent('drop', { dataTransfer });
  await window.answer('Copy dropped.txt to', '/tmp/');
  await window.seeNotification(`Copied to ${web}:/tmp/ (17 B)`);
  await window.shot('17-dropped');
});

/** Drags a row of the Explorer to a row of Drydock's views, whose tab is pointed at on the way. */
async function dragFromExplorer(name: string, target: Locator): Promise<void> {
  const { page } = window;
  await page
    .locator('.activitybar')
    .getByRole('tab', { name: /^Explorer/ })
    .click();
  const source = page.locator('.explorer-folders-view').getByRole('treeitem', { name });
  const tab = page.locator('.activitybar').getByRole('tab', { name: 'Drydock' });
  await source.hover();
  await page.mouse.down();
  await tab.hover();
  await expect
    .poll(async () => {
      await tab.hover({ force: true });
      return target.isVisible();
    })
    .toBe(true);
  await target.hover();
  await expect
    .poll(async () => {
      await target.hover({ force: true });
      return target.and(page.locator('.drop-target')).count();
    })
    .toBe(1);
  await page.mouse.up();
}

test('copies a folder that is dragged from the Explorer, and lists what a second copy overwrites', async () => {
  const row = window.row(`${web}, up`);
  await dragFromExplorer('site', row);
  await window.answer('Copy site to', '/tmp/');
  // The directory is open, and its rows are read again.
  await window.row('site').waitFor();
  await dragFromExplorer('site', row);
  await window.answer('Copy site to', '/tmp/');
  await window.confirm('Show List');
  const listed = window.page.locator('.quick-input-list [role=option]', { hasText: /\/tmp\/site\/b\.txt/ }); // prettier-ignore
  await listed.filter({ hasText: '3 B' }).waitFor();
  await window.shot('18-overwrite-list');
  await window.pick('Overwrite 3 Files');
  await listed.waitFor({ state: 'hidden' });
});
