/** Directories of containers as the editor uses them: searched for text, and opened as folders of the workspace. */
import type { Locator } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { EngineObjects } from './engine-objects.ts';
import { retry, retryTimeout } from './retry.ts';
import { openWindow, type Window } from './window.ts';

const objects = new EngineObjects();
let window: Window;
let shop: string;

beforeAll(async () => {
  const image = await objects.image('shop');
  shop = await objects.container('folders', image);
  const script = `mkdir -p /srv/app/sub; cd /srv/app
echo 'timeout = 30' > settings.ini; printf 'first\\n  Timeout after 30 s\\n' > sub/notes.md
printf 'timeout\\000' > binary; ln -s settings.ini link`;
  const run = await objects.docker.getContainer(shop).exec({ Cmd: ['sh', '-c', script] });
  await run.start({ Detach: true });
  window = await openWindow({ settings: { 'workbench.colorTheme': 'Default Dark Modern' } });
  await window.openSideBar();
});
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await window.saveFailure(task.name);
});
afterAll(async () => {
  await window.close();
  await objects.remove();
});

test('finds text in the files of a container that does not run, and opens the line', async () => {
  await objects.docker.getContainer(shop).stop();
  await window.row(`${shop}, exited`).waitFor();
  await window.expand(shop);
  await window.expand('Files');
  await window.expand('srv, directory');
  await window.chooseOnRow(window.row('app, directory'), /^Find in Files/);
  await window.answer(`Find in ${shop}:/srv/app`, 'timeout');
  const results = window.page.locator('.quick-input-list [role=option]');
  await results.filter({ hasText: 'Timeout after 30 s' }).waitFor();
  expect(await results.count()).toBe(2);
  await window.shot('files-8-find');
  await window.pick('Timeout after 30 s');
  await window.editorLine(/Timeout after 30 s/).waitFor();
  const status = window.page.locator('#workbench\\.parts\\.statusbar');
  await expect.poll(() => status.innerText()).toContain('Ln 2, Col 10 (7 selected)');
});

test('says that no file has the text', async () => {
  await window.chooseOnRow(window.row('app, directory'), /^Find in Files/);
  await window.answer(`Find in ${shop}:/srv/app`, 'no such text');
  await window.seeNotification("contains 'no such text'. Files searched: 3");
  await window.command('Notifications: Clear All Notifications');
});

test('opens a directory as a workspace folder, where a file is edited and saved', async () => {
  await objects.docker.getContainer(shop).start();
  await window.row(`${shop}, up`).waitFor();
  await window.chooseOnRow(window.row('app, directory'), /^Open as Workspace Folder/);
  const tree = window.page.locator('.explorer-folders-view');
  const folder = tree.getByRole('treeitem', { name: `app (${shop})` });
  await seeFolder(folder);
  await retry(async () => {
    if ((await folder.getAttribute('aria-expanded')) !== 'true') await folder.click();
    await tree.getByRole('treeitem', { name: 'settings.ini' }).waitFor({ timeout: retryTimeout });
  });
  await window.shot('files-9-workspace-folder');
  await tree.getByRole('treeitem', { name: 'settings.ini' }).dblclick();
  await window.editorLine(/^timeout = 30/).click();
  await window.page.keyboard.press('End');
  await window.page.keyboard.type('00');
  await window.page.keyboard.press('Control+S');
  await expect.poll(() => archiveOf('/srv/app/settings.ini')).toContain('timeout = 3000\n');
});

/**
 * VS Code turns the folder into a workspace of several folders, shows it again and starts its extensions again. In the browser it
 * may read the workspace before it has written the folders to it; then the directory is opened again in the empty workspace.
 */
async function seeFolder(folder: Locator): Promise<void> {
  const explorer = window.page.locator('.activitybar').getByRole('tab', { name: 'Explorer' });
  await retry(async () => {
    await explorer.click();
    try {
      await folder.waitFor({ timeout: 2 * retryTimeout });
    } catch (error) {
      await window.openSideBar();
      await window.expand(shop);
      await window.expand('Files');
      await window.expand('srv, directory');
      await window.chooseOnRow(window.row('app, directory'), /^Open as Workspace Folder/);
      throw error;
    }
  });
}

/** The engine's archive of a file, as text. */
async function archiveOf(path: string): Promise<string> {
  const archive = await objects.docker.getContainer(shop).getArchive({ path });
  const parts: Buffer[] = [];
  for await (const part of archive as AsyncIterable<Buffer>) parts.push(part);
  return Buffer.concat(parts).toString();
}
