/** What is opened and closed in an hour of a simulated working day: pages, documents, logs, terminals and files of a container. */
import type { Locator } from 'playwright-core';
import { retry, retryTimeout } from '../../test/ui/retry.ts';
import type { Window } from '../../test/ui/window.ts';

/** The window, and the container and the image whose rows are used. */
export interface Workplace {
  readonly window: Window;
  readonly image: string;
  /** A container that runs all day. */
  readonly web: string;
}

/** The folder of the workspace that is copied into the container. */
const site: Readonly<Record<string, string>> = {
  'site/index.html': '<h1>Shop</h1>\n',
  'site/style.css': 'h1 { color: teal; }\n',
  'site/js/shop.js': 'console.log("shop");\n',
};

export { site as filesToCopy };

/** Opens and closes everything once. */
export async function openEverything(place: Workplace): Promise<void> {
  await openDocuments(place);
  await openPages(place);
  await searchLog(place);
  await openShell(place);
  await copyAndOpenFiles(place);
}

/** Details and changed files of a container. */
async function openDocuments({ window, web }: Workplace): Promise<void> {
  await window.chooseOnRow(window.row(`${web}, up`), /^Inspect( Container)?$/);
  await window.editorLine(/^Id: /).waitFor();
  await window.chooseOnRow(window.row(`${web}, up`), /^Show Changed Files/);
  await window.editorLine(/^# (No changes compared|Compared) with /).waitFor();
  await closeEditors(window);
}

/** The pages of a container, of an image, of the engine and of a Dockerfile. */
async function openPages({ window, web, image }: Workplace): Promise<void> {
  const page = window.webview();
  await window.chooseOnRow(window.row(image), /^Show (Image )?Layers/);
  await page.getByRole('treeitem').first().waitFor();
  await closeEditors(window);
  await window.chooseOnRow(window.row(`${web}, up`), /^Show (Container )?Stats/);
  await page
    .getByText(/^\d+(\.\d)?%$/)
    .first()
    .waitFor();
  await closeEditors(window);
  await window.chooseOnRow(window.row(`${web}, up`), /^Show (Container )?Processes/);
  await page.getByRole('columnheader', { name: 'PID', exact: true }).waitFor();
  await closeEditors(window);
  await window.clickOnRow(window.row(image), /^Run/);
  await page.getByRole('heading', { name: 'Run Container' }).waitFor();
  await closeEditors(window);
  await window.command('Drydock: Show Docker System Info');
  await page.getByText('Storage driver').first().waitFor();
  await closeEditors(window);
  await window.openFile('edited.Dockerfile');
  await window.command('Drydock: Show Stage Graph');
  await page.locator('.box', { hasText: 'base' }).first().waitFor();
  await closeEditors(window);
}

/** Searches in a log, and shows only the lines that match. */
async function searchLog({ window, web }: Workplace): Promise<void> {
  await window.clickOnRow(window.row(`${web}, up`), /^View Logs/);
  const page = window.webview();
  await page.getByText('web is ready').last().waitFor();
  await page.getByRole('textbox', { name: 'Search' }).fill('ready');
  await page.locator('mark', { hasText: 'ready' }).first().waitFor();
  await window.press(page.getByRole('button', { name: 'Show only lines that match' }));
  await page.getByRole('textbox', { name: 'Search' }).fill('no such line');
  await page.locator('.l').first().waitFor({ state: 'detached' });
  await closeEditors(window);
}

async function openShell({ window, web }: Workplace): Promise<void> {
  await window.clickOnRow(window.row(`${web}, up`), /^Attach Shell/);
  await window.seeInTerminal(/[#$]/);
  await window.typeInTerminal('echo $((40+2))');
  await window.seeInTerminal(/^42\s*$/);
  await closeTerminals(window);
}

/** Copies a folder into the container, opens a file of the copy, and deletes the copy. */
async function copyAndOpenFiles({ window, web }: Workplace): Promise<void> {
  const container = window.row(`${web}, up`);
  await window.chooseOnRow(container, /^Copy Files to Container/);
  await window.chooseFolder('site');
  await window.answer('Copy site to', '/tmp/');
  await window.seeNotification(`Copied to ${web}:/tmp/`);
  await window.expand(`${web}, up`);
  await window.expand('Files');
  await window.expand('tmp, directory');
  await window.expand('site, directory');
  await window.row('index.html, file').click();
  await window.editorLine(/^<h1>Shop/).waitFor();
  await closeEditors(window);
  await window.chooseOnRow(window.row('site, directory'), /^Delete/);
  await window.confirm('Delete');
  await window.row('site, directory').waitFor({ state: 'detached' });
  await collapse(container);
}

/** Collapses a row with the arrow beside it; two clicks on the row of a container open its log. */
async function collapse(row: Locator): Promise<void> {
  await retry(async () => {
    if ((await row.getAttribute('aria-expanded')) === 'false') return;
    await row.locator('.monaco-tl-twistie').click({ timeout: retryTimeout });
    if ((await row.getAttribute('aria-expanded')) !== 'false') throw new Error('not collapsed');
  });
}

/** Closes all editors and pages, and waits until they are closed. */
export async function closeEditors(window: Window): Promise<void> {
  await window.command('View: Close All Editors');
  await window.page.locator('.tabs-container [role=tab]').first().waitFor({ state: 'detached' });
}

/** Ends all terminals, and waits until they are closed. */
async function closeTerminals(window: Window): Promise<void> {
  await window.command('Terminal: Kill All Terminals');
  await window.page.locator('.terminal-wrapper').first().waitFor({ state: 'detached' });
}
