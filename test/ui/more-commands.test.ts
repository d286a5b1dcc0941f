/** More commands of containers and images: rename, update, commit, attach, tag, push, pull, save and load. */

import { readdir, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { FrameLocator } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { canServeRegistry, serveRegistry, type Registry } from '../registry.ts';
import { EngineObjects } from './engine-objects.ts';
import { openWindow, type Window } from './window.ts';

const objects = new EngineObjects();
const mark = process.pid.toString(36);
const possible = canServeRegistry();
let registry: Registry | undefined;
let window: Window;
let image: string;
let web: string;

beforeAll(async () => {
  image = await objects.image('day');
  web = await objects.container('day', image);
  registry = possible ? await serveRegistry() : undefined;
  // The login must not be stored in the configuration of the user who runs the tests.
  if (registry) await writeFile(path.join(registry.folder, 'config.json'), '{}');
  window = await openWindow({ env: registry ? { DOCKER_CONFIG: registry.folder } : {} });
  await window.openSideBar();
});
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await window.saveFailure(task.name);
});
afterAll(async () => {
  await window.close();
  await objects.remove();
  await registry?.close();
});

function form(): FrameLocator {
  return window.webview();
}

describe('a container', () => {
  test('is paused, unpaused and renamed', async () => {
    await window.chooseOnRow(window.row(`${web}, up`), /^Pause/);
    await window.row(`${web}, paused`).waitFor();
    await window.chooseOnRow(window.row(`${web}, paused`), /^Unpause/);
    await window.row(`${web}, up`).waitFor();
    await window.chooseOnRow(window.row(`${web}, up`), /^Rename/);
    await window.answer(`Rename ${web}`, `${web}-2`);
    await window.row(`${web}-2, up`).waitFor();
    web = `${web}-2`;
  });

  test('gets new resource limits in a form that shows the current ones', async () => {
    const container = objects.docker.getContainer(web);
    await container.update({ Memory: 96 * 2 ** 20, MemorySwap: 192 * 2 ** 20 });
    await window.chooseOnRow(window.row(`${web}, up`), /^Update Resource Limits/);
    const memory = form().getByLabel('Memory', { exact: true });
    await expect.poll(() => memory.inputValue()).toBe('96m');
    await memory.fill('64m');
    await form().getByLabel('CPUs', { exact: true }).fill('0.5');
    const line = form().getByLabel('docker update command');
    await expect.poll(() => line.inputValue()).toMatch(/ --memory 64m --cpus 0\.5 /);
    await window.shot('87-limits');
    await window.press(form().getByRole('button', { name: 'Update' }));
    await window.page.locator('iframe.webview.ready').waitFor({ state: 'detached' });
    const { HostConfig } = await container.inspect();
    expect(HostConfig).toMatchObject({ Memory: 64 * 2 ** 20, NanoCpus: 500_000_000 });
  });

  test('is committed to an image in a form that lists what is not included', async () => {
    const made = objects.imageName('made');
    await window.chooseOnRow(window.row(`${web}, up`), /^Commit Container to Image/);
    await form().getByText('but not its running processes or memory.').waitFor();
    await form().getByLabel('Name', { exact: true }).fill(made);
    await form().getByLabel('Message', { exact: true }).fill('as it was today');
    const instruction = form().getByLabel('Add, for example CMD ["nginx"]', { exact: true });
    await instruction.fill('ENV COLOUR=blue');
    await instruction.press('Tab');
    await window.shot('88-commit');
    await window.press(form().getByRole('button', { name: 'Commit' }));
    await window.row(made).waitFor();
    const { Config, Comment } = await objects.docker.getImage(made).inspect();
    expect(Comment).toBe('as it was today');
    expect(Config.Env).toContain('COLOUR=blue');
  });

  test('is attached to a terminal for input until it exits', async () => {
    const name = `asks-${mark}`;
    const asking = await objects.docker.createContainer({
      name,
      Image: image,
      Cmd: ['sh', '-c', 'read name; echo "Good day, $name"; read rest'],
      Tty: true,
      OpenStdin: true,
    });
    await asking.start();
    await window.chooseOnRow(window.row(`${name}, up`), /^Attach( to Container)?$/);
    await window.page.locator('.terminal-wrapper.active').waitFor();
    await window.typeInTerminal('reader');
    await window.seeInTerminal('Good day, reader');
    await window.page.keyboard.press('Enter');
    await window.row(`${name}, exited`).waitFor();
  });
});

describe.skipIf(!possible)('an image', () => {
  test('is tagged for a registry, which denies a push without a login', async () => {
    const { host } = registry!;
    await window.chooseOnRow(window.row(image), /^Tag/);
    await window.answer('New name and tag for the image', `${host}/shop/day:1`);
    await window.row(`${host}/shop/day:1`).waitFor();
    await pushImage();
    await window.seeNotification(/Could not push/);
    await window.shot('89-push-refused');
  });

  test('is pushed after a login and pulled again', async () => {
    const { host, user } = registry!;
    await window.command('Drydock: Log In to Registry…');
    await window.answer('Registry host', host);
    await window.answer('Username', user.name);
    await window.answer('Password or access token', user.password);
    await window.seeNotification(`Logged in to ${host}`);
    await pushImage();
    await window.seeNotification(`Pushed ${host}/shop/day:1`);
    await window.chooseOnRow(window.row(`${host}/shop/day:1`), /^Remove/);
    await window.confirm('Untag');
    await window.row(`${host}/shop/day:1`).waitFor({ state: 'detached' });
    await window.command('Drydock: Pull Image…');
    await window.answer('Pull Image', `${host}/shop/day:1`);
    await window.row(`${host}/shop/day:1`).waitFor();
  });

  test('is saved to a file and loaded again', async () => {
    const name = `${registry!.host}/shop/day:1`;
    await window.chooseOnRow(window.row(name), /^Save Image to File/);
    await window.page.locator('.quick-input-widget').getByRole('button', { name: 'OK' }).click();
    await window.seeNotification(/^.*Saved to .*\.tar/);
    const [file = ''] = (await readdir(window.workspace)).filter((one) => one.endsWith('.tar'));
    expect((await stat(path.join(window.workspace, file))).size).toBeGreaterThan(1_000_000);
    await objects.docker.getImage(name).remove();
    await window.row(name).waitFor({ state: 'detached' });
    await window.command('Drydock: Load Images from File…');
    await window.chooseFile(file);
    await window.seeNotification(`Loaded ${name}`);
    await window.row(name).waitFor();
    await objects.docker.getImage(name).remove();
  });

  test('is logged out of the registry', async () => {
    const { host } = registry!;
    await window.command('Drydock: Log Out of Registry…');
    await window.check('Log Out of Registries', host);
    await window.seeNotification(`Logged out of ${host}`);
  });
});

async function pushImage(): Promise<void> {
  await window.chooseOnRow(window.row(`${registry!.host}/shop/day:1`), /^Push/);
  await window.confirm('Push');
}
