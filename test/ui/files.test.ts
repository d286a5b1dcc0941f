/** Files of a container in the side bar and in editors. */

import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { EngineObjects } from './engine-objects.ts';
import { openWindow, type Window } from './window.ts';

const objects = new EngineObjects();
let window: Window;
let image: string;
let web: string;

/** The output of a command in the container. */
async function exec(script: string): Promise<string> {
  const process = await objects.docker.getContainer(web).exec({
    Cmd: ['sh', '-c', script],
    AttachStdout: true,
    Tty: true,
  });
  const stream = await process.start({ Tty: true });
  const parts: Buffer[] = [];
  for await (const part of stream as AsyncIterable<Buffer>) parts.push(part);
  return Buffer.concat(parts).toString().trim();
}

beforeAll(async () => {
  image = await objects.image('shop');
  web = await objects.container('web', image);
  await exec(`mkdir -p /srv/app /srv/many; cd /srv/app
echo hello > settings.txt; chown 1000:1000 settings.txt; chmod 640 settings.txt
echo old > unwanted.txt; ln -s settings.txt current; ln -s /nowhere broken; mkfifo pipe
printf x > "$(printf 'two\\nlines \\342\\200\\256gpj.exe')"
cd /srv/many; i=0; while [ $i -lt 1200 ]; do : > file$i; i=$((i+1)); done`);
  window = await openWindow({ settings: { 'workbench.colorTheme': 'Default Dark Modern' } });
});
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await window.saveFailure(task.name);
});
afterAll(async () => {
  await window.close();
  await objects.remove();
});

test('lists the files of a container with sizes, owners and what links lead to', async () => {
  await window.openSideBar();
  await window.expand(`${web}, up`);
  await window.expand('Files');
  await window.expand('srv, directory');
  await window.expand('app, directory');
  await window.row('settings.txt, file, 6 B, 1000:1000, rw-r-----').waitFor();
  await window.row('current, link, → settings.txt').waitFor();
  await window.row('broken, link, → /nowhere, target does not exist').waitFor();
  await window.row('pipe, file, pipe').waitFor();
  await window.row('two\\nlines \\u202egpj.exe, file').waitFor();
  await window.shot('files-1-tree');
});

test('opens, edits and saves a file, and keeps its owner and mode', async () => {
  await window.row('settings.txt, file').click();
  await window.editorLine(/^hello/).waitFor();
  await window.editorLine(/^hello/).click();
  await window.page.keyboard.press('Control+Home');
  await window.page.keyboard.type('changed ');
  await window.page.keyboard.press('Control+S');
  await expect.poll(() => exec('cat /srv/app/settings.txt')).toBe('changed hello');
  expect(await exec('stat -c "%u:%g %a" /srv/app/settings.txt')).toBe('1000:1000 640');
  await window.shot('files-2-saved');
});

test('compares a file with one of the workspace and with the image', async () => {
  await window.chooseOnRow(window.row('settings.txt, file'), /^Compare with Workspace File/);
  await window.chooseFile('notes.txt');
  await window.page.getByRole('tab', { name: 'notes.txt ↔ settings.txt' }).waitFor();
  await window.page.locator('.monaco-diff-editor .view-line', { hasText: 'changed' }).waitFor();
  await window.shot('files-3-compare');
});

test('deletes a file after a question', async () => {
  await window.chooseOnRow(window.row('unwanted.txt, file'), /^Delete/);
  await window.page.locator('.monaco-dialog-box').getByText('/srv/app/unwanted.txt').waitFor();
  await window.confirm('Delete');
  await window.row('unwanted.txt').waitFor({ state: 'detached' });
  expect(await exec('ls /srv/app')).not.toContain('unwanted');
});

test('creates a file in a directory', async () => {
  await window.clickOnRow(window.row('app, directory'), /^New File/);
  await window.answer('New File in app', 'created.txt');
  await window.row('created.txt, file, 0 B').waitFor();
  expect(await exec('stat -c %s /srv/app/created.txt')).toBe('0');
});

test('shows what differs from the image', async () => {
  await window.expand('Changes since Image');
  await window.row('srv, ').waitFor();
  await window.shot('files-4-changes');
});

test('shows more of a large directory with a click', async () => {
  await window.expand('many, directory');
  await window.row('file0, file').waitFor();
  await window.row('many, directory').press('End');
  await window.row('Show more (700 left)').click();
  await window.row('Show more').waitFor({ state: 'detached' });
  await window.page.keyboard.press('End');
  await window.row('file1199, file').waitFor();
  await window.page.keyboard.press('Home');
});

test('is shown in other themes and in a narrow side bar', async () => {
  const side = window.page.locator('.part.sidebar');
  for (const [theme, name, className] of [
    ['Default Light Modern', 'light', /\bvs\b/],
    ['Default High Contrast', 'contrast', /\bhc-black\b/],
  ] as const) {
    await window.writeMachineSettings({ 'workbench.colorTheme': theme });
    await expect.poll(() => window.page.locator('.monaco-workbench').getAttribute('class')).toMatch(className); // prettier-ignore
    await window.shot(`files-5-${name}`);
  }
  await window.writeMachineSettings({ 'workbench.colorTheme': 'Default Dark Modern' });
  await window.page.setViewportSize({ width: 420, height: 860 });
  await expect.poll(async () => (await side.boundingBox())?.width).toBeLessThan(400);
  await window.row('srv, directory').waitFor();
  await window.shot('files-6-narrow');
});

test('is shown in Chinese', async () => {
  const chinese = await openWindow({ language: 'zh-cn' });
  try {
    await chinese.page.locator('.activitybar').getByRole('tab', { name: 'Drydock' }).click();
    await chinese.row(web).waitFor();
    await chinese.row(web).click();
    await chinese.row(web).press('ArrowRight');
    await chinese.row('文件').waitFor();
    await chinese.row('文件').click();
    await chinese.row('文件').press('ArrowRight');
    await chinese.row('srv').waitFor();
    await chinese.shot('files-7-chinese');
  } finally {
    await chinese.close();
  }
});
