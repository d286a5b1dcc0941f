/** Starts Debian's Chromium headless, also as root and in containers. */

import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { whereIs } from '../../scripts/setup/run.mts';

/** The executable: the one that CHROMIUM names, or the one on the PATH. */
export function chromiumPath(): string | undefined {
  return process.env.CHROMIUM ?? whereIs('chromium');
}

/** Starts Chromium, without a window. */
export async function startBrowser(): Promise<Browser> {
  const executablePath = chromiumPath();
  if (executablePath === undefined) throw new Error('chromium is not installed.');
  return chromium.launch({
    executablePath,
    args: [
      // Its sandbox does not start as root.
      '--no-sandbox',
      '--disable-gpu',
      // /dev/shm is too small in most containers.
      '--disable-dev-shm-usage',
      '--disable-background-networking',
      '--disable-component-update',
      // Pages in the background must run at full speed.
      '--disable-background-timer-throttling',
      '--disable-renderer-backgrounding',
      '--disable-backgrounding-occluded-windows',
    ],
  });
}

/** Opens a page of the size of a small laptop screen. */
export async function openPage(
  browser: Browser,
  options: BrowserContextOptions = {},
): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1400, height: 900 }, ...options });
  return context.newPage();
}
