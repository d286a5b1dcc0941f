/** What people do many times a day, without a mouse. */

import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { EngineObjects } from './engine-objects.ts';
import { isFocused, Keyboard } from './keyboard.ts';
import { openWindow, type Window } from './window.ts';

const objects = new EngineObjects();
const mark = process.pid.toString(36);
let window: Window;
let keys: Keyboard;
let image: string;
/** The keys of each flow, which the log of the tests shows. */
const counts: [string, number][] = [];

beforeAll(async () => {
  image = await objects.image('keys');
  const crash = 'echo starting; echo "no configuration" >&2; sleep 1; exit 3';
  await objects.docker
    .createContainer({
      name: `crashing-${mark}`,
      Image: image,
      Cmd: ['sh', '-c', crash],
      Labels: { 'drydock.test': 'true' },
      HostConfig: { RestartPolicy: { Name: 'always' } },
    })
    .then((container) => container.start());
  await objects.docker.createContainer({ name: `done-${mark}`, Image: image, Cmd: ['true'] });
  window = await openWindow({ files: { 'site/index.html': 'Hello\n', 'site/css/a.css': '' } });
  keys = new Keyboard(window);
});
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await window.saveFailure(task.name);
  else counts.push([task.name, keys.takeCount()]);
});
afterAll(async () => {
  for (const [flow, count] of counts) console.log(`${flow}: ${count} keys`);
  for (const name of ['crashing', 'keys', 'done'])
    await objects.docker
      .getContainer(`${name}-${mark}`)
      .remove({ force: true })
      .catch(() => undefined);
  await window.close();
  await objects.remove();
});

test('runs a container from a line of a README', async () => {
  await keys.command('Drydock: Run Container…');
  const line = window.webview().getByLabel('docker run command');
  await expect.poll(() => isFocused(line)).toBe(true);
  await keys.press('Control+A');
  await keys.paste(`docker run -d --name keys-${mark} -e MODE=test ${image} sleep 1000`);
  await keys.press('Control+Enter');
  await keys.goToRow('Containers', `keys-${mark}, up`);
});

test('shows the logs of a container that crashes', async () => {
  await keys.goToRow('Containers', `crashing-${mark}`);
  await keys.press('Enter');
  await window.webview().getByText('no configuration').first().waitFor();
  await window.webview().getByText(/exited \(3\)/).first().waitFor(); // prettier-ignore
});

test('shows the logs of a container by its name', async () => {
  await keys.command('Drydock: View Logs');
  await keys.answer('View Logs', `done-${mark}`, `done-${mark}`);
  await window.page.getByRole('tab', { name: `done-${mark}: logs` }).waitFor();
  await window.webview().getByText('No lines yet.').waitFor();
});

test('opens a shell in a container', async () => {
  await keys.goToRow('Containers', `keys-${mark}`);
  await keys.choose(/Shell$/);
  await window.seeInTerminal(/[#$]/);
  await keys.paste('echo MODE is $MODE');
  await keys.press('Enter');
  await window.seeInTerminal(/^MODE is test/);
});

test('copies a folder into a container', async () => {
  await keys.goToRow('Containers', `keys-${mark}`);
  await keys.choose(/^Copy Files to Container/);
  await keys.enterName(window.workspace, 'site');
  await keys.answer('Copy site to', '/tmp/');
  await window.seeNotification(`Copied to keys-${mark}:/tmp/`);
});

test('prunes a container', async () => {
  await keys.command('Drydock: Prune Containers…');
  const page = window.webview();
  await page.getByRole('checkbox', { name: `Select done-${mark}`, exact: true }).waitFor();
  await keys.press('Control+f');
  await keys.paste(`done-${mark}`);
  await page.getByRole('button', { name: 'Prune 1 Item' }).waitFor();
  await keys.press('Control+Enter');
  await page.getByText('Removed 1 container').waitFor();
});
