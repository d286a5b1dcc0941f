/** Creates containers from an image with the run form. */

import type { FrameLocator } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { findings } from './accessibility.ts';
import { EngineObjects } from './engine-objects.ts';
import { openWindow, type Window } from './window.ts';

const objects = new EngineObjects();
const name = `run-${process.pid.toString(36)}`;
let window: Window;
let image: string;
let busy: string;

beforeAll(async () => {
  image = await objects.image('tool');
  busy = await objects.container('busy', image);
  window = await openWindow({ files: { 'data/greeting.txt': 'Hello\n' } });
});
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await window.saveFailure(task.name);
});
afterAll(async () => {
  await window.close();
  await objects.remove();
});

function form(): FrameLocator {
  return window.webview();
}

/** Adds an item to a list as it is written in the command. */
async function addItem(label: string, text: string): Promise<void> {
  const input = form().getByLabel(label, { exact: true });
  await input.fill(text);
  await input.press('Tab');
}

test('opens the form for an image with its docker run command', async () => {
  await window.openSideBar();
  await window.clickOnRow(window.row(image), /^Run/);
  await form().getByRole('heading', { name: 'Run Container' }).waitFor();
  // The proposed name is that of the image.
  await expect
    .poll(() => form().getByLabel('docker run command').inputValue())
    .toMatch(/^docker run -it --rm --name \S+ \S+$/);
  await window.page.getByRole('tab', { name: `Run ${image}` }).waitFor();
});

test('updates the line while typing and shows errors at their fields', async () => {
  await form().getByLabel('Name', { exact: true }).fill(busy);
  await form().getByText(`Container ${busy} already exists`).waitFor();
  await form()
    .getByRole('button', { name: `Use ${busy}-2` })
    .click();
  await form().getByLabel('Name', { exact: true }).fill(name);
  await form()
    .getByLabel('Mode', { exact: true })
    .selectOption({ label: 'In the background (detached)' });
  await form().getByLabel('Remove after exit', { exact: true }).uncheck();
  await form().getByLabel('Command', { exact: true }).fill("sh -c 'sleep 1000 & wait'");
  await addItem('Add port, for example 8080:80', '18099:80');
  await form().getByLabel('Container port', { exact: true }).fill('x');
  await form().getByText('x is not a valid port').waitFor();
  await window.shot('60-run-form-trouble');
  await form().getByLabel('Container port', { exact: true }).fill('80');
  await addItem('Add mount, for example ./src:/app/src:ro', './data:/data:ro');
  await addItem('Add, for example NAME=value', "GREETING=it's me");
  await addItem('Add, for example NAME=value', 'COLOUR=blue');
  await form().getByLabel('Memory', { exact: true }).fill('64m');
  await expect
    .poll(() => form().getByLabel('docker run command').inputValue())
    .toBe(
      [
        `docker run -d --name ${name} -p 18099:80`,
        `-v ${window.workspace}/data:/data:ro`,
        String.raw`-e 'GREETING=it'\''s me' -e COLOUR=blue --memory 64m ${image} sh -c 'sleep 1000 & wait'`,
      ].join(' '),
    );
  expect(await findings(window, '61-run-form')).toEqual([]);
});

test('fills the form while the line is edited, without leaving it', async () => {
  const line = form().getByLabel('docker run command');
  const before = await line.inputValue();
  await line.fill(before.replace('--memory 64m', '-m 65m --label test=yes --cap-add=NET_ADMIN'));
  await expect.poll(() => form().getByLabel('Memory', { exact: true }).inputValue()).toBe('65m');
  const labels = form()
    .getByRole('group', { name: 'Labels', exact: true })
    .getByRole('textbox')
    .first();
  await expect.poll(() => labels.inputValue()).toBe('test=yes');
  const others = form().getByLabel('Other docker run options', { exact: true });
  await expect.poll(() => others.inputValue()).toBe('--cap-add NET_ADMIN');
});

test('runs the container with the given options and closes the form', async () => {
  await window.press(form().getByRole('button', { name: 'Run', exact: true }));
  await window.row(`${name}, up`).waitFor();
  await window.page.locator('iframe.webview.ready').waitFor({ state: 'detached' });
  const { Config, HostConfig } = await objects.docker.getContainer(name).inspect();
  expect(Config.Env).toEqual(expect.arrayContaining(["GREETING=it's me", 'COLOUR=blue']));
  expect(Config.Cmd).toEqual(['sh', '-c', 'sleep 1000 & wait']);
  expect(Config.Labels).toMatchObject({ test: 'yes' });
  expect(HostConfig.Binds).toEqual([`${window.workspace}/data:/data:ro`]);
  expect(HostConfig.PortBindings).toEqual({ '80/tcp': [{ HostIp: '', HostPort: '18099' }] });
  expect(HostConfig.Memory).toBe(65 * 1024 * 1024);
});

test('runs a container again with changes and replaces it', async () => {
  await window.chooseOnRow(window.row(name), /^Run (Container )?Again/);
  await expect.poll(() => form().getByLabel('Name', { exact: true }).inputValue()).toBe(name);
  await form().getByLabel('Memory', { exact: true }).fill('70m');
  await window.page.keyboard.press('Tab');
  const { Id } = await objects.docker.getContainer(name).inspect();
  await window.press(form().getByRole('button', { name: 'Run', exact: true }));
  await window.confirm('Replace');
  await window.page.locator('iframe.webview.ready').waitFor({ state: 'detached' });
  const after = await objects.docker.getContainer(name).inspect();
  expect(after.Id).not.toBe(Id);
  expect(after.HostConfig.Memory).toBe(70 * 1024 * 1024);
  expect(after.State.Running).toBe(true);
});

test('reports a port in use and its container before the container is started', async () => {
  await window.clickOnRow(window.row(image), /^Run/);
  await form().getByLabel('Name', { exact: true }).waitFor();
  await form().getByLabel('Name', { exact: true }).fill(`${name}-other`);
  await form().getByText(`Port 18099 is in use by ${name}`).waitFor();
  await window.command('Preferences: Toggle between Light/Dark Themes');
  await form().getByRole('button', { name: 'Use 18100' }).waitFor();
  await window.shot('62-run-form-dark');
  await window.page.setViewportSize({ width: 760, height: 900 });
  await window.shot('64-run-form-narrow');
  await window.page.setViewportSize({ width: 1400, height: 900 });
});

test('runs a container in a terminal', async () => {
  // The button may be clicked before the line has been parsed.
  const line = form().getByLabel('docker run command');
  await line.fill(`docker run -it --rm --name ${name}-shell ${image} sh`);
  await window.press(form().getByRole('button', { name: 'Run', exact: true }));
  await window.page.locator('.terminal-wrapper.active').waitFor();
  await window.typeInTerminal('echo 4$((1+1))2');
  await window.seeInTerminal(/^422/);
  await window.shot('63-run-terminal');
});
