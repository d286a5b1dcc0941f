/** What a person does in VS Code, by roles and visible words. */

import path from 'node:path';
import type { FrameLocator, Locator, Page } from 'playwright-core';
import { moment, persistently } from './patience.ts';

/** Whoever sits before a page of VS Code. */
export class Person {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /**
   * Runs a command from the palette, by its words: `Drydock: Pull Image…`. The palette lists what can be run as it opens;
   * what the page learns a moment later, such as the language of a file that was just opened, is in the next one.
   */
  async command(title: string): Promise<void> {
    const entry = this.page.locator('.quick-input-list [role=option]', { hasText: title }).first();
    await persistently(async () => {
      await this.page.keyboard.press('F1');
      try {
        await this.quickInput().fill(`>${title}`, { timeout: moment });
        await entry.waitFor({ timeout: moment });
      } catch (error) {
        await this.page.keyboard.press('Escape');
        await this.quickInput().waitFor({ state: 'hidden', timeout: moment });
        throw error;
      }
    });
    await entry.click();
  }

  /** Opens a file of the workspace in an editor, by its path: others may have its name, and stand in the list before it. */
  async openFile(name: string): Promise<void> {
    const { dir, base } = path.parse(name);
    const option = this.page
      .locator('.quick-input-list [role=option]', { hasText: base })
      .filter({ hasText: dir })
      .first();
    const editor = `.editor-instance .monaco-editor[data-uri$=${JSON.stringify(`/${name}`)}]`;
    await persistently(async () => {
      await this.page.keyboard.press('Control+P');
      await this.quickInput().fill(name, { timeout: moment });
      await option.click({ timeout: moment });
      await this.page
        .locator(`${editor} .view-line`)
        .first()
        .waitFor({ timeout: 3 * moment });
    });
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

  /** Shows Drydock's views. A click on their tab hides them where a window that was opened again showed them just then. */
  async openSideBar(): Promise<void> {
    const tab = this.page.locator('.activitybar').getByRole('tab', { name: 'Drydock' });
    const header = this.page.locator('.sidebar .pane-header', { hasText: 'Containers' });
    await persistently(async () => {
      if ((await tab.getAttribute('aria-selected')) !== 'true') await tab.click();
      await header.waitFor({ timeout: moment });
    });
  }

  /** A row of a tree in the side bar, by how its accessible name begins. */
  row(start: string): Locator {
    const name = new RegExp(`^${start.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)}`);
    return this.page.locator('.sidebar').getByRole('treeitem', { name }).first();
  }

  /** Clicks a button on a row, which is there while it is pointed at. */
  async clickOnRow(row: Locator, button: RegExp): Promise<void> {
    await persistently(async () => {
      await row.hover();
      await row.getByRole('button', { name: button }).click({ timeout: moment });
    });
  }

  /** What a row says more of itself. */
  async tooltipOf(row: Locator, text: string): Promise<string> {
    const tooltip = this.page.locator('.workbench-hover-container', { hasText: text });
    return this.#pointedAt(row, async () => {
      await tooltip.waitFor({ timeout: moment });
      return tooltip.innerText({ timeout: moment });
    });
  }

  /** Waits for what the editor says of a word when it is pointed at. */
  async seeHover(word: Locator, text: RegExp): Promise<void> {
    const hover = this.page.locator('.monaco-hover:visible', { hasText: text });
    await this.#pointedAt(word, () => hover.waitFor({ timeout: moment }));
  }

  /** It is pointed at again where it was drawn anew or moved meanwhile, as VS Code says nothing then. */
  #pointedAt<T>(target: Locator, see: () => Promise<T>): Promise<T> {
    return persistently(async () => {
      await this.page.mouse.move(0, 0);
      await target.hover();
      return see();
    });
  }

  /** Opens the context menu of a row, and waits for an entry under the mouse. */
  async openMenu(row: Locator, entry: RegExp): Promise<Locator> {
    const item = this.page.locator('.context-view').getByRole('menuitem', { name: entry }).first();
    // VS Code closes a menu when the row is drawn anew: then it is opened again, as a person would.
    await persistently(async () => {
      await row.click({ button: 'right' });
      try {
        await item.hover({ timeout: moment });
      } catch (error) {
        await this.page.keyboard.press('Escape');
        throw error;
      }
    });
    return item;
  }

  /** Chooses from the context menu of a row. */
  async chooseOnRow(row: Locator, entry: RegExp): Promise<void> {
    await persistently(async () => {
      const item = await this.openMenu(row, entry);
      // A menu ignores clicks for a tenth of a second after it opened, and no person is that fast.
      do await item.click({ timeout: moment });
      while (!(await isGone(item)));
    });
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
      .getByRole('button', { name: 'Select' })
      .waitFor();
    await this.pick(name);
  }

  /** Chooses a folder in the folder that VS Code's own dialog shows. */
  async chooseFolder(name: string): Promise<void> {
    await this.pick(name);
    const input = '.quick-input-widget .quick-input-box input';
    const ending = JSON.stringify(`/${name}/`);
    await this.page.waitForFunction(`document.querySelector('${input}').value.endsWith(${ending})`);
    await this.page.locator('.quick-input-widget').getByRole('button', { name: 'Select' }).click();
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

  /** Chooses from the quick fixes at the cursor, whose menu the lightbulb opens; `look` sees it before. */
  async chooseQuickFix(name: string, look?: () => Promise<void>): Promise<void> {
    // Where the line leaves no room for it, it stands in the margin.
    const places = '.lightBulbWidget:visible, [class*="codicon-gutter-lightbulb"]:visible';
    const menu = this.page.locator('.action-widget', { hasText: 'Quick Fix' });
    const open = (): Promise<void> => this.page.locator(places).first().click();
    await this.chooseAction(open, menu.getByRole('option', { name }).first(), look);
  }

  /** Chooses from a menu at the cursor; VS Code closes it when lenses come and move the lines below it. */
  async chooseAction(
    open: () => Promise<void>,
    entry: Locator,
    look?: () => Promise<void>,
  ): Promise<void> {
    await persistently(async () => {
      await open();
      try {
        await entry.waitFor({ timeout: moment });
        await look?.();
        await entry.click({ timeout: moment });
      } catch (error) {
        await this.page.keyboard.press('Escape');
        throw error;
      }
    });
  }
}

/** Whether it goes within a blink. */
async function isGone(item: Locator): Promise<boolean> {
  await item.waitFor({ state: 'hidden', timeout: 1000 }).catch(() => undefined);
  return !(await item.isVisible());
}
