/** The extension in the web extension host, which has no access to local files and engines. */

import path from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { openWindow, type Window } from './window.ts';

let window: Window;

beforeAll(async () => {
  window = await openWindow({
    copyOf: path.resolve(import.meta.dirname, '../../samples'),
    files: {
      'project/.drydock.json': '{ "rules": { "maintainer": "off" } }',
      'project/.dockerignore': 'secret.txt\n',
      'project/secret.txt': '',
      'project/main.go': '',
      'project/api.Dockerfile':
        'FROM golang:1.26\nMAINTAINER someone@example.org\nWORKDIR /src\nCOPY secret.txt ./\n',
    },
    settings: { 'remote.extensionKind': { 'drydock.drydock': ['web'] } },
  });
});
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await window.saveFailure(task.name);
});
afterAll(() => window.close());

test('views report that VS Code in a browser cannot connect to an engine', async () => {
  await window.openSideBar();
  await window.page
    .locator('.sidebar', { hasText: 'VS Code in a browser cannot connect to a Docker engine.' })
    .waitFor();
  await window.shot('browser-1-views');
});

test('does not list commands that need an engine in the palette', async () => {
  await window.page.keyboard.press('F1');
  await window.quickInput().fill('>Drydock: ');
  const offered = window.page.locator('.quick-input-list [role=option]');
  await offered.filter({ hasText: 'Focus on Containers View' }).waitFor();
  // In alphabetical order, these would come before it.
  expect((await offered.allInnerTexts()).join('\n')).not.toMatch(/Attach to|Build Image|Copy /);
  await window.page.keyboard.press('Escape');
});

test('lists problems and fixes one with a quick fix', async () => {
  await window.openFile('mistakes/Dockerfile');
  const problems = await window.openProblems();
  for (const rule of ['maintainer', 'full-width-punctuation'])
    await problems.getByText(rule, { exact: true }).first().waitFor();
  await window.goTo(3, 3);
  await window.chooseQuickFix('label');
  await window.editorLine(/^LABEL .*someone@example\.org/).waitFor();
  await problems.getByText('maintainer', { exact: true }).first().waitFor({ state: 'detached' });
});

test('completes images and tags, and shows a hover for an instruction', async () => {
  await window.openFile('python-service/Dockerfile');
  const keyword = window.page.locator('.view-line span', { hasText: /^WORKDIR$/ }).first();
  await window.seeHover(keyword, /WORKDIR <path>/);
  await window.goTo(1, 1);
  await window.page.keyboard.press('Control+End');
  await window.page.keyboard.type('\nFROM python:');
  const suggestions = window.page.locator('.suggest-widget.visible');
  await suggestions.locator('.monaco-list-row', { hasText: 'slim' }).first().waitFor();
  await window.shot('browser-2-completion');
});

test('reads the configuration, the .dockerignore and the files of a project', async () => {
  await window.openFile('project/api.Dockerfile');
  const problems = await window.openProblems();
  const { page } = window;
  // The list renders only visible rows, and other files have problems too.
  await page.getByPlaceholder(/^Filter/).fill('**/api.Dockerfile');
  await problems.getByText('copy-ignored', { exact: true }).first().waitFor();
  expect(await problems.getByText('maintainer', { exact: true }).count()).toBe(0);
  await window.goTo(5, 1);
  await page.keyboard.type('COPY ma');
  await page.keyboard.press('Control+Space');
  const suggestions = page.locator('.suggest-widget.visible');
  await suggestions.locator('.monaco-list-row', { hasText: 'main.go' }).first().waitFor();
  await window.shot('browser-3-files');
});
