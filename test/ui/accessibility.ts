/** Checks the open page with axe-core, in several themes. It is loaded by the tests and not part of the extension. */

import axe from 'axe-core';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { retry } from './retry.ts';
import type { Window } from './window.ts';

/** The themes of VS Code and the class that pages have in them. */
const themes = {
  light: ['Default Light Modern', 'vscode-light'],
  dark: ['Default Dark Modern', 'vscode-dark'],
  contrast: ['Default High Contrast', 'vscode-high-contrast'],
} as const;

export type ThemeName = keyof typeof themes;

/** The part of axe that is used in the page, as the types of the DOM are not available here. */
interface Page {
  readonly axe: {
    run(options: object): Promise<{ readonly violations: readonly Violation[] }>;
  };
}

interface Violation {
  readonly id: string;
  readonly impact: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
}

/**
 * The serious and critical findings in each theme, as texts; a picture of each theme is saved under this name. The theme
 * stays the last one.
 */
export async function findings(
  window: Window,
  name: string,
  shown: readonly ThemeName[] = ['dark', 'contrast', 'light'],
): Promise<readonly string[]> {
  const found: string[] = [];
  for (const theme of shown) {
    await setTheme(window, theme);
    await window.shot(`${name}-${theme}`);
    for (const text of await checkPage(window)) found.push(`${theme}: ${text}`);
  }
  return found;
}

/** Changes the theme of the window, and waits until the open page has it. */
export async function setTheme(window: Window, name: ThemeName): Promise<void> {
  const [theme, kind] = themes[name];
  const file = path.join(window.workspace, '.vscode/settings.json');
  await mkdir(path.dirname(file), { recursive: true });
  const before = await readFile(file, 'utf8').catch(() => '{}');
  const settings = { ...(JSON.parse(before) as object), 'workbench.colorTheme': theme };
  await writeFile(file, JSON.stringify(settings));
  await window.webview().locator(`body.${kind}`).waitFor();
}

/** The serious and critical findings of the rules for WCAG 2 A and AA in the open page. */
export async function checkPage(window: Window): Promise<readonly string[]> {
  const body = window.webview().locator('body');
  // A page that is drawn again meanwhile is checked again.
  const violations = await retry(async () => {
    // The security policy of pages forbids scripts of others; those of the browser's debugger are not subject to it.
    await body.evaluate(`void (globalThis.axe ?? (0, eval)(${JSON.stringify(axe.source)}))`);
    return body.evaluate(async () => {
      const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'];
      const page = globalThis as unknown as Page;
      return (await page.axe.run({ runOnly: tags, resultTypes: ['violations'] })).violations;
    });
  });
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary = '' }) => `${id}: ${html}\n${failureSummary}`),
    );
}
