/** Actions with the keyboard alone. The pages and rows that they lead to are checked with locators, which press nothing. */

import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { retry, retryTimeout } from './retry.ts';
import type { Window } from './window.ts';

/** Presses keys, and counts them: a chord is one key, and a text that is typed or pasted is one, too. */
export class Keyboard {
  readonly #window: Window;
  #count = 0;

  constructor(window: Window) {
    this.#window = window;
  }

  /** The number of keys since the last call. */
  takeCount(): number {
    const count = this.#count;
    this.#count = 0;
    return count;
  }

  async press(...keys: readonly string[]): Promise<void> {
    for (const key of keys) {
      await this.#page.keyboard.press(key);
      this.#count++;
    }
  }

  /** Inserts a text at once, as pasting does. */
  async paste(text: string): Promise<void> {
    await this.#page.keyboard.insertText(text);
    this.#count++;
  }

  /** Runs a command by its title: F1, the title, arrow keys to the entry, Enter. */
  async command(title: string): Promise<void> {
    const list = this.#page.locator('.quick-input-list');
    // Once the list is filtered, the letters that match are highlighted. Until then, its focus goes back to the first row.
    const filtered = this.#page.locator('.highlight');
    const entry = list.locator('.monaco-list-row', { hasText: title, has: filtered });
    const input = this.#window.quickInput();
    const isOpen = (): Promise<boolean> => input.isVisible();
    const isListed = (): Promise<boolean> => entry.first().isVisible();
    // Until the extension is known or enabled, its commands are not listed. A page that opens meanwhile takes the focus.
    await retry(async () => {
      await this.#page.keyboard.press('F1');
      await input.waitFor({ timeout: retryTimeout });
      await expect.poll(() => input.inputValue(), { timeout: retryTimeout }).toBe('>');
      await this.#page.keyboard.insertText(title);
      try {
        const end = async (): Promise<boolean> => (await isListed()) || !(await isOpen());
        await expect.poll(end, { timeout: retryTimeout }).toBe(true);
        if (!(await isListed())) throw new Error('The command palette was closed.');
      } catch (error) {
        await this.#page.keyboard.press('Escape');
        throw error;
      }
    });
    this.#count += 2;
    await this.#goTo(list.locator('.monaco-list-row.focused'), title);
    await this.press('Enter');
  }

  /** Presses the arrow key until the focused row begins with the text. */
  async #goTo(focused: Locator, start: string): Promise<void> {
    for (let rows = 0; rows < 50; rows++) {
      await focused.waitFor();
      const before = await rowOf(focused);
      if (before.label.startsWith(start)) return;
      // A list that is updated meanwhile can move its focus back; then the key has no effect that can be seen.
      await retry(async () => {
        await this.press('ArrowDown');
        const changed = expect.poll(() => rowOf(focused), { timeout: retryTimeout });
        await changed.not.toEqual(before);
      });
    }
    throw new Error(`No row ${start} was reached.`);
  }

  /** Types into the picker or input box with this title or prompt, and accepts it once `entry` is the first entry. */
  async answer(prompt: string, text: string, entry?: string): Promise<void> {
    const texts = '.quick-input-title:visible, .quick-input-message:visible';
    await this.#page.locator(texts).filter({ hasText: prompt }).first().waitFor();
    if (text !== '') {
      await this.press('Control+A');
      await this.paste(text);
    }
    if (entry !== undefined) {
      const focused = this.#page.locator('.quick-input-list .monaco-list-row.focused');
      await focused.filter({ hasText: entry }).waitFor();
    }
    await this.press('Enter');
  }

  /** Enters the name of a file or directory in VS Code's file dialog, once it shows the directory that contains it. */
  async enterName(directory: string, name: string): Promise<void> {
    const input = this.#window.quickInput();
    await expect.poll(() => input.inputValue()).toBe(`${directory}/`);
    // Until it has listed the directory, it changes what is typed.
    const entries = this.#page.locator('.quick-input-list .monaco-list-row');
    await entries.filter({ hasText: '..' }).first().waitFor();
    await this.paste(name);
    await entries.filter({ hasText: name }).first().waitFor();
    // Enter opens the entry of a directory; pressed again, it accepts it. While entries are updated, Enter is ignored.
    for (const value of [`${directory}/${name}`, `${directory}/${name}/`]) {
      const isShown = async (): Promise<boolean> =>
        (await input.isVisible()) && (await input.inputValue()) === value;
      await retry(async () => {
        if (!(await isShown())) return;
        await this.press('Enter');
        await expect.poll(isShown, { timeout: retryTimeout }).toBe(false);
      });
    }
  }

  /** Focuses a view of the side bar, and in it the row whose accessible name starts like this. */
  async goToRow(view: string, start: string): Promise<void> {
    const tree = this.#page.getByRole('tree', { name: view });
    await this.command(`Drydock: Focus on ${view} View`);
    await this.#window.row(start).waitFor();
    // While it is empty, a view does not take the focus.
    if (!(await isFocused(tree))) await this.command(`Drydock: Focus on ${view} View`);
    await expect.poll(() => isFocused(tree)).toBe(true);
    // At first no row has the focus; the arrow key gives it to one.
    await this.press('ArrowDown', 'Home');
    await this.#goTo(tree.locator('.monaco-list-row.focused'), start);
  }

  /** Chooses an entry of the menu of the focused row by typing the start of its name. */
  async choose(entry: RegExp): Promise<void> {
    await this.press('Shift+F10');
    const menu = this.#page.locator('.context-view');
    await menu.getByRole('menuitem', { name: entry }).first().waitFor();
    const focused = menu.locator('.action-item.focused');
    const entries = await menu.getByRole('menuitem').count();
    for (let left = entries; left > 0; left--) {
      await this.press('ArrowDown');
      if (entry.test((await focused.innerText()).trim())) break;
    }
    await this.press('Enter');
  }

  get #page(): Page {
    return this.#window.page;
  }
}

/** The identifier of a row of a list, and its accessible name. */
async function rowOf(row: Locator): Promise<{ id: string | null; label: string }> {
  const [id, label] = await Promise.all([row.getAttribute('id'), row.getAttribute('aria-label')]);
  return { id, label: label ?? '' };
}

/** Whether the keys that are pressed go to this element. */
export function isFocused(locator: Locator): Promise<boolean> {
  return locator.evaluate((element: { matches(selector: string): boolean }) =>
    element.matches(':focus'),
  );
}
