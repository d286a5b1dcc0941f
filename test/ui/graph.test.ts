/** The stage graph: boxes and lines in both themes, links to lines of the file, and updates while typing. */

import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { findings } from './accessibility.ts';
import { openWindow, type Window } from './window.ts';

const dockerfile = `ARG NODE=24
FROM node:\${NODE}-slim AS base
WORKDIR /app

FROM base AS dependencies
COPY package.json package-lock.json ./
RUN --mount=from=ghcr.io/astral-sh/uv:0.9,source=/uv,target=/bin/uv npm ci

FROM dependencies AS build
COPY . .
RUN npm run build

FROM golang:1.25 AS tool
RUN go build -o /out/tool ./cmd/tool

FROM base AS debug
COPY --from=build /app /app

FROM base
COPY --from=dependencies /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY --from=tool /out/tool /usr/local/bin/
USER node
CMD ["node", "dist/server.js"]
`;

let window: Window;

beforeAll(async () => {
  window = await openWindow({ files: { 'shop.Dockerfile': dockerfile } });
});
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await window.saveFailure(task.name);
});
afterAll(() => window.close());

function box(name: string) {
  return window.webview().locator('.box', { hasText: name });
}

test('shows stages and images as boxes, with the paths that are copied between them', async () => {
  await window.openFile('shop.Dockerfile');
  await window.goTo(1, 1);
  await window.command('Drydock: Show Stage Graph');
  const last = box('stage 5');
  await last.getByText('target').waitFor();
  await last.getByText('/app/dist → ./dist').waitFor();
  await last.getByText('copied from tool').waitFor();
  await box('dependencies').getByText('mounted from ghcr.io/astral-sh/uv:0.9').waitFor();
  await box('debug').getByText('not needed').waitFor();
  await box('base').getByText('FROM node:24-slim').first().waitFor();
  expect(await window.webview().locator('.image').allInnerTexts()).toHaveLength(3);
  const lines = await window.webview().locator('path.line').all();
  const drawn = await Promise.all(lines.map((line) => line.getAttribute('d')));
  expect(drawn.filter((path) => path !== null && /^M[\d. ]+C/.test(path))).toHaveLength(11);
  expect(await findings(window, '70-graph')).toEqual([]);
});

test('highlights the lines of a box in a dark theme and a maximized editor', async () => {
  await window.command('Preferences: Toggle between Light/Dark Themes');
  await window.webview().locator('body.vscode-dark').waitFor();
  await window.command('View: Toggle Maximize Editor Group');
  await box('stage 5').hover();
  await expect.poll(() => window.webview().locator('path.highlighted').count()).toBe(4);
  await window.shot('71-graph-dark');
  await window.command('View: Toggle Maximize Editor Group');
  await window.command('Preferences: Toggle between Light/Dark Themes');
});

test('goes to the lines of a box and of a copied path', async () => {
  const position = window.page.locator('.statusbar').getByRole('button', { name: /^Ln / });
  await box('tool').getByRole('button', { name: 'tool' }).first().click();
  await expect.poll(() => position.textContent()).toMatch(/Ln 13, Col 1/);
  await box('stage 5').getByRole('button', { name: './dist' }).click();
  await expect.poll(() => position.textContent()).toMatch(/Ln 21, Col 1/);
});

test('updates while typing and can be zoomed', async () => {
  await window.page.keyboard.press('Control+End');
  await window.page.keyboard.type('FROM scratch AS empty\n');
  await box('empty').getByText('target').waitFor();
  const canvas = window.webview().locator('.canvas');
  const width = async (): Promise<number> => (await canvas.boundingBox())?.width ?? 0;
  const before = await width();
  await window.webview().getByRole('button', { name: 'Zoom In' }).click();
  await expect.poll(width).toBeGreaterThan(before);
  await window.webview().getByRole('button', { name: 'Fit' }).click();
  await expect.poll(width).toBe(before);
});

test('copies the graph as Mermaid', async () => {
  await window.webview().getByRole('button', { name: 'Copy as Mermaid' }).click();
  await window.webview().getByRole('button', { name: 'Copied', exact: true }).waitFor();
});
