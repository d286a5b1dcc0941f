/** Builds images from Dockerfiles in the editor: the page of the build, the status bar, and what is shown in the text. */

import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { FrameLocator, Locator } from 'playwright-core';
import { findings } from './accessibility.ts';
import { EngineObjects } from './engine-objects.ts';
import { openWindow, type Window } from './window.ts';

const objects = new EngineObjects();
let window: Window;
let files: Readonly<Record<string, string>>;

beforeAll(async () => {
  const base = await objects.image('base');
  // BuildKit shares the steps of builds that run at the same time, and names them once.
  const own = await objects.image('own');
  files = {
    'shop/Dockerfile': `FROM ${base} AS base
WORKDIR /app

FROM base AS deps
COPY package.json ./
RUN printf '\\033[33mwarn\\033[0m deprecated glob@7.2.3\\n' && dd if=/dev/zero of=/app/modules bs=1M count=6

FROM base AS tools
RUN echo nobody needs this stage

FROM base
COPY --from=deps /app/modules /app/modules
COPY greeting.txt /
RUN cat /greeting.txt && dd if=/dev/zero of=/app/cache bs=1M count=2
CMD ["cat", "/greeting.txt"]
`,
    'shop/package.json': '{}\n',
    'shop/greeting.txt': 'Hello from the context\n',
    'shop/.dockerignore': 'secret.txt\n',
    'slow/Dockerfile': `FROM ${own} AS build
RUN printf '\\033[32mready\\033[0m\\n' && sleep 1000

FROM ${own}
COPY --from=build /a /a
`,
    'copy/Dockerfile': `FROM ${base}\nCOPY greting.txt /\n`,
    'copy/greeting.txt': 'Hello\n',
    'broken/Dockerfile': `FROM ${base} AS build
WORKDIR /src
RUN echo before && cat /etc/passwd ; tscx --version

FROM ${base}
COPY --from=build /src /src
`,
  };
  window = await openWindow({ files });
});
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await window.saveFailure(task.name);
});
afterAll(async () => {
  await window.close();
  await objects.remove();
});

function page(): FrameLocator {
  return window.webview();
}

/** A step in the list, by its text. */
function step(text: string | RegExp): Locator {
  return page().locator('.st').filter({ hasText: text });
}

function statusItem(): Locator {
  return window.page
    .locator('[id="drydock.drydock.drydock.dockerfile.show-build"], [id*="dockerfile.show-build"]')
    .first();
}

test('shows a running build, which continues without its page, and cancels it', async () => {
  await window.build('slow/Dockerfile', objects.imageName('slow'));
  await page().locator('.log .ansi-green').waitFor();
  await step('RUN printf').locator('[aria-label=running]').waitFor();
  await step('COPY --from=build').locator('[aria-label=waiting]').waitFor();
  await expect.poll(() => statusItem().textContent()).toMatch(/slow-.*, step \d of 4/);
  expect(await findings(window, '20-build-running')).toEqual([]);
  await window.command('View: Close Editor');
  await page().locator('.st').first().waitFor({ state: 'detached' });
  await statusItem().click();
  await page().locator('.log .ansi-green').waitFor();
  await window.press(page().getByRole('button', { name: 'Cancel' }));
  await page().getByText('No image was created').waitFor();
  await step('RUN printf').getByText('cancelled').first().waitFor();
  await window.shot('20-build-cancelled');
});

test('builds an image and shows its costs', async () => {
  const image = objects.imageName('shop');
  await window.openSideBar();
  await window.build('shop/Dockerfile', image);
  await page().getByText('Image size').waitFor();
  await window.row(image).waitFor();
  const stages = page().locator('.stage > span:nth-child(2)');
  expect(await stages.allTextContents()).toEqual(['Preparation', 'base', 'deps', 'Stage 4']);
  await step('RUN cat').click();
  await page().getByText('Hello from the context').waitFor();
  expect(await findings(window, '21-build-finished')).toEqual([]);
  const { RootFS } = await objects.docker.getImage(image).inspect();
  expect(RootFS.Layers?.length).toBeGreaterThan(1);
  await window.openFile('shop/Dockerfile');
  await expect.poll(costs).toContainEqual(expect.stringMatching(/^2\.1 MB · /));
  await window.page.getByText(/image \d.* \| built at/).waitFor();
  await window.shot('22-costs');
});

test('builds again in the same tab, with the difference to the build before', async () => {
  const image = objects.imageName('shop');
  await window.build('shop/Dockerfile', image);
  await page().getByText('unchanged', { exact: true }).waitFor();
  await expect.poll(() => step(/cached$/).count()).toBeGreaterThan(4);
  expect(await window.page.getByRole('tab', { name: `Build ${image}` }).count()).toBe(1);
  await window.command('View: Close All Editors');
});

test('shows where a build failed, on the page and in the editor', async () => {
  const image = objects.imageName('broken');
  await window.build('broken/Dockerfile', image);
  await page().getByRole('button', { name: 'Go to Line 3' }).waitFor();
  expect(await page().locator('.sq').textContent()).toBe('tscx');
  expect(await page().locator('.decisive').textContent()).toContain('tscx: not found');
  await step('COPY --from=build').getByText('not started').waitFor();
  expect(await findings(window, '23-build-failed')).toEqual([]);
  await window.press(page().getByRole('button', { name: 'Go to Line 3' }));
  await window.page.locator('.squiggly-error').first().waitFor();
  const problems = await window.openProblems();
  await problems.getByText(/tscx/).first().waitFor();
  await window.shot('24-problem');
});

test('the page of a build has no horizontal scroll bar when it is narrow', async () => {
  const { page: browser } = window;
  await browser.setViewportSize({ width: 700, height: 900 });
  await browser.getByRole('tab', { name: `Build ${objects.imageName('broken')}` }).click();
  await page().locator('.sq').waitFor();
  for (const selector of ['html', '.steps']) {
    const overflow = () =>
      page()
        .locator(selector)
        .evaluate((element: unknown) => {
          const { scrollWidth, clientWidth } = element as Readonly<Record<string, number>>;
          return (scrollWidth ?? 0) - (clientWidth ?? 0);
        });
    await expect.poll(overflow).toBe(0);
  }
  await window.shot('25-build-narrow');
  await browser.setViewportSize({ width: 1400, height: 900 });
  await window.openFile('broken/Dockerfile');
});

test('the problem moves with the text and disappears when its line is edited', async () => {
  await window.goTo(1, 1);
  await window.page.keyboard.type('ARG A=1');
  await window.page.keyboard.press('Escape');
  await window.page.keyboard.press('Enter');
  const problem = window.page.locator('.markers-panel').getByText('[Ln 4, Col 38]');
  await problem.waitFor();
  await window.goTo(4, 5);
  await window.page.keyboard.type('true && ');
  await problem.waitFor({ state: 'detached' });
  await window.page.locator('.squiggly-error').first().waitFor({ state: 'detached' });
  await window.page.keyboard.press('Control+S');
  await expect
    .poll(() => readFile(path.join(window.workspace, 'broken/Dockerfile'), 'utf8'))
    .toContain('true && ');
});

test('applies a quick fix for the cause of a failure, and shows the output of the build', async () => {
  await window.build('copy/Dockerfile', objects.imageName('copy'));
  await window.press(page().getByRole('button', { name: 'Go to Line 2' }));
  await window.page.locator('.squiggly-error').first().waitFor();
  await window.goTo(2, 7);
  await window.chooseQuickFix('Show Build Output', () => window.shot('26-quick-fix'));
  await page().locator('.sq', { hasText: 'greting.txt' }).waitFor();
  await window.openFile('copy/Dockerfile');
  await window.goTo(2, 7);
  await window.chooseQuickFix('greeting.txt');
  await window.editorLine(/^COPY greeting.txt/).waitFor();
  await window.page.locator('.squiggly-error').first().waitFor({ state: 'detached' });
});

test('the page can be used with the keyboard', async () => {
  await window.command('View: Close All Editors');
  await window.build('broken/Dockerfile', objects.imageName('broken'));
  const failed = step('tscx');
  await failed.focus();
  await failed.press('ArrowLeft');
  await expect.poll(() => failed.getAttribute('aria-expanded')).toBe('false');
  await failed.press('ArrowUp');
  await page().locator('.st:focus', { hasText: 'WORKDIR' }).waitFor();
  await step('WORKDIR').press('Enter');
  const output = page().getByRole('region', { name: 'WORKDIR /src' });
  await output.getByText('No output').waitFor();
});

test('removes an image after confirmation', async () => {
  const image = objects.imageName('shop');
  await window.openSideBar();
  await window.chooseOnRow(window.row(image), /^Remove/);
  await window.confirm('Remove');
  await window.row(image).waitFor({ state: 'detached' });
});

test('shows a running and a failed build in Chinese', async () => {
  await window.close();
  window = await openWindow({ files, language: 'zh-cn' });
  const build = async (dockerfile: string, image: string): Promise<void> => {
    await window.openFile(dockerfile);
    await window.command('Drydock: 构建镜像…');
    await window.answer('名称和标签', image);
  };
  await build('slow/Dockerfile', objects.imageName('slow-zh'));
  await page().locator('.log .ansi-green').waitFor();
  await step('COPY --from=build').locator('[aria-label=等待中]').waitFor();
  await window.shot('27-build-running-zh');
  await window.press(page().getByRole('button', { name: '取消' }));
  await step('RUN printf').getByText('已取消').first().waitFor();
  await window.command('View: Close All Editors');
  await build('broken/Dockerfile', objects.imageName('broken-zh'));
  await page().getByRole('button', { name: '转到第 3 行' }).waitFor();
  await window.shot('28-build-failed-zh');
});

/** The part of the window object that is used in the page, as the types of the DOM are not available here. */
interface Styles {
  getComputedStyle(element: unknown, part: string): { readonly content: string };
}

/** The costs in the open editor; they are contents of pseudo elements. */
function costs(): Promise<readonly string[]> {
  return window.page
    .locator('.editor-instance .view-line span')
    .evaluateAll((elements: unknown[]) =>
      elements
        .flatMap((element) =>
          ['::before', '::after'].map(
            (part) => (globalThis as unknown as Styles).getComputedStyle(element, part).content,
          ),
        )
        .filter((content) => content.startsWith('"') && content.length > 2)
        .map((content) => content.slice(1, -1).replaceAll('\u00a0', ' ')),
    );
}
