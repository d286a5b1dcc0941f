/** Output stays in terminals: of short runs, of shells that end, and of much text; containers without a shell. */
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { FrameLocator } from 'playwright-core';
import { findings } from './accessibility.ts';
import { EngineObjects } from './engine-objects.ts';
import { openWindow, type Window } from './window.ts';

const objects = new EngineObjects();
const bareName = `bare-${process.pid.toString(36)}`;
let window: Window;
let image: string;
let web: string;

beforeAll(async () => {
  image = await objects.image('terminal');
  web = await objects.container('terminal', image);
  // The shells are removed from the running container, as in an image that never had them.
  const bare = await objects.docker.createContainer({
    name: bareName,
    Image: image,
    Cmd: ['/bin/busybox', 'sleep', '100000'],
    Labels: { 'drydock.test': process.pid.toString(36) },
  });
  await bare.start();
  const shells = ['/bin/sh', '/bin/ash', '/bin/hush', '/bin/bash'];
  const removal = await bare.exec({ Cmd: ['/bin/busybox', 'rm', '-f', ...shells] });
  await removal.start({ Detach: true });
  window = await openWindow();
  await window.openSideBar();
});
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await window.saveFailure(task.name);
});
afterAll(async () => {
  await window.close();
  await objects.docker.getContainer(bareName).remove({ force: true });
  await objects.remove();
});

function page(): FrameLocator {
  return window.webview();
}

async function run(line: string): Promise<void> {
  await window.clickOnRow(window.row(image), /^Run/);
  const field = page().getByLabel('docker run command');
  await field.fill(line);
  await window.press(page().getByRole('button', { name: 'Run', exact: true }));
}

test.each([
  ['with a terminal', '-t '],
  ['without a terminal', ''],
])('keeps the output of a container that ends at once %s', async (_, option) => {
  await run(`docker run --rm ${option}${image} echo hello`);
  await window.seeInTerminal(/^hello\s*$/);
  await window.seeInTerminal('ended with exit code 0. Press R to run it again.');
  await window.page.locator('.terminal-wrapper.active').click();
  // No key closes the terminal.
  for (const key of ['Enter', 'x', 'Control+C', 'Escape']) await window.page.keyboard.press(key);
  await window.page.keyboard.press('r');
  const ends = window.page.locator('.terminal-wrapper.active .xterm-rows > div', {
    hasText: 'ended with exit code 0',
  });
  await expect.poll(() => ends.count()).toBe(2);
  await window.shot(option === '' ? '65-run-ended' : '65-run-ended-terminal');
  await window.command('Terminal: Kill All Terminals');
});

test('offers the output of a container that ends in the background', async () => {
  await run(`docker run -d --name ${web}-quick ${image} echo in the background`);
  const message = window.notification(`${web}-quick exited with code 0.`);
  await message.getByRole('button', { name: 'Show Logs' }).waitFor();
  await window.shot('65-run-background');
  await objects.docker.getContainer(`${web}-quick`).remove({ force: true });
  await window.command('Notifications: Clear All Notifications');
});

test('shows much output in order, follows Ctrl+C, and stays when the shell ends', async () => {
  await window.clickOnRow(window.row(`${web}, up`), /^Attach Shell/);
  await window.seeInTerminal(/[#$]/);
  await window.typeInTerminal('seq 1000001 2200000 | cat; echo do""ne');
  await window.seeInTerminal(/^done\s*$/);
  const rows = window.page.locator('.terminal-wrapper.active .xterm-rows > div');
  const numbers = (await rows.allInnerTexts()).flatMap((text) => /^\d{7}/.exec(text)?.[0] ?? []);
  expect(numbers.at(-1)).toBe('2200000');
  expect(numbers.every((one, at) => Number(one) === Number(numbers[0]) + at)).toBe(true);
  await window.typeInTerminal('yes');
  await window.seeInTerminal(/^y\s*$/);
  await window.page.keyboard.press('Control+C');
  await window.typeInTerminal('echo code=$?');
  await window.seeInTerminal(/^code=130/);
  await window.typeInTerminal('exit 3');
  await window.seeInTerminal('ended with exit code 3. Press R to run it again.');
  await window.shot('66-shell-ended');
  await window.page.keyboard.press('r');
  await window.seeInTerminal(/[#$]\s*$/);
});

test('opens a shell beside a container without one, with its files and processes', async () => {
  await window.clickOnRow(window.row(`${bareName}, up`), /^Attach Shell/);
  await window.page
    .locator('.quick-input-titlebar', { hasText: 'does not contain a shell' })
    .waitFor();
  await window.shot('67-no-shell');
  await window.pick('Open Tool Shell…');
  await window.answer('Open Tool Shell for', image);
  await window.seeInTerminal(`The files of ${bareName} are in /proc/1/root.`);
  await window.typeInTerminal('pwd; cat /proc/1/cmdline | tr "\\0" " "; ls /proc/1/root/bin/sh');
  await window.seeInTerminal(/^\/proc\/1\/root/);
  await window.seeInTerminal('busybox sleep 100000');
  await window.seeInTerminal('/proc/1/root/bin/sh: No such file');
  await window.shot('67-tool-shell');
  const filters = { name: [`${bareName}-tools-`] };
  const count = async () => (await objects.docker.listContainers({ all: true, filters })).length;
  expect(await count()).toBe(1);
  await window.typeInTerminal('exit');
  await expect.poll(count).toBe(0);
});

test('runs one command in a container without a shell', async () => {
  await window.chooseOnRow(window.row(`${bareName}, up`), /^Run Command/);
  await window.answer('A program in the container', "/bin/busybox printf '%s|' one 'two three'");
  await window.seeInTerminal('one|two three|');
  await window.seeInTerminal('ended with exit code 0');
});

test('shows processes in a table that refreshes', async () => {
  await window.chooseOnRow(window.row(`${web}, up`), /^Show (Container )?Processes/);
  const cells = page().getByRole('cell', { name: 'sleep 4321', exact: true });
  await page().getByRole('columnheader', { name: 'PID', exact: true }).waitFor();
  const exec = await objects.docker.getContainer(web).exec({ Cmd: ['sleep', '4321'] });
  await exec.start({ Detach: true });
  await cells.waitFor();
  await window.press(page().getByRole('button', { name: 'PID', exact: true }));
  const header = page().getByRole('columnheader', { name: 'PID', exact: true });
  await expect.poll(() => header.getAttribute('aria-sort')).toBe('ascending');
  await window.shot('68-processes');
});

test('shows processes in all themes, and fewer columns in a narrow page', async () => {
  expect(await findings(window, '68-processes')).toEqual([]);
  await window.page.setViewportSize({ width: 760, height: 860 });
  const hidden = page().getByRole('columnheader', { name: 'PPID', exact: true });
  await hidden.waitFor({ state: 'hidden' });
  await page().getByRole('columnheader', { name: 'PID', exact: true }).waitFor();
  const root = 'document.documentElement';
  const overflow = `${root}.scrollWidth - ${root}.clientWidth`;
  await expect.poll(() => page().locator('body').evaluate(overflow)).toBe(0);
  await window.shot('68-processes-narrow');
});
