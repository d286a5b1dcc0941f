/** Commands of a container in the side bar: stop, start, logs, shell, inspect and remove. */

import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { EngineObjects } from './engine-objects.ts';
import { openWindow, type Window } from './window.ts';

const objects = new EngineObjects();
let window: Window;
let image: string;
let web: string;

beforeAll(async () => {
  image = await objects.image('shop');
  web = await objects.container('web', image);
  window = await openWindow();
});
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await window.saveFailure(task.name);
});
afterAll(async () => {
  await window.close();
  await objects.remove();
});

test('lists a running container and its image', async () => {
  await window.openSideBar();
  await window.row(`${web}, up`).waitFor();
  await window.row(image).waitFor();
  await window.shot('10-containers');
});

test('shows a container that was started elsewhere without a manual refresh', async () => {
  const other = await objects.container('other', image);
  await window.row(`${other}, up`).waitFor();
  await objects.docker.getContainer(other).remove({ force: true });
  await window.row(other).waitFor({ state: 'detached' });
});

test('stops and starts a container with the buttons of its row', async () => {
  await window.clickOnRow(window.row(`${web}, up`), /^Stop/);
  await window.row(`${web}, exited (0)`).waitFor();
  await window.shot('11-stopped');
  await window.clickOnRow(window.row(`${web}, exited`), /^Start/);
  await window.row(`${web}, up`).waitFor();
});

test('shows the log of a container', async () => {
  await window.clickOnRow(window.row(`${web}, up`), /^View Logs/);
  // It was started twice.
  await window.webview().getByText('web is ready').last().waitFor();
  await window.shot('12-logs');
});

test('opens a shell in a terminal and runs commands', async () => {
  await window.clickOnRow(window.row(`${web}, up`), /^Attach Shell/);
  await window.seeInTerminal(/[#$]/);
  await window.typeInTerminal('echo $((40+2))');
  await window.seeInTerminal(/^42\s*$/);
  await window.typeInTerminal('hostname');
  await window.seeInTerminal(/^web\s*$/);
  await window.shot('13-shell');
});

test('shows the details of a container as a document and as JSON', async () => {
  await window.chooseOnRow(window.row(`${web}, up`), /^Inspect( Container)?$/);
  await window.editorLine(/^Id: /).waitFor();
  await window.shot('15-inspect');
  await window.chooseOnRow(window.row(`${web}, up`), /^Inspect .*as JSON$/);
  await window.editorLine(/"Id":/).waitFor();
});

test('asks for confirmation before it removes a running container', async () => {
  await window.chooseOnRow(window.row(`${web}, up`), /^Remove/);
  const dialog = window.page.locator('.monaco-dialog-box');
  await dialog.getByText(`Container ${web} is running. Kill and remove it?`).waitFor();
  await window.shot('14-remove');
  await window.confirm('Cancel');
  await window.row(`${web}, up`).waitFor();
  await window.chooseOnRow(window.row(`${web}, up`), /^Remove/);
  await window.confirm('Kill and Remove');
  await window.row(web).waitFor({ state: 'detached' });
  const left = await objects.docker.listContainers({ all: true, filters: { name: [web] } });
  expect(left).toEqual([]);
});
