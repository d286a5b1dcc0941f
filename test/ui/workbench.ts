/** Actions of a user in VS Code, by roles and visible texts. */

import path from 'node:path';
import type { FrameLocator, Locator } from 'playwright-core';
import { QuickInput } from './quick-input.ts';
import { retryTimeout, timeout, retry } from './retry.ts';

/** A page of VS Code with the actions of its user. */
export class Workbench extends QuickInput {
  /** Opens a file of the workspace in an editor by its path, as other files may have the same name. */
  async openFile(name: string): Promise<void> {
    const { dir, base } = path.parse(name);
    const option = this.page
      .locator('.quick-input-list [role=option]', { hasText: base })
      .filter({ hasText: dir })
      .first();
    const editor = `.editor-instance .monaco-editor[data-uri$=${JSON.stringify(`/${name}`)}]`;
    await retry(async () => {
      await this.page.keyboard.press('Control+P');
      await this.quickInput().fill(name, { timeout: retryTimeout });
      await option.click({ timeout: retryTimeout });
      await this.page
        .locator(`${editor} .view-line`)
        .first()
        .waitFor({ timeout: 3 * retryTimeout });
    });
  }

  /** Moves the cursor in the open editor; line and column start at 1. */
  async goTo(line: number, column: number): Promise<void> {
    await this.page.locator('.editor-instance .monaco-editor').first().click();
    await this.page.keyboard.press('Control+G');
    await this.quickInput().fill(`:${line},${column}`);
    await this.page.keyboard.press('Enter');
    await this.quickInput().waitFor({ state: 'hidden' });
  }

  /** A visible line of the open editor. */
  editorLine(text: RegExp): Locator {
    // The editor renders spaces as no-break spaces.
    const pattern = new RegExp(text.source.replaceAll(' ', String.raw`\s`), text.flags);
    return this.page.locator('.editor-instance .view-line').filter({ hasText: pattern }).first();
  }

  /** Shows Drydock's views. A click on the selected tab would hide them. */
  async openSideBar(): Promise<void> {
    const tab = this.page.locator('.activitybar').getByRole('tab', { name: 'Drydock' });
    const header = this.page.locator('.sidebar .pane-header', { hasText: 'Containers' });
    await retry(async () => {
      if ((await tab.getAttribute('aria-selected')) !== 'true') await tab.click();
      await header.waitFor({ timeout: retryTimeout });
    });
  }

  /** A row of a tree in the side bar, by the start of its accessible name. */
  row(start: string): Locator {
    const name = new RegExp(`^${start.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)}`);
    return this.page.locator('.sidebar').getByRole('treeitem', { name }).first();
  }

  /** Expands a row of a tree in the side bar, by the start of its accessible name. */
  async expand(start: string): Promise<void> {
    const row = this.row(start);
    await retry(async () => {
      await row.waitFor({ timeout: retryTimeout });
      if ((await row.getAttribute('aria-expanded')) === 'true') return;
      await row.click({ timeout: retryTimeout });
      await row.press('ArrowRight', { timeout: retryTimeout });
      if ((await row.getAttribute('aria-expanded')) !== 'true') throw new Error('not expanded');
    });
  }

  /** Clicks a button of a row, which is visible while the pointer is over the row. */
  async clickOnRow(row: Locator, button: RegExp): Promise<void> {
    await retry(async () => {
      await row.hover();
      await row.getByRole('button', { name: button }).click({ timeout: retryTimeout });
    });
  }

  /** The tooltip of a row. */
  async tooltipOf(row: Locator, text: string): Promise<string> {
    const tooltip = this.page.locator('.workbench-hover-container', { hasText: text });
    return this.#pointedAt(row, async () => {
      await tooltip.waitFor({ timeout: retryTimeout });
      return tooltip.innerText({ timeout: retryTimeout });
    });
  }

  /** Waits for the hover of a word in the editor. */
  async seeHover(word: Locator, text: RegExp): Promise<void> {
    const hover = this.page.locator('.monaco-hover:visible', { hasText: text });
    await this.#pointedAt(word, () => hover.waitFor({ timeout: retryTimeout }));
  }

  /** Repeats the hover if VS Code did not react, because the target was rendered again or has moved. */
  #pointedAt<T>(target: Locator, see: () => Promise<T>): Promise<T> {
    return retry(async () => {
      await this.page.mouse.move(0, 0);
      await target.hover();
      return see();
    });
  }

  /** Opens the context menu of a row and hovers over an entry. */
  async openMenu(row: Locator, entry: RegExp): Promise<Locator> {
    const item = this.page.locator('.context-view').getByRole('menuitem', { name: entry }).first();
    // VS Code closes a menu when the row is rendered again; then the menu is opened again.
    await retry(async () => {
      await row.click({ button: 'right' });
      try {
        await item.hover({ timeout: retryTimeout });
      } catch (error) {
        await this.page.keyboard.press('Escape');
        throw error;
      }
    });
    return item;
  }

  /** Chooses an entry of the context menu of a row. */
  async chooseOnRow(row: Locator, entry: RegExp): Promise<void> {
    await retry(async () => {
      const item = await this.openMenu(row, entry);
      const deadline = performance.now() + timeout;
      // A menu ignores clicks for 100 ms after it was opened.
      do {
        if (performance.now() > deadline) throw new Error('The menu does not close.');
        await item.click({ timeout: retryTimeout });
      } while (!(await isHidden(item)));
    });
  }

  /** Builds an image from a Dockerfile of the workspace, with the directory of the Dockerfile as build context. */
  async build(dockerfile: string, image: string): Promise<void> {
    await this.openFile(dockerfile);
    await this.command('Drydock: Build Image…');
    const prompt = 'Name and tag of the image';
    const asked = this.page.locator('.quick-input-widget:visible', { hasText: prompt });
    // The second build of a Dockerfile repeats the first one without a question.
    await asked
      .or(this.page.getByRole('tab', { name: `Build ${image}` }))
      .first()
      .waitFor();
    if (await asked.isVisible()) await this.answer(prompt, image);
  }

  /** The content of the open webview. */
  webview(): FrameLocator {
    return this.page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame');
  }

  /** Clicks a button of a page. A notification above it would stay while the pointer is over it, so it is closed. */
  async press(button: Locator): Promise<void> {
    const toast = this.page.locator('.notification-toast').first();
    await retry(async () => {
      try {
        await button.click({ timeout: retryTimeout });
      } catch (error) {
        if (await toast.isVisible()) {
          await toast.hover({ timeout: retryTimeout });
          await toast.locator('.codicon-notifications-clear').click({ timeout: retryTimeout });
        }
        throw error;
      }
    });
  }

  notification(text: string | RegExp): Locator {
    return this.page.locator('.notification-toast', { hasText: text });
  }

  /** Waits for a notification. Of several within a short time, VS Code shows some only in the notification center. */
  async seeNotification(text: string | RegExp): Promise<void> {
    const listed = this.page.locator('.notifications-center .notification-list-item', {
      hasText: text,
    });
    await retry(async () => {
      try {
        await this.notification(text).or(listed).first().waitFor({ timeout: retryTimeout });
      } catch (error) {
        await this.command('Notifications: Show Notifications');
        throw error;
      }
    });
  }

  /** Clicks a button of the modal dialog. */
  async confirm(button: string): Promise<void> {
    await this.page.locator('.monaco-dialog-box').getByRole('button', { name: button }).click();
  }

  /** Waits for a line in the active terminal. */
  async seeInTerminal(line: string | RegExp): Promise<void> {
    const lines = this.page.locator('.terminal-wrapper.active .xterm-rows > div');
    await lines.filter({ hasText: line }).first().waitFor();
  }

  /** Types a line into the active terminal. */
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

  /** Chooses a quick fix at the cursor from the menu of the lightbulb; `look` is called while the menu is open. */
  async chooseQuickFix(name: string, look?: () => Promise<void>): Promise<void> {
    // If the line has no room for the lightbulb, it is in the gutter.
    const places = '.lightBulbWidget:visible, [class*="codicon-gutter-lightbulb"]:visible';
    const menu = this.page.locator('.action-widget', { hasText: 'Quick Fix' });
    const open = (): Promise<void> => this.page.locator(places).first().click();
    await this.chooseAction(open, menu.getByRole('option', { name }).first(), look);
  }

  /** Chooses from a menu at the cursor, which VS Code closes if code lenses appear and move the lines. */
  async chooseAction(
    open: () => Promise<void>,
    entry: Locator,
    look?: () => Promise<void>,
  ): Promise<void> {
    await retry(async () => {
      await open();
      try {
        await entry.waitFor({ timeout: retryTimeout });
        await look?.();
        await entry.click({ timeout: retryTimeout });
      } catch (error) {
        await this.page.keyboard.press('Escape');
        throw error;
      }
    });
  }
}

/** Whether the item is hidden within a second. */
async function isHidden(item: Locator): Promise<boolean> {
  await item.waitFor({ state: 'hidden', timeout: 1000 }).catch(() => undefined);
  return !(await item.isVisible());
}
