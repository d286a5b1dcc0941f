/** The prune page: by keyboard, by mouse, narrow, and in Chinese. */

import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { findings } from './accessibility.ts';
import { EngineObjects } from './engine-objects.ts';
import { openWindow, type Window } from './window.ts';

const objects = new EngineObjects();
const mark = process.pid.toString(36);
const volume = `prune-data-${mark}`;
const network = `prune-net-${mark}`;
const job = `prune-job-${mark}`;
let window: Window;
let image: string;

beforeAll(async () => {
  image = await objects.image('prune-base');
  await objects.docker.createVolume({ Name: volume });
  await objects.docker.createNetwork({ Name: network });
  await objects.docker.createContainer({ name: job, Image: image, Cmd: ['true'] });
  window = await openWindow();
  await window.openSideBar();
  await window.row(job).waitFor();
});
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await window.saveFailure(task.name);
});
afterAll(async () => {
  await window.close();
  const { docker } = objects;
  await docker.getContainer(job).remove({ force: true }).catch(ignore);
  await docker.getVolume(volume).remove().catch(ignore);
  await docker.getNetwork(network).remove().catch(ignore);
  await objects.remove();
});

const ignore = () => undefined;
const page = () => window.webview();
const box = (name: string) => page().getByRole('checkbox', { name: `Select ${name}`, exact: true });

test('shows tables with sizes, without serious findings of axe in three themes', async () => {
  await window.command('Drydock: Prune Containers…');
  await box(job).waitFor();
  await expect.poll(() => box(job).isChecked()).toBe(true);
  // Groups that the command does not name are collapsed, and nothing in them is selected.
  for (const group of ['Images', 'Volumes', 'Networks']) {
    expect(await box(group).isChecked()).toBe(false);
    await window.press(page().getByRole('button', { name: group, exact: true }));
  }
  expect(await box(volume).isChecked()).toBe(false);
  expect(await box(network).isChecked()).toBe(false);
  // The image is used by the container until that is removed.
  await box(image).waitFor();
  expect(await findings(window, '75-prune')).toEqual([]);
});

test('prunes by keyboard what the search finds, and says what was freed', async () => {
  const { keyboard } = window.page;
  await box(job).focus();
  await keyboard.press('Control+f');
  await keyboard.type(mark);
  await box(network).waitFor();
  // Filter by age, filters of docker, the box for everything, three column headings, and the rows.
  await expect.poll(() => page().getByRole('checkbox').count()).toBeLessThan(12);
  await box(job).focus();
  await keyboard.press('ArrowLeft');
  await keyboard.press('ArrowLeft');
  await expect.poll(() => box(job).isVisible()).toBe(false);
  await keyboard.press('ArrowRight');
  await box(job).waitFor();
  await box(network).focus();
  await keyboard.press('Space');
  await expect.poll(() => box(network).isChecked()).toBe(true);
  await page().getByRole('button', { name: 'Prune 2 Items' }).waitFor();
  // Created after the page was shown: it stays.
  await objects.docker.createNetwork({ Name: `${network}-late` });
  await keyboard.press('Control+Enter');
  await page().getByText('Removed 1 container, freed').waitFor();
  await page().getByText('Removed 1 network.').waitFor();
  await window
    .notification(`Removed ${job}.`)
    .getByRole('button', { name: 'Bring Back' })
    .waitFor();
  await window.shot('76-prune-result');
  await box(`${network}-late`).waitFor();
  await objects.docker.getNetwork(`${network}-late`).remove();
});

test('asks before it removes a named volume', async () => {
  await box(volume).click();
  await window.press(page().getByRole('button', { name: 'Prune 1 Item' }));
  await window.page.getByText(`All files in ${volume} will be deleted.`).waitFor();
  await window.shot('77-prune-volume');
  await window.page.keyboard.press('Escape');
  await box(volume).waitFor();
  expect((await objects.docker.getVolume(volume).inspect()).Name).toBe(volume);
});

test('keeps the filters and the choice when the page was hidden, and has no horizontal scroll bar', async () => {
  await window.openFile('notes.txt');
  await window.page.setViewportSize({ width: 720, height: 900 });
  await window.page.getByRole('tab', { name: 'Prune' }).click();
  await expect.poll(() => box(volume).isChecked()).toBe(true);
  await expect
    .poll(() => page().getByRole('textbox', { name: 'Filter by name or reason' }).inputValue())
    .toBe(mark);
  const root = 'document.documentElement';
  const overflow = `${root}.scrollWidth - ${root}.clientWidth`;
  await expect.poll(() => page().locator('body').evaluate(overflow)).toBe(0);
  await window.shot('78-prune-narrow');
});

test('is shown in Chinese', async () => {
  await window.close();
  window = await openWindow({ language: 'zh-cn' });
  await window.command('Drydock: 清理卷…');
  await page()
    .getByRole('checkbox', { name: `选择 ${volume}`, exact: true })
    .waitFor();
  await window.shot('79-prune-zh');
});
