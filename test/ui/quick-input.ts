/** Commands, pickers, input boxes and file dialogs of VS Code, which share one widget. */

import type { Locator, Page } from 'playwright-core';
import { retryTimeout, retry } from './retry.ts';

/** A page of VS Code whose user runs commands and answers what they ask. */
export class QuickInput {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /**
   * Runs a command from the Command Palette by its title: `Drydock: Pull Image…`. The palette lists the commands that are
   * enabled when it opens. Until the command is listed, for example once the language of a file is known, it is reopened;
   * likewise if it closes before the click, because an editor that is still opening takes the focus.
   */
  async command(title: string): Promise<void> {
    const entry = this.page.locator('.quick-input-list [role=option]', { hasText: title }).first();
    await retry(async () => {
      await this.page.keyboard.press('F1');
      try {
        await this.quickInput().fill(`>${title}`, { timeout: retryTimeout });
        await entry.click({ timeout: retryTimeout });
      } catch (error) {
        await this.page.keyboard.press('Escape');
        await this.quickInput().waitFor({ state: 'hidden', timeout: retryTimeout });
        throw error;
      }
    });
  }

  /** The input of the palette, of quick picks and of input boxes. */
  quickInput(): Locator {
    return this.page.locator('.quick-input-widget .quick-input-box input');
  }

  /** Chooses an entry of the open quick pick. */
  async pick(text: string | RegExp): Promise<void> {
    await this.page.locator('.quick-input-list [role=option]', { hasText: text }).first().click();
  }

  /** Answers the input box with this title or prompt; the palette or another one may still be visible. */
  async answer(prompt: string, text: string): Promise<void> {
    await this.fillIn(prompt, text);
    await this.page.keyboard.press('Enter');
  }

  /** Types into the input box or picker with this title or prompt. */
  async fillIn(prompt: string, text: string): Promise<void> {
    const texts = this.page.locator('.quick-input-title:visible, .quick-input-message:visible');
    await texts.filter({ hasText: prompt }).first().waitFor();
    await this.quickInput().fill(text);
  }

  /** Chooses a file in VS Code's file dialog. */
  async chooseFile(name: string): Promise<void> {
    await this.page
      .locator('.quick-input-widget')
      .getByRole('button', { name: 'Select' })
      .waitFor();
    await this.pick(name);
  }

  /** Enters the path of a file in VS Code's dialog for saving, once it shows the proposed path. */
  async saveAs(file: string): Promise<void> {
    const dialog = this.page.locator('.quick-input-widget:visible');
    await dialog.getByRole('button', { name: 'OK' }).waitFor();
    const input = '.quick-input-widget .quick-input-box input';
    await this.page.waitForFunction(`document.querySelector('${input}').value.startsWith('/')`);
    // Until it has listed the directory, it changes what is typed.
    await dialog.locator('.quick-input-list .monaco-list-row', { hasText: '..' }).first().waitFor();
    await this.quickInput().fill(file);
    await this.page.keyboard.press('Enter');
  }

  /** Marks an entry of a picker with check boxes, and accepts it. */
  async check(title: string, entry: string): Promise<void> {
    const picker = this.page.locator('.quick-input-widget:visible', { hasText: title });
    await picker.locator('.quick-input-list-entry', { hasText: entry }).click();
    await picker.getByRole('button', { name: 'OK' }).click();
  }

  /** Chooses a subfolder in VS Code's file dialog. */
  async chooseFolder(name: string): Promise<void> {
    await this.pick(name);
    const input = '.quick-input-widget .quick-input-box input';
    const ending = JSON.stringify(`/${name}/`);
    await this.page.waitForFunction(`document.querySelector('${input}').value.endsWith(${ending})`);
    await this.page.locator('.quick-input-widget').getByRole('button', { name: 'Select' }).click();
  }
}
