/** The layers page: sizes, files and wasted space of an image, links to its Dockerfile, in all themes and in Chinese. */

import { finished } from 'node:stream/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { FrameLocator } from 'playwright-core';
import { pack } from 'tar-stream';
import { findings } from './accessibility.ts';
import { EngineObjects } from './engine-objects.ts';
import { openWindow, type Window, type WindowOptions } from './window.ts';

const objects = new EngineObjects();
let base: string;
let image: string;
let dockerfile: string;

function dockerfileFrom(name: string): string {
  return `# The API of the shop.
FROM ${name}
ENV NODE_ENV=production
WORKDIR /app
COPY package.json package-lock.json ./
RUN mkdir -p node_modules/.cache/esbuild node_modules/.cache/babel-loader node_modules/typescript && \\
    head -c 1420000 /dev/zero > node_modules/.cache/esbuild/bin && \\
    head -c 220000 /dev/zero > node_modules/.cache/babel-loader/cache && \\
    for i in $(seq 1 400); do mkdir node_modules/p$i && head -c $((i * 90)) /dev/zero > node_modules/p$i/index.js; done && \\
    head -c 910000 /dev/zero > node_modules/typescript/tsc.js && \\
    mkdir -p /root && echo x > /root/.npmrc && echo '{}' > package.json
COPY src ./src
COPY dist ./dist
RUN rm -rf node_modules/.cache src
RUN chown -R 1000:1000 /app/dist
USER 1000
CMD ["node", "dist/server.js"]
`;
}

/** Builds the Dockerfile, as a user would in a terminal. */
async function buildImage(name: string): Promise<string> {
  const built = objects.imageName(name);
  const context = pack();
  context.entry({ name: 'Dockerfile' }, dockerfile);
  context.entry({ name: 'package.json' }, '{ "name": "shop-api" }');
  context.entry({ name: 'package-lock.json' }, 'x'.repeat(200_000));
  for (let at = 0; at < 90; at++) context.entry({ name: `src/file${at}.ts` }, 'x'.repeat(1200));
  for (const file of ['server.js', 'server.js.map', 'shop.js.map'])
    context.entry({ name: `dist/${file}` }, 'x'.repeat(400_000));
  context.finalize();
  const answer = await objects.docker.buildImage(context as unknown as NodeJS.ReadableStream, {
    t: built,
  });
  await finished(answer.resume());
  return built;
}

beforeAll(async () => {
  base = await objects.image('node');
  dockerfile = dockerfileFrom(base);
  image = await buildImage('shop-api');
});
afterAll(() => objects.remove());

let window: Window;
const page = (): FrameLocator => window.webview();

async function open(options: WindowOptions = {}): Promise<void> {
  window = await openWindow({ files: { 'api/Dockerfile': dockerfile }, ...options });
  if (options.language === undefined) await window.openSideBar();
  else await window.page.locator('.activitybar').getByRole('tab', { name: 'Drydock' }).click();
  const repository = image.split(':')[0] ?? '';
  await window.row(repository).waitFor();
  await window.row(repository).click();
  await window.page.keyboard.press('ArrowRight');
}

async function showLayers(entry = /Show (Image )?Layers/): Promise<void> {
  await window.chooseOnRow(window.row(image), entry);
  // The page is complete when the files are listed.
  await page().getByRole('treeitem').first().waitFor();
}

function layerRow(text: string | RegExp) {
  return page().getByRole('row').filter({ hasText: text });
}

afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await window.saveFailure(task.name);
});

describe('layers page', () => {
  beforeAll(() => open());
  afterAll(() => window.close());

  test('shows layers with instructions, lines, sizes, files and wasted space', async () => {
    await showLayers();
    await page().getByText('built just now from').waitFor();
    const install = layerRow('mkdir -p node_modules');
    await install.getByText('line 6').waitFor();
    expect(await install.getAttribute('aria-selected')).toBe('true');
    expect(await layerRow(/rm -rf/).innerText()).toContain('92');
    const wasted = page().getByRole('region', { name: 'Wasted space' });
    await wasted.getByText('/app/node_modules/.cache').waitFor();
    await wasted.getByText('Remove it in the same RUN.').waitFor();
    await wasted.getByText('COPY --chown').waitFor();
    expect(await findings(window, '95-layers')).toEqual([]);
  });

  test('reports which layer made a path, and completes a part of it', async () => {
    const search = page().getByRole('textbox', { name: 'Which layer made this path?' });
    await search.fill('cache/esb');
    await page()
      .getByRole('button', { name: '/app/node_modules/.cache/esbuild', exact: true })
      .click();
    const answer = page().getByRole('status').filter({ hasText: 'Added in layer 4' });
    await answer.getByText('removed in layer 7').waitFor();
    await answer.getByRole('button', { name: 'line 14' }).waitFor();
    await search.fill('/not/there');
    await page().getByText('No layer has this path.').waitFor();
    await search.fill('/app/node_modules/.cache/esbuild');
    await answer.waitFor();
  });

  test('moves in the tree by keyboard, and loads a directory while it is scrolled', async () => {
    const tree = page().getByRole('tree');
    await window.press(page().getByRole('button', { name: 'Collapse All' }));
    await tree.press('Home');
    await tree.press('ArrowRight');
    await page()
      .getByRole('treeitem', { name: /^node_modules / })
      .click();
    await page()
      .getByRole('treeitem', { name: /^typescript/ })
      .waitFor();
    // The end moves as long as rows are loaded.
    const last = page().getByRole('treeitem', { name: /^p1 90 B/ });
    await expect
      .poll(async () => {
        await tree.press('End');
        return last.count();
      })
      .toBe(1);
    await tree.press('Home');
    await expect.poll(() => tree.getAttribute('aria-activedescendant')).toMatch(/-0$/);
  });

  test('sorts, and shows instructions without a layer in their place', async () => {
    await window.press(page().getByRole('button', { name: 'Wasted', exact: true }));
    const rows = page().locator('tbody tr');
    await expect.poll(() => rows.first().innerText()).toContain('mkdir -p node_modules');
    await page()
      .getByRole('button', { name: /^Show: 3 instructions/ })
      .click();
    await expect.poll(() => rows.count()).toBe(8 + 3);
    await expect.poll(() => rows.last().innerText()).toContain('CMD');
    await window.shot('95-layers-others');
    await page()
      .getByRole('button', { name: /^Hide: / })
      .click();
    await window.press(page().getByRole('button', { name: 'Size', exact: true }));
  });

  test('goes to the line, and keeps its state while it is hidden', async () => {
    await layerRow('rm -rf').click();
    await page()
      .getByRole('treeitem', { name: /removed/i })
      .first()
      .waitFor();
    await layerRow('rm -rf').getByRole('button', { name: 'line 14' }).click();
    await window.editorLine(/RUN rm -rf node_modules/).waitFor();
    await expect.poll(() => window.page.locator('.statusbar').innerText()).toContain('Ln 14');
    await window.page.getByRole('tab', { name: `Layers of ${image}` }).click();
    await page().getByRole('treeitem').first().waitFor();
    expect(await layerRow('rm -rf').getAttribute('aria-selected')).toBe('true');
    const search = page().getByRole('textbox', { name: 'Which layer made this path?' });
    expect(await search.inputValue()).toBe('/app/node_modules/.cache/esbuild');
  });

  test('follows edits of the Dockerfile', async () => {
    await window.openFile('api/Dockerfile');
    await window.goTo(3, 1);
    await window.page.keyboard.type('LABEL a=b');
    // Enter would accept a suggestion.
    await window.page.keyboard.press('Escape');
    await window.page.keyboard.press('Enter');
    await window.page.getByRole('tab', { name: `Layers of ${image}` }).click();
    await page().getByText('1 edit since').waitFor();
    await layerRow('rm -rf').getByText('line 15').waitFor();
    await window.openFile('api/Dockerfile');
    await window.goTo(3, 1);
    await window.page.keyboard.press('Control+Shift+K');
    await window.page.getByRole('tab', { name: `Layers of ${image}` }).click();
    await layerRow('rm -rf').getByText('line 14').waitFor();
  });

  test('fits a narrow page', async () => {
    await window.page.setViewportSize({ width: 770, height: 1100 });
    const root = 'document.documentElement';
    const overflow = `${root}.scrollWidth - ${root}.clientWidth`;
    await expect.poll(() => page().locator('body').evaluate(overflow)).toBe(0);
    await layerRow('mkdir -p node_modules').click();
    await page()
      .getByRole('treeitem', { name: /^typescript/ })
      .waitFor();
    await window.shot('95-layers-narrow');
  });
});

describe('comparison of layers', () => {
  beforeAll(() => open());
  afterAll(() => window.close());

  test('compares the image with another one', async () => {
    await showLayers();
    await window.press(page().getByRole('button', { name: 'Compare with…' }));
    await window.pick(base);
    await window.page.getByRole('tab', { name: `${base} ↔ ${image}` }).waitFor();
    const lines = window.page.locator('.monaco-diff-editor .view-line');
    await lines.filter({ hasText: '"dist/server.js"' }).first().waitFor();
    await window.shot('95-layers-compare');
  });
});

describe.each([
  ['hc-light', { settings: { 'workbench.colorTheme': 'Default High Contrast Light' } }],
  ['zh', { language: 'zh-cn' }],
] as const)('layers page, %s', (name, options) => {
  beforeAll(() => open(options));
  afterAll(() => window.close());

  test('shows the page', async () => {
    await showLayers(name === 'zh' ? /显示.*层/ : undefined);
    await layerRow('mkdir -p node_modules')
      .getByText(name === 'zh' ? '第 6 行' : 'line 6')
      .waitFor();
    await window.shot(`95-layers-${name}`);
  });
});
