/** The build context: ignore files in the editor, the page of a Dockerfile's context, and a proposed ignore file. */

import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { findings } from './accessibility.ts';
import { openWindow, type Window } from './window.ts';

let window: Window;

beforeAll(async () => {
  window = await openWindow({
    files: {
      'shop/Dockerfile': 'FROM node:24\nCOPY package.json ./\nCOPY src ./src\nRUN npm ci\n',
      'shop/.dockerignore':
        '# dependencies\nnode_modules\n!node_modules/keep\n**/*.log\ndebug.log\n',
      'shop/package.json': '{}\n',
      'shop/src/server.ts': 'x'.repeat(120_000),
      'shop/src/debug.log': 'x'.repeat(40_000),
      'shop/docs/guide.md': 'x'.repeat(900_000),
      'shop/docs/img/a.png': 'x'.repeat(300_000),
      'shop/node_modules/left-pad/index.js': 'x'.repeat(2_500_000),
      'shop/node_modules/keep/index.js': 'x'.repeat(1000),
      'bare/Dockerfile': 'FROM node:24\nCOPY . .\n',
      'bare/.env': 'TOKEN=1\n',
      'bare/node_modules/a/index.js': 'x',
    },
  });
});
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await window.saveFailure(task.name);
});
afterAll(() => window.close());

test('reports a pattern that matches nothing, and hovers with what a line matches', async () => {
  await window.openFile('shop/.dockerignore');
  const language = window.page.locator('.statusbar').getByRole('button', { name: 'Docker Ignore' });
  await language.waitFor();
  const problems = await window.openProblems();
  await problems
    .getByText('Matches nothing at this place; `**/debug.log` matches 1 path')
    .waitFor();
  const word = window
    .editorLine(/^node_modules$/)
    .locator('span span')
    .first();
  await window.seeHover(word, /Excludes: 2 files · 3 directories · 2.5 MB/);
  await window.shot('80-ignore-file');
  await window.page.keyboard.press('Escape');
});

test('completes the paths of the context', async () => {
  await window.goTo(6, 1);
  await window.page.keyboard.type('do');
  await window.page.keyboard.press('Control+Space');
  const suggestion = window.page.locator('.suggest-widget [role=option]', { hasText: 'docs' });
  await suggestion.first().waitFor();
  await window.page.keyboard.press('Escape');
  await window.command('File: Revert File');
});

test('shows what is in the build context, what is excluded, and what no instruction uses', async () => {
  await window.openFile('shop/Dockerfile');
  await window.command('Drydock: Show Build Context');
  const page = window.webview();
  await page.getByRole('heading', { name: 'Build Context of shop/Dockerfile' }).waitFor();
  await page.getByRole('row', { name: /^docs .*1\.2 MB/ }).waitFor();
  await page.getByRole('row', { name: /^src / }).click();
  await page.getByRole('row', { name: /^server\.ts .*120 kB/ }).waitFor();
  await page.getByPlaceholder('Why is this path').fill('src/debug.log');
  await page.locator('.find', { hasText: 'Excluded by **/*.log' }).waitFor();
  await window.shot('81-build-context');
  await page.getByRole('button', { name: 'Excluded', exact: true }).click();
  await page.getByRole('row', { name: /^node_modules .*Excluded by node_modules/ }).waitFor();
  await window.shot('82-build-context-excluded');
});

test('is readable in all themes and in a narrow column', async () => {
  expect(await findings(window, '83-build-context')).toEqual([]);
  await window.page.setViewportSize({ width: 640, height: 900 });
  interface Sized {
    readonly scrollWidth: number;
    readonly clientWidth: number;
  }
  const width = (): Promise<number> =>
    window
      .webview()
      .locator('body')
      .evaluate((body: Sized) => body.scrollWidth - body.clientWidth);
  await expect.poll(width).toBe(0);
  await window.shot('84-build-context-narrow');
  await window.page.setViewportSize({ width: 1440, height: 900 });
});

test('adds an unused directory to the ignore file', async () => {
  const page = window.webview();
  await page.getByRole('button', { name: 'Add to Ignore File: docs/' }).click();
  await page.getByRole('row', { name: /^docs .*Excluded by docs/ }).waitFor();
  const text = await readFile(path.join(window.workspace, 'shop/.dockerignore'), 'utf8');
  expect(text).toMatch(/\ndocs\n$/);
});

test('opens the line of a pattern', async () => {
  const page = window.webview();
  await page.getByRole('row', { name: /^node_modules / }).getByRole('button', { name: 'line 2' }).click(); // prettier-ignore
  const position = window.page.locator('.statusbar').getByRole('button', { name: /^Ln / });
  await expect.poll(() => position.textContent()).toMatch(/Ln 2, Col 1/);
});

test('proposes an ignore file, which is written when it is saved', async () => {
  await window.openFile('bare/Dockerfile');
  await window.command('Drydock: Create .dockerignore');
  await window.editorLine(/^\*\*\/node_modules$/).waitFor();
  await window.shot('85-proposed-ignore-file');
  const file = path.join(window.workspace, 'bare/.dockerignore');
  await expect(readFile(file)).rejects.toThrow();
  await window.page.keyboard.press('Control+S');
  await expect.poll(() => readFile(file, 'utf8').catch(() => '')).toMatch(/^\*\*\/\.env$/m);
});
