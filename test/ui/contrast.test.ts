/** Pages in high contrast themes: borders and lines are visible. */

import type { FrameLocator } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { EngineObjects } from './engine-objects.ts';
import { openWindow, type Window } from './window.ts';

/** The part of the window object that is used in the page, as the types of the DOM are not available here. */
interface Styles {
  getComputedStyle(element: unknown): Readonly<Record<string, string>>;
}

const objects = new EngineObjects();
let image: string;
let web: string;
beforeAll(async () => {
  image = await objects.image('contrast');
  web = await objects.container('contrast', image);
});
afterAll(() => objects.remove());

describe.each([
  ['dark', 'Default High Contrast', 'vscode-high-contrast'],
  ['light', 'Default High Contrast Light', 'vscode-high-contrast-light'],
])('high contrast, %s', (shade, theme, kind) => {
  let window: Window;
  const page = (): FrameLocator => window.webview();

  const styleOf = async (label: string, property: string): Promise<string> => {
    const field = page().getByLabel(label, { exact: true });
    const read = (element: unknown, name: string) =>
      (globalThis as unknown as Styles).getComputedStyle(element)[name] ?? '';
    return field.evaluate(read, property);
  };

  beforeAll(async () => {
    window = await openWindow({
      files: {
        'broken/Dockerfile': `FROM ${image}\nRUN echo before && tscx --version\n`,
        'other/Dockerfile': 'FROM scratch\n',
      },
      settings: { 'workbench.colorTheme': theme },
    });
    await window.openSideBar();
  });
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await window.saveFailure(task.name);
  });
  afterAll(() => window.close());

  test('the run form shows borders and errors', async () => {
    await window.clickOnRow(window.row(image), /^Run/);
    await page().getByLabel('Name', { exact: true }).fill(web);
    await page().getByText(`Container ${web} already exists`).waitFor();
    await expect.poll(() => page().locator('body').getAttribute('class')).toContain(kind);
    const width = async () => parseFloat(await styleOf('Command', 'borderTopWidth'));
    await expect.poll(width).toBeGreaterThan(0);
    await expect.poll(() => styleOf('Name', 'borderTopStyle')).toBe('dashed');
    await window.shot(`90-${shade}-form`);
  });

  test('the page of a build shows borders around output and the open step', async () => {
    await window.build('broken/Dockerfile', objects.imageName('broken'));
    await page().getByRole('button', { name: 'Go to Line 2' }).waitFor();
    const width = (selector: string, property: string) =>
      page()
        .locator(selector)
        .first()
        .evaluate(
          (element: unknown, name: string) =>
            parseFloat((globalThis as unknown as Styles).getComputedStyle(element)[name] ?? ''),
          property,
        );
    await expect.poll(() => width('.xp.fail', 'borderTopWidth')).toBeGreaterThan(0);
    await expect.poll(() => width('.st.open', 'outlineWidth')).toBeGreaterThan(0);
    await window.shot(`90-${shade}-build`);
  });

  test('the stats page shows lines', async () => {
    await window.chooseOnRow(window.row(`${web}, up`), /^Show (Container )?Stats/);
    const line = page().locator('figure.cpu .line');
    await expect.poll(() => line.getAttribute('d')).toMatch(/^M.+L/);
    await window.shot(`90-${shade}-stats`);
  });
});
