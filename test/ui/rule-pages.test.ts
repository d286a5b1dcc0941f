/** The page of a rule opens from each place where its name is shown, without a network. */

import type { Locator } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { openWindow, type Window } from './window.ts';

const dockerfile = 'FROM alpine:3.22\n# drydock ignore=no-root\nRUN apk add curl\n';
const settings = '{ "drydock.lint.rules": { "apk-no-cache": "error" } }\n';

let window: Window;

beforeAll(async () => {
  window = await openWindow({
    files: { Dockerfile: dockerfile, '.vscode/settings.json': settings },
  });
});
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await window.saveFailure(task.name);
});
afterAll(() => window.close());

/** The heading of the Markdown preview that is open. */
function heading(text: string): Locator {
  return window.webview().locator('h1', { hasText: text });
}

/** Waits for the page and closes it. */
async function seePage(title: string, picture?: string): Promise<void> {
  await heading(title).waitFor();
  if (picture !== undefined) await window.shot(picture);
  const tab = window.page.getByRole('tab', { name: new RegExp(`^(Preview )?${title}\\.md`) });
  await tab.getByRole('button', { name: /^Close/ }).click();
  await tab.waitFor({ state: 'detached' });
}

test('from the Problems view', async () => {
  await window.openFile('Dockerfile');
  const problems = await window.openProblems();
  await problems.locator('a', { hasText: 'apk-no-cache' }).first().click();
  await seePage('apk-no-cache', '70-rule-page');
});

test('from the hover over a finding', async () => {
  await window.openFile('Dockerfile');
  const word = window.page.locator('.view-line span', { hasText: /apk/ }).last();
  const link = window.page.locator('.monaco-hover:visible a', { hasText: 'apk-no-cache' });
  await window.seeHover(word, /apk-no-cache/);
  await window.shot('71-rule-in-hover');
  await link.click();
  await seePage('apk-no-cache');
});

test('from the lightbulb', async () => {
  await window.openFile('Dockerfile');
  await window.goTo(3, 6);
  await window.chooseQuickFix('Explain This Rule: apk-no-cache', () =>
    window.shot('72-explain-action'),
  );
  await seePage('apk-no-cache');
});

test('from the settings', async () => {
  await window.openFile('.vscode/settings.json');
  const word = window.page.locator('.view-line span', { hasText: /^"apk-no-cache"$/ }).first();
  await window.seeHover(word, /Explain This Rule/);
  await window.page.locator('.monaco-hover:visible').getByText('Explain This Rule').first().click();
  await seePage('apk-no-cache');
});

test('from the palette, the list of all rules, which leads to each', async () => {
  await window.command('Drydock: Show Lint Rules');
  await heading('Rules').waitFor();
  await window.shot('73-rule-list');
  await window.webview().locator('a', { hasText: 'apk-no-cache' }).first().click();
  await heading('apk-no-cache').waitFor();
  expect(await window.webview().locator('h2', { hasText: 'Why' }).count()).toBe(1);
});
