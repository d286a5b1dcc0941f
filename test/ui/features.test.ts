/** Editor features for Dockerfiles: completion, rename, call hierarchy, outline, colors, refactoring and code lenses. */

import type { Locator } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { retryTimeout, retry } from './retry.ts';
import { openWindow, type Window } from './window.ts';

const dockerfile = `FROM node:24-slim AS dependencies
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --omit=dev && npm cache clean --force

FROM node:24-slim
WORKDIR /app
COPY --from=dependencies /app/node_modules ./node_modules
RUN <<EOF
set -eu
if [ -d "$HOME" ]; then
  echo "home is $HOME" # for the log
fi
EOF
USER node
CMD ["node", "server.js"]
`;

let window: Window;

beforeAll(async () => {
  window = await openWindow({
    files: { 'service.Dockerfile': dockerfile, 'new.Dockerfile': '\n' },
  });
});
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await window.saveFailure(task.name);
});
afterAll(() => window.close());

/** Types at the end of the open file and waits for a completion. */
async function waitForCompletion(typed: string, row: RegExp): Promise<void> {
  await window.page.keyboard.press('Control+End');
  await window.page.keyboard.type(typed);
  await window.page.keyboard.press('Control+Space');
  const rows = window.page.locator('.suggest-widget.visible .monaco-list-row');
  await rows.filter({ hasText: row }).first().waitFor();
}

/** A code lens above a stage. */
function lens(title: string): Locator {
  return window.page.locator('.codelens-decoration a', { hasText: title }).first();
}

/** Deletes the typed line. */
async function clearLine(): Promise<void> {
  await window.page.keyboard.press('Escape');
  await window.page.keyboard.press('End');
  await window.page.keyboard.press('Shift+Home');
  await window.page.keyboard.press('Delete');
}

test('completes tags of official images', async () => {
  await window.openFile('new.Dockerfile');
  await window.goTo(1, 1);
  await waitForCompletion('FROM python:', /slim/);
  await window.shot('40-tags');
  await clearLine();
});

test('completes stages for COPY --from', async () => {
  await window.openFile('service.Dockerfile');
  await window.goTo(1, 1);
  // Code lenses move the lines down when they appear, which closes an open menu.
  await lens('Build this stage').waitFor();
  await waitForCompletion('COPY --from=', /dependencies/);
  await window.shot('41-stages');
  await clearLine();
});

test('completes mount types for RUN', async () => {
  await waitForCompletion('RUN --mount=', /cache/);
  await window.shot('42-mounts');
  await clearLine();
});

test('completes package names', async () => {
  await waitForCompletion('RUN apt-get install -y --no-install-recommends pro', /procps/);
  await window.shot('48-packages');
  await clearLine();
});

test('completes a whole JSON array and the strings in it', async () => {
  await waitForCompletion('CMD ', /"node", "server.js"|"npm", "start"/);
  await window.shot('49-array');
  await clearLine();
  // The editor closes the bracket and the quote, so completion must not insert them again.
  await waitForCompletion('ENTRYPOINT ["no', /^\["node"/);
  await window.shot('50-array-begun');
  await window.page.keyboard.press('Enter');
  await window.editorLine(/^ENTRYPOINT \["node", "server.js"\]$/).waitFor();
  await clearLine();
  await waitForCompletion('ENTRYPOINT ["npm", "st', /^start/);
  await window.page.keyboard.press('Enter');
  await window.editorLine(/^ENTRYPOINT \["npm", "start"\]$/).waitFor();
  await clearLine();
});

test('renames a stage in all places', async () => {
  await window.goTo(1, 24);
  await window.page.keyboard.press('F2');
  const input = window.page.locator('.rename-box input');
  await input.waitFor();
  await input.fill('packages');
  await window.shot('43-rename');
  await window.page.keyboard.press('Enter');
  await window.editorLine(/^FROM node:24-slim AS packages/).waitFor();
  await window.editorLine(/^COPY --from=packages/).waitFor();
});

test('shows the stages that use a stage in the call hierarchy', async () => {
  await window.goTo(1, 24);
  await window.page.keyboard.press('Shift+Alt+H');
  const stages = window.page.locator('.sidebar').getByRole('treeitem');
  await stages
    .filter({ hasText: /^packages\s*node:24-slim/ })
    .first()
    .waitFor();
  // A stage without a name is shown with its number.
  await stages
    .filter({ hasText: /^stage 1\s*node:24-slim/ })
    .first()
    .waitFor();
  await window.shot('54-call-hierarchy');
});

test('shows stages in the outline', async () => {
  await window.command('Explorer: Focus on Outline View');
  const outline = window.page.locator('.outline-pane');
  await outline
    .getByRole('treeitem', { name: /packages/ })
    .first()
    .waitFor();
  await window.shot('44-outline');
});

test('highlights the script in a heredoc', async () => {
  const line = window.editorLine(/echo "home is/);
  await expect.poll(() => line.locator('[class*="mtk"]').count()).toBeGreaterThan(3);
  await window.shot('45-heredoc');
});

test('converts a command chain to a heredoc', async () => {
  // VS Code updates code lenses only while the editor has the focus; outdated ones cannot be clicked.
  await window.goTo(4, 6);
  await lens('Build this stage').waitFor();
  const entry = window.page
    .locator('.action-widget')
    .getByRole('option', { name: /heredoc/i })
    .first();
  const open = (): Promise<void> => window.page.keyboard.press('Control+Shift+R');
  await window.chooseAction(open, entry, () => window.shot('46-refactoring'));
  await window.editorLine(/^npm ci --omit=dev$/).waitFor();
});

test('starts a build with the code lens of a stage', async () => {
  await window.goTo(1, 1);
  const question = window.page.locator('.quick-input-widget').filter({ visible: true });
  // A code lens is rendered again when the text before it has changed.
  await retry(async () => {
    await lens('Build this stage').click();
    await question.waitFor({ timeout: retryTimeout });
  });
  await window.shot('51-lens');
  await window.page.keyboard.press('Escape');
});
