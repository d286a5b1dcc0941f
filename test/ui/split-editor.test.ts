/** A file in two editors: a late answer of the server for an outdated text does not damage the text. */

import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Locator } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { retryTimeout, retry } from './retry.ts';
import { openWindow, type Window } from './window.ts';

const name = 'twice.Dockerfile';
const original = `FROM node:24-slim   AS   dependencies
WORKDIR   /app
COPY   package.json   ./
RUN npm ci

FROM node:24-slim
COPY   --from=dependencies   /app/node_modules   ./
USER   node
`;
const typed = 'ARG typed=meanwhile';

let window: Window;

beforeAll(async () => {
  window = await openWindow({
    files: { [name]: original },
    tracing: true,
    // Inlay hints would be part of the text of a line.
    settings: { 'editor.inlayHints.enabled': 'off' },
  });
  await window.openFile(name);
  await window.command('View: Split Editor Right');
  await group(1).locator('.view-lines .view-line').first().waitFor();
});
beforeEach(async () => {
  await replaceText(original);
});
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await window.saveFailure(task.name);
});
afterAll(() => window.close());

test('an edit during a rename leaves the same valid text in both editors', async () => {
  await openRename(0, { line: 1, column: 28 });
  await window.page.locator('.rename-box input').fill('packages');
  await editDuringRequest('textDocument/rename', () => window.page.keyboard.press('Enter'));
  const edited = `${typed}\n${original}`;
  const box = await openRename(1, { line: 2, column: 28 });
  // The box opens with an answer, which comes after the late one.
  expect([edited, renamed(edited, 'packages')]).toContain(await textOfBoth());
  await window.shot('52-twice-rename');
  await box.fill('modules');
  await window.page.keyboard.press('Enter');
  await expect.poll(textOfBoth).toBe(renamed(edited, 'modules'));
  await saveAndCheck(renamed(edited, 'modules'));
});

test('an edit during formatting leaves the same valid text in both editors', async () => {
  const format = (): Promise<void> => window.page.keyboard.press('Control+Shift+I');
  await focus(0);
  await editDuringRequest('textDocument/formatting', format);
  const edited = `${typed}\n${original}`;
  await openRename(1, { line: 2, column: 28 });
  expect([edited, formatted(edited)]).toContain(await textOfBoth());
  await window.page.keyboard.press('Escape');
  await format();
  await expect.poll(textOfBoth).toBe(formatted(edited));
  await window.shot('53-twice-format');
  await saveAndCheck(formatted(edited));
});

function renamed(text: string, to: string): string {
  return text.replaceAll('dependencies', to);
}

function formatted(text: string): string {
  return text.replaceAll(/ {2,}/g, ' ');
}

/** One of the two editors, from left to right. The rename box also has the class of an editor. */
function group(index: number): Locator {
  return window.page.locator('.editor-instance').nth(index);
}

async function focus(index: number): Promise<void> {
  await group(index).locator('.view-lines .view-line').first().click();
}

/** Replaces the whole text of the file. */
async function replaceText(text: string): Promise<void> {
  await focus(0);
  await window.page.keyboard.press('Control+A');
  await window.page.keyboard.insertText(text);
  await expect.poll(textOfBoth).toBe(text);
}

/** Opens the rename box at a position in one of the editors. */
async function openRename(
  index: number,
  { line, column }: { readonly line: number; readonly column: number },
): Promise<Locator> {
  const input = group(index).locator('.rename-box input');
  // F2 has no effect before the language server has announced that it supports rename.
  await retry(async () => {
    await focus(index);
    await window.page.keyboard.press('Control+G');
    await window.quickInput().fill(`:${line},${column}`);
    await window.page.keyboard.press('Enter');
    await window.quickInput().waitFor({ state: 'hidden' });
    await window.page.keyboard.press('F2');
    await input.waitFor({ timeout: retryTimeout });
  });
  return input;
}

/** Suspends the server, sends a request, types into the other editor once the request was sent, and resumes the server. */
async function editDuringRequest(method: string, ask: () => Promise<void>): Promise<void> {
  const server = await languageServer();
  const before = await timesSent(method);
  process.kill(server, 'SIGSTOP');
  try {
    await ask();
    await expect.poll(() => timesSent(method)).toBe(before + 1);
    await focus(1);
    await window.page.keyboard.press('Control+Home');
    await window.page.keyboard.insertText(`${typed}\n`);
    await expect.poll(textOfBoth).toContain(typed);
  } finally {
    process.kill(server, 'SIGCONT');
  }
}

/** The process ID of the language server of this window. */
async function languageServer(): Promise<number> {
  const { stdout } = await promisify(execFile)('ps', ['-Awwo', 'pid=,args=']);
  const own = stdout
    .split('\n')
    .filter((line) => line.includes(path.dirname(window.workspace)))
    .filter((line) => /\/dist\/server\.js\b/.test(line));
  expect(own).toHaveLength(1);
  return Number.parseInt(own[0] ?? '', 10);
}

/** How often the request is in the log of the language client. */
async function timesSent(method: string): Promise<number> {
  const texts = await window.logs();
  return texts.join('\n').split(`Sending request '${method} `).length - 1;
}

/** The text that both editors show; if they differ, both texts. */
async function textOfBoth(): Promise<string> {
  const [left, right] = await Promise.all([textOf(0), textOf(1)]);
  return left === right ? left : `${left}\n≠\n${right}`;
}

/** The visible lines, sorted by position, as their order in the DOM differs from the order in the text. */
async function textOf(index: number): Promise<string> {
  const lines = await group(index)
    .locator('.view-lines .view-line')
    .evaluateAll((elements) =>
      elements
        .map((element) => {
          const line = element as unknown as { style: { top: string }; textContent: string };
          return { top: Number.parseFloat(line.style.top), text: line.textContent };
        })
        .sort((a, b) => a.top - b.top)
        .map(({ text }) => text.replaceAll('\u00a0', ' ')),
    );
  return lines.join('\n');
}

/** Saves the file and waits until it has this text on disk. */
async function saveAndCheck(text: string): Promise<void> {
  await window.page.keyboard.press('Control+S');
  const onDisk = (): Promise<string> => readFile(path.join(window.workspace, name), 'utf8');
  await expect.poll(onDisk).toBe(text);
}
