/** Details and commands of rows: end of life, mounts, project logs, shells, image names and collapsed groups. */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { EngineObjects } from './engine-objects.ts';
import { openWindow, type Window } from './window.ts';

const objects = new EngineObjects();
const mark = process.pid.toString(36);
const project = `shop${mark}`;
const old = `python:3.7-${mark}`;
let window: Window;
let image: string;
let folder: string;

/** Starts a container of the project that prints one line. */
async function service(name: string, says: string, host: object = {}): Promise<string> {
  const full = `${project}-${name}`;
  const script = `trap "exit 0" TERM; echo "${says}"; while :; do sleep 1; done`;
  const container = await objects.docker.createContainer({
    name: full,
    Image: image,
    Cmd: ['sh', '-c', script],
    Labels: { 'com.docker.compose.project': project, 'com.docker.compose.service': name },
    HostConfig: host,
  });
  await container.start();
  return full;
}

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'drydock-mounted-'));
  image = await objects.image('rows');
  const [repo = '', tag = ''] = old.split(':');
  await objects.docker.getImage(image).tag({ repo, tag });
  await service('web', 'listening on 80', { Binds: [`${folder}:/srv:ro`] });
  await service('db', 'ready for connections');
  await objects.docker
    .createContainer({ name: `${project}-broken`, Image: image, Cmd: ['no-such-program'] })
    .then((one) => one.start())
    .catch(() => undefined);
  window = await openWindow();
  await window.page.setViewportSize({ width: 1200, height: 900 });
});
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await window.saveFailure(task.name);
});
afterAll(async () => {
  await window.close();
  await objects.docker.getImage(old).remove();
  await objects.remove();
  await rm(folder, { recursive: true });
});

/** Waits until a terminal is selected in the list of terminals. */
async function waitForTerminal(name: string): Promise<void> {
  const tabs = window.page.locator('.tabs-list .monaco-list-row.selected');
  await tabs
    .filter({ has: window.page.locator(`[aria-label*="${name}"], :text("${name}")`) })
    .waitFor();
}

test('an image at end of life shows that and the date', async () => {
  await window.openSideBar();
  const row = window.row(`${old}, `);
  await expect.poll(() => row.getAttribute('aria-label')).toContain('end of life');
  const said = await window.tooltipOf(row, 'Support');
  expect(said).toContain('Python 3.7 reached end of life on 27 June 2023');
  await window.shot('80-end-of-life');
});

test('the tooltip of a container shows its mounts', async () => {
  const said = await window.tooltipOf(window.row('web, up'), 'Bind mount');
  expect(said).toContain(`${folder} → /srv · read-only`);
  await window.shot('81-mounts');
});

test('shows the logs of a project with the container name on each line', async () => {
  await window.chooseOnRow(window.row(`${project}, 2 of 2`), /^Logs$/);
  const line = (name: string, text: string) => window.webview().locator('.l', { hasText: text }).filter({ hasText: name }); // prettier-ignore
  await line('web', 'listening').waitFor();
  await line('db', 'ready').waitFor();
  await window.shot('82-logs-together');
});

test('opens a shell as another user in another directory', async () => {
  await window.chooseOnRow(window.row('web, up'), /^Attach Shell with Options/);
  await window.page.locator('.quick-input-list', { hasText: 'Attach ash as root' }).waitFor();
  await window.shot('83-shell-options');
  await window.pick('User');
  await window.answer(': User', '7:8');
  await window.pick('Working Directory');
  const folders = window.page.locator('.quick-input-list', {
    hasText: 'working directory of the container',
  });
  await folders.waitFor();
  await window.shot('83-shell-as');
  await window.quickInput().fill('/srv');
  await window.page.keyboard.press('Enter');
  await window.pick('Attach ash as 7:8');
  await window.seeInTerminal(/[#$]/);
  await window.typeInTerminal('echo at=$PWD by=$(id -u)');
  await window.seeInTerminal(/^at=\/srv\sby=7/);
});

test('opens a shell in a container from the terminal profiles', async () => {
  await window.command('Create New Terminal (With Profile)');
  await window.pick('Docker Container');
  await window.pick(`${project}-db`);
  await waitForTerminal(`${project}-db:`);
  await window.seeInTerminal(/[#$]/);
  await window.typeInTerminal('echo $((40+2))');
  await window.seeInTerminal(/^42\s*$/);
  await window.shot('84-profile');
});

test('opens a shell in a copy of a container that does not run', async () => {
  await window.chooseOnRow(window.row(`${project}-broken`), /^Attach Shell to Copy/);
  await window.page.locator('.monaco-dialog-box').waitFor();
  await window.shot('85-copy');
  await window.confirm('Attach Shell');
  // The name of the copy starts with the name of the container.
  const filters = { name: [`${project}-broken`] };
  const count = async () => (await objects.docker.listContainers({ all: true, filters })).length;
  await expect.poll(count).toBe(2);
  await waitForTerminal('copy of');
  await window.seeInTerminal(/[#$]/);
  await window.typeInTerminal('exit');
  await expect.poll(count).toBe(1);
});

test('completes names and tags of images to pull', async () => {
  await window.command('Drydock: Pull Image…');
  await window.fillIn('Pull Image', 'postgres:');
  await window.page
    .locator('.quick-input-list [role=option]', { hasText: /^postgres:\d+official image/ })
    .first()
    .waitFor();
  const texts = await window.page
    .locator('.quick-input-list [role=option]', { hasText: /^postgres:\d+official image/ })
    .allTextContents();
  const numbers = texts.map((text) => parseInt(text.replace('postgres:', '')));
  expect(numbers[0]).toBe(Math.max(...numbers));
  await window.shot('86-pull');
  await window.page.keyboard.press('Escape');
});

test('keeps groups collapsed after the window is reloaded', async () => {
  const group = window.row(`${project}, 2 of 2`);
  await expect.poll(() => group.getAttribute('aria-expanded')).toBe('true');
  await group.click();
  await expect.poll(() => group.getAttribute('aria-expanded')).toBe('false');
  await window.command('Developer: Reload Window');
  await group.waitFor({ state: 'detached' });
  await window.openSideBar();
  await group.waitFor();
  await expect.poll(() => group.getAttribute('aria-expanded')).toBe('false');
});
