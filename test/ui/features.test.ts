/** What an editor can ask about a Dockerfile, asked by a person: lists, names, colours, the outline, a refactoring. */

import type { Locator } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { moment, persistently } from './patience.ts';
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
  if (task.result?.state === 'fail') await window.shotOfFailure(task.name);
});
afterAll(() => window.close());

/** Types at the end of the open file and waits for a row of the list that comes up. */
async function offered(typed: string, row: RegExp): Promise<void> {
  await window.page.keyboard.press('Control+End');
  await window.page.keyboard.type(typed);
  await window.page.keyboard.press('Control+Space');
  const rows = window.page.locator('.suggest-widget.visible .monaco-list-row');
  await rows.filter({ hasText: row }).first().waitFor();
}

/** What stands above a stage to be clicked. */
function lens(title: string): Locator {
  return window.page.locator('.codelens-decoration a', { hasText: title }).first();
}

/** Takes the line back that was typed. */
async function clearLine(): Promise<void> {
  await window.page.keyboard.press('Escape');
  await window.page.keyboard.press('End');
  await window.page.keyboard.press('Shift+Home');
  await window.page.keyboard.press('Delete');
}

test('tags of official images are offered, the newest first', async () => {
  await window.openFile('new.Dockerfile');
  await window.goTo(1, 1);
  await offered('FROM python:', /slim/);
  await window.shot('40-tags');
  await clearLine();
});

test('stages are offered for COPY --from', async () => {
  await window.openFile('service.Dockerfile');
  await window.goTo(1, 1);
  // They move the lines down as they come, and a menu that is open then goes.
  await lens('Build this stage').waitFor();
  await offered('COPY --from=', /dependencies/);
  await window.shot('41-stages');
  await clearLine();
});

test('mounts are offered for RUN', async () => {
  await offered('RUN --mount=', /cache/);
  await window.shot('42-mounts');
  await clearLine();
});

test('names of packages are offered, with what they are', async () => {
  await offered('RUN apt-get install -y --no-install-recommends pro', /procps/);
  await window.shot('48-packages');
  await clearLine();
});

test('an array is offered whole, and completed inside of its quotes', async () => {
  await offered('CMD ', /"node", "server.js"|"npm", "start"/);
  await window.shot('49-array');
  await clearLine();
  // The editor closes bracket and quote by itself; neither is to stand there twice.
  await offered('ENTRYPOINT ["no', /^\["node"/);
  await window.shot('50-array-begun');
  await window.page.keyboard.press('Enter');
  await window.editorLine(/^ENTRYPOINT \["node", "server.js"\]$/).waitFor();
  await clearLine();
  await offered('ENTRYPOINT ["npm", "st', /^start/);
  await window.page.keyboard.press('Enter');
  await window.editorLine(/^ENTRYPOINT \["npm", "start"\]$/).waitFor();
  await clearLine();
});

test('a stage is renamed wherever it is named', async () => {
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

test('the call hierarchy of a stage shows who takes from it', async () => {
  await window.goTo(1, 24);
  await window.page.keyboard.press('Shift+Alt+H');
  const stages = window.page.locator('.sidebar').getByRole('treeitem');
  await stages
    .filter({ hasText: /^packages\s*node:24-slim/ })
    .first()
    .waitFor();
  // The stage without a name goes by its number.
  await stages
    .filter({ hasText: /^stage 1\s*node:24-slim/ })
    .first()
    .waitFor();
  await window.shot('54-call-hierarchy');
});

test('the outline has the stages and what is in them', async () => {
  await window.command('Explorer: Focus on Outline View');
  const outline = window.page.locator('.outline-pane');
  await outline
    .getByRole('treeitem', { name: /packages/ })
    .first()
    .waitFor();
  await window.shot('44-outline');
});

test('the script in a heredoc has its own colours', async () => {
  const line = window.editorLine(/echo "home is/);
  await expect.poll(() => line.locator('[class*="mtk"]').count()).toBeGreaterThan(3);
  await window.shot('45-heredoc');
});

test('a chain becomes a heredoc by a refactoring', async () => {
  // VS Code asks for lenses only while the cursor is in the editor; until it is, those of the last time cannot be clicked.
  await window.goTo(4, 6);
  await lens('Build this stage').waitFor();
  const entry = window.page
    .locator('.action-widget')
    .getByRole('option', { name: /heredoc/i })
    .first();
  const open = (): Promise<void> => window.page.keyboard.press('Control+Shift+R');
  await window.chooseAction(open, entry, () => window.shot('46-refactoring'));
  await window.editorLine(/^RUN <<EOF|^npm ci --omit=dev/).waitFor();
});

test('a click above a stage begins to build it', async () => {
  await window.goTo(1, 1);
  const question = window.page.locator('.quick-input-widget').filter({ visible: true });
  // A lens is drawn anew when the text before it has changed.
  await persistently(async () => {
    await lens('Build this stage').click();
    await question.waitFor({ timeout: moment });
  });
  await window.shot('51-lens');
  await window.page.keyboard.press('Escape');
});
