/**
 * VS Code in a browser with Drydock installed, and what a person does in it, by roles and visible words. The bench of the
 * side bar looks through it too, so that it knows nothing of the tests' own program.
 */

import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, FrameLocator, Locator, Page } from 'playwright-core';
import { openPage, startBrowser } from '../web/browser.mts';
import { webVSCode } from '../web/install.mts';
import {
  installExtension,
  pageAddress,
  startServer,
  type Server,
  type ServerOptions,
} from '../web/server.mts';

const root = path.resolve(import.meta.dirname, '../..');
const artefacts = path.join(root, 'artefacts/ui');

export interface WindowOptions extends Pick<ServerOptions, 'mistrusting' | 'restrained'> {
  /** A folder that is copied into the workspace. */
  readonly copyOf?: string;
  /** Further files of the workspace, by name. */
  readonly files?: Readonly<Record<string, string>>;
  readonly env?: NodeJS.ProcessEnv;
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Drydock logs each message to and from the language server. */
  readonly tracing?: boolean;
  /** VS Code alone, to measure beside. */
  readonly bare?: boolean;
}

/** Opens VS Code on a workspace of its own; `close` ends it and removes everything. */
export async function openWindow(options: WindowOptions = {}): Promise<Window> {
  const folder = await mkdtemp(path.join(tmpdir(), 'drydock-ui-'));
  const held: Held = { folder };
  try {
    const workspace = path.join(folder, 'workspace');
    await furnish(workspace, options);
    held.server = await serve(folder, options);
    held.browser = await startBrowser();
    const page = await openPage(held.browser);
    page.setDefaultTimeout(30_000);
    const logLevel = ['logLevel', 'drydock.drydock=trace'] as const;
    await page.goto(pageAddress(held.server, workspace, options.tracing ? [logLevel] : []));
    // The first start of a workbench on a busy machine takes its time.
    const files = page.locator('.explorer-folders-view').getByRole('treeitem');
    await files.first().waitFor({ timeout: 60_000 });
    return new Window(page, workspace, held);
  } catch (error) {
    await release(held);
    throw error;
  }
}

/** What a window holds, as far as it has come. */
interface Held {
  readonly folder: string;
  server?: Server;
  browser?: Browser;
}

async function release({ folder, server, browser }: Held): Promise<void> {
  await browser?.close();
  await server?.stop();
  await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
}

async function furnish(workspace: string, { copyOf, files = {} }: WindowOptions): Promise<void> {
  await mkdir(workspace);
  if (copyOf) await cp(copyOf, workspace, { recursive: true });
  // A folder without any file shows no tree to wait for.
  for (const [name, text] of Object.entries({ 'notes.txt': 'Notes\n', ...files })) {
    await mkdir(path.dirname(path.join(workspace, name)), { recursive: true });
    await writeFile(path.join(workspace, name), text);
  }
}

async function serve(folder: string, options: WindowOptions): Promise<Server> {
  const { env = {}, settings, mistrusting = false, restrained = false } = options;
  const vscode = await webVSCode();
  const profile = { userData: path.join(folder, 'data'), extensions: path.join(folder, 'ext') };
  if (!options.bare) await installExtension(vscode, profile, packedExtension());
  return startServer({
    vscode,
    ...profile,
    temporary: folder,
    env,
    mistrusting,
    restrained,
    settings: {
      // The terminal's text can be read from the page only when it is not painted by the GPU.
      'terminal.integrated.gpuAcceleration': 'off',
      'editor.accessibilitySupport': 'off',
      'window.commandCenter': false,
      'git.enabled': false,
      ...settings,
    },
  });
}

/** One VS Code with one page. */
export class Window {
  readonly page: Page;
  readonly workspace: string;
  readonly #held: Held;

  constructor(page: Page, workspace: string, held: Held) {
    this.page = page;
    this.workspace = workspace;
    this.#held = held;
  }

  close(): Promise<void> {
    return release(this.#held);
  }

  /** Keeps what the page looks like among the artefacts. */
  async shot(name: string): Promise<void> {
    await mkdir(artefacts, { recursive: true });
    // What fades in is shown as it will be.
    const animations = 'disabled';
    await this.page.screenshot({ path: path.join(artefacts, `${name}.png`), animations });
  }

  /** Keeps what the page looks like at a failure, and what the server said until then. */
  async shotOfFailure(name: string): Promise<void> {
    const file = `FAIL-${name.replaceAll(/\W+/g, '-')}`;
    await this.shot(file);
    await writeFile(path.join(artefacts, `${file}.log`), this.#held.server?.log() ?? '');
  }

  /**
   * Runs a command from the palette, by its words: `Drydock: Pull Image…`. The palette lists what can be run as it opens;
   * what the page learns a moment later, such as the language of a file that was just opened, is in the next one.
   */
  async command(title: string): Promise<void> {
    const entry = this.page.locator('.quick-input-list [role=option]', { hasText: title }).first();
    const deadline = Date.now() + 30_000;
    for (;;) {
      await this.page.keyboard.press('F1');
      await this.quickInput().fill(`>${title}`);
      try {
        await entry.waitFor({ timeout: 3000 });
        break;
      } catch (error) {
        if (Date.now() > deadline) throw error;
        await this.page.keyboard.press('Escape');
        await this.quickInput().waitFor({ state: 'hidden' });
      }
    }
    await entry.click();
  }

  /** Opens a file of the workspace in an editor. */
  async openFile(name: string): Promise<void> {
    await this.page.keyboard.press('Control+P');
    await this.quickInput().fill(name);
    const last = path.basename(name);
    await this.page.locator('.quick-input-list [role=option]', { hasText: last }).first().click();
    await this.page.locator('.tabs-container [role=tab].active', { hasText: last }).waitFor();
    await this.page.locator('.monaco-editor .view-line').first().waitFor();
  }

  /** Places the cursor in the open editor; both count from 1. */
  async goTo(line: number, column: number): Promise<void> {
    await this.page.locator('.editor-instance .monaco-editor').first().click();
    await this.page.keyboard.press('Control+G');
    await this.quickInput().fill(`:${line},${column}`);
    await this.page.keyboard.press('Enter');
    await this.quickInput().waitFor({ state: 'hidden' });
  }

  /** A line of the open editor, as far as it is on screen. */
  editorLine(text: RegExp): Locator {
    // The editor writes spaces as no-break spaces.
    const pattern = new RegExp(text.source.replaceAll(' ', String.raw`\s`), text.flags);
    return this.page.locator('.editor-instance .view-line').filter({ hasText: pattern }).first();
  }

  /** Shows Drydock's views. */
  async openSideBar(): Promise<void> {
    const tab = this.page.locator('.activitybar').getByRole('tab', { name: 'Drydock' });
    if ((await tab.getAttribute('aria-selected')) !== 'true') await tab.click();
    await this.page.locator('.sidebar .pane-header', { hasText: 'Containers' }).waitFor();
  }

  /** A row of a tree in the side bar, by how its accessible name begins. */
  row(start: string): Locator {
    const name = new RegExp(`^${start.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)}`);
    return this.page.locator('.sidebar').getByRole('treeitem', { name }).first();
  }

  /** Clicks a button on a row. */
  async clickOnRow(row: Locator, button: RegExp): Promise<void> {
    await row.hover();
    await row.getByRole('button', { name: button }).click();
  }

  /** What a row says more of itself; it is pointed at again where the row was drawn anew meanwhile, as VS Code hides it then. */
  async tooltipOf(row: Locator, text: string): Promise<string> {
    const tooltip = this.page.locator('.workbench-hover-container', { hasText: text });
    const deadline = Date.now() + 30_000;
    for (;;) {
      await this.page.mouse.move(0, 0);
      await row.hover();
      try {
        await tooltip.waitFor({ timeout: 5000 });
        return await tooltip.innerText({ timeout: 1000 });
      } catch (error) {
        if (Date.now() > deadline) throw error;
      }
    }
  }

  /** Chooses from the context menu of a row. */
  async chooseOnRow(row: Locator, entry: RegExp): Promise<void> {
    const item = this.page.locator('.context-view').getByRole('menuitem', { name: entry });
    // VS Code closes a menu when the row is drawn anew: then it is opened again, as a person would.
    for (let tries = 5; ; tries--) {
      await row.click({ button: 'right' });
      try {
        // A menu ignores the mouse for a tenth of a second after it opened, and no person is that fast.
        await item.hover({ timeout: 6000 });
        break;
      } catch (error) {
        if (tries === 0) throw error;
        await this.page.keyboard.press('Escape');
      }
    }
    await this.page.keyboard.press('Enter');
  }

  /** The input of the palette, of pickers and of questions. */
  quickInput(): Locator {
    return this.page.locator('.quick-input-widget .quick-input-box input');
  }

  /** Chooses an entry of the open picker. */
  async pick(text: string | RegExp): Promise<void> {
    await this.page.locator('.quick-input-list [role=option]', { hasText: text }).first().click();
  }

  /** Answers a question, known by the words below its input: another may still be on screen. */
  async answer(prompt: string, text: string): Promise<void> {
    await this.page.locator('.quick-input-widget:visible', { hasText: prompt }).waitFor();
    await this.quickInput().fill(text);
    await this.page.keyboard.press('Enter');
  }

  /** Chooses a file of the folder that VS Code's own dialog shows. */
  async chooseFile(name: string): Promise<void> {
    await this.page
      .locator('.quick-input-widget')
      .getByRole('button', { name: 'Choose' })
      .waitFor();
    await this.pick(name);
  }

  /** Chooses a folder in the folder that VS Code's own dialog shows. */
  async chooseFolder(name: string): Promise<void> {
    await this.pick(name);
    const input = '.quick-input-widget .quick-input-box input';
    const ending = JSON.stringify(`/${name}/`);
    await this.page.waitForFunction(`document.querySelector('${input}').value.endsWith(${ending})`);
    await this.page.locator('.quick-input-widget').getByRole('button', { name: 'Choose' }).click();
  }

  /** What is in the page of our own that is open: a form, or drawings. */
  webview(): FrameLocator {
    return this.page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame');
  }

  notification(text: string | RegExp): Locator {
    return this.page.locator('.notification-toast', { hasText: text });
  }

  /** Presses a button of the modal question on screen. */
  async confirm(button: string): Promise<void> {
    await this.page.locator('.monaco-dialog-box').getByRole('button', { name: button }).click();
  }

  /** Waits for a line in the terminal in front. */
  async seeInTerminal(line: string | RegExp): Promise<void> {
    const lines = this.page.locator('.terminal-wrapper.active .xterm-rows > div');
    await lines.filter({ hasText: line }).first().waitFor();
  }

  /** Types into the terminal in front. */
  async typeInTerminal(line: string): Promise<void> {
    await this.page.locator('.terminal-wrapper.active').click();
    await this.page.keyboard.type(line);
    await this.page.keyboard.press('Enter');
  }

  /** Shows the Problems view. */
  async openProblems(): Promise<Locator> {
    const panel = this.page.locator('.markers-panel');
    if (!(await panel.isVisible())) await this.page.keyboard.press('Control+Shift+M');
    await panel.waitFor();
    return panel;
  }

  /** The menu of quick fixes at the cursor, opened from the lightbulb. */
  async openQuickFixes(): Promise<Locator> {
    // Where the line leaves no room for it, it stands in the margin.
    const places = '.lightBulbWidget:visible, [class*="codicon-gutter-lightbulb"]:visible';
    await this.page.locator(places).first().click();
    const menu = this.page.locator('.action-widget', { hasText: 'Quick Fix' });
    await menu.waitFor();
    return menu;
  }
}

/** `npm test` packs it and says where; the tests install what people install. */
export function packedExtension(): string {
  const file = process.env.DRYDOCK_VSIX;
  if (!file) throw new Error('DRYDOCK_VSIX names no VSIX: run `npm test ui`.');
  return file;
}
