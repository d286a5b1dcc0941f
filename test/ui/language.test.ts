/** Editing a Dockerfile: problems, quick fixes, completion and hovers. */

import path from 'node:path';
import { afterAll, afterEach, beforeAll, test } from 'vitest';
import { openWindow, type Window } from './window.ts';

let window: Window;

beforeAll(async () => {
  window = await openWindow({ copyOf: path.resolve(import.meta.dirname, '../../samples') });
});
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await window.saveFailure(task.name);
});
afterAll(() => window.close());

test('underlines problems and lists them with their rules', async () => {
  await window.openFile('mistakes/Dockerfile');
  await window.page.locator('[class*="squiggly-"]').first().waitFor();
  const problems = await window.openProblems();
  for (const rule of ['maintainer', 'legacy-key-value', 'full-width-punctuation']) {
    await problems.getByText(rule, { exact: true }).first().waitFor();
  }
  await window.shot('01-problems');
});

test('applies a quick fix of the lightbulb', async () => {
  await window.goTo(3, 3);
  await window.chooseQuickFix('label', () => window.shot('02-quick-fix'));
  await window.editorLine(/^LABEL .*someone@example\.org/).waitFor();
  const problems = await window.openProblems();
  const rule = problems.getByText('maintainer', { exact: true }).first();
  await rule.waitFor({ state: 'detached' });
});

test('completes an instruction', async () => {
  await window.openFile('node-service/Dockerfile');
  await window.goTo(1, 1);
  await window.page.keyboard.press('Control+End');
  await window.page.keyboard.press('Enter');
  await window.page.keyboard.type('STOPS');
  const suggestions = window.page.locator('.suggest-widget.visible');
  await suggestions.locator('.monaco-list-row', { hasText: 'STOPSIGNAL' }).waitFor();
  await window.shot('03-completion');
  await window.page.keyboard.press('Enter');
  await window.editorLine(/^STOPSIGNAL/).waitFor();
});

test('shows a hover for an instruction', async () => {
  await window.openFile('python-service/Dockerfile');
  const keyword = window.page.locator('.view-line span', { hasText: /^WORKDIR$/ }).first();
  await window.seeHover(keyword, /WORKDIR <path>/);
  await window.shot('04-hover');
});
