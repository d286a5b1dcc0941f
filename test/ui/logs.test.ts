/** The view of a log: lines of a project, search, filters, restarts, saving and links, in all themes and in Chinese. */

import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { FrameLocator } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { EngineObjects } from './engine-objects.ts';
import { openWindow, type Window } from './window.ts';

const objects = new EngineObjects();
let image: string;
let project: string;

/** Programs of a shop; each writes its lines and waits. */
const scripts: Readonly<Record<string, string>> = {
  api: `echo '{"level":"info","msg":"GET /orders","status":200,"ms":41,"user":"u_1842"}'
echo '{"level":"warn","msg":"slow query","ms":1240,"sql":"SELECT * FROM order_items WHERE order_id = ANY($1)"}'
echo '{"level":"error","msg":"payment provider did not answer","ms":5000,"attempt":3,"order":{"id":"o_99120","total":42.5},"at":"src/payment.ts:118"}'
echo 'TimeoutError: no response from https://pay.example.com/v2/charges' >&2
echo '    at charge (/app/src/payment.ts:118:11)' >&2
echo '    at processOrder (/app/src/orders.ts:64:5)' >&2
echo '{"level":"info","msg":"POST /payments","status":201,"ms":312,"order":"o_99120"}'`,
  web: `echo '172.19.0.1 "GET /api/orders?page=2 HTTP/1.1" 200 8412 "Mozilla/5.0"'
echo '172.19.0.1 "POST /api/payments HTTP/1.1" 502 157 "Mozilla/5.0"'
printf '\\033[32mready\\033[0m in \\033[1m12 ms\\033[0m\\n'`,
  db: `echo '2026-01-02 03:04:05.000 UTC [1] LOG:  checkpoint starting: time'
for i in $(seq 1 300); do echo "LOG:  duration: $i ms  statement: VACUUM ANALYZE orders"; done`,
};

async function startService(service: string): Promise<void> {
  const script = `${scripts[service] ?? ''}\ntrap "exit 0" TERM; while :; do sleep 1; done`;
  const container = await objects.docker.createContainer({
    name: `${project}-${service}-1`,
    Image: image,
    Cmd: ['sh', '-c', script],
    Labels: { 'com.docker.compose.project': project, 'com.docker.compose.service': service },
  });
  await container.start();
}

beforeAll(async () => {
  image = await objects.image('shop');
  project = `shop${process.pid.toString(36)}`;
  for (const service of ['db', 'web', 'api']) await startService(service);
});
afterAll(() => objects.remove());

let window: Window;
const page = (): FrameLocator => window.webview();
const line = (text: string | RegExp) => page().locator('.l').filter({ hasText: text }).first();
const search = () => page().getByRole('textbox', { name: 'Search' });

afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await window.saveFailure(task.name);
});

async function openLogs(): Promise<void> {
  // All rows are there, so that none moves under the pointer.
  await window.row('api').waitFor();
  await window.chooseOnRow(window.row(project), /^(Logs|日志)$/);
  await page().locator('.l').first().waitFor();
}

const files = { 'src/payment.ts': 'charge();\n'.repeat(200) };

describe('the logs of a project', () => {
  beforeAll(async () => {
    window = await openWindow({ files });
    await window.openSideBar();
    await openLogs();
  });
  afterAll(() => window.close());

  test('are merged, with names, levels and fields of JSON', async () => {
    await page().getByRole('button', { name: 'Show lines of api, running' }).waitFor();
    await page().getByText(`${project} · 3 of 3 running`).waitFor();
    await line('VACUUM ANALYZE').waitFor();
    await window.press(page().getByRole('button', { name: '2 errors' }));
    await line('TimeoutError').waitFor();
    await page()
      .getByText(/^Paused at/)
      .waitFor();
    await line('slow query ms=1240').waitFor();
    expect(await line('TimeoutError').locator('.lv').innerText()).toBe('ERROR');
    expect(await line('TimeoutError').getAttribute('class')).toContain('stderr');
    expect(await line('ready in 12 ms').locator('.ansi-green').innerText()).toBe('ready');
  });

  test('are searched with counts, and filtered', async () => {
    await search().fill('payment');
    await page()
      .getByText(/^\d of [4-6]$/)
      .waitFor();
    await page().locator('mark').first().waitFor();
    await line('payment provider').getByRole('button', { name: 'Show details' }).click();
    await page().locator('.json', { hasText: '"attempt"' }).waitFor();
    await window.shot('120-logs-light');
    await window.press(page().getByRole('button', { name: 'Show only lines that match' }));
    await expect.poll(() => line('VACUUM').count()).toBe(0);
    await search().fill('(');
    await window.press(page().getByRole('button', { name: 'Use regular expression' }));
    await page().getByText('The regular expression is invalid').waitFor();
    await search().fill('dur\\w+: 29\\d');
    await expect.poll(() => page().locator('.l').count()).toBe(10);
    await search().fill('(L+)+$|^(O|O)*x{99}');
    await search().fill('');
    await window.press(page().getByRole('button', { name: 'Use regular expression' }));
    await window.press(page().getByRole('button', { name: 'Show only lines that match' }));
    await page().getByLabel('Levels').selectOption({ label: 'Errors' });
    await expect.poll(() => line('VACUUM').count()).toBe(0);
    await line('at charge').waitFor();
    await page().getByLabel('Levels').selectOption({ label: 'All levels' });
    await window.press(page().getByRole('button', { name: 'Show lines of db, running' }));
    await expect.poll(() => line('VACUUM').count()).toBe(0);
    await window.press(page().getByRole('button', { name: 'Show lines of db, running' }));
    await line('VACUUM').waitFor();
  });

  test('stop the search for a hostile expression, and say so', async () => {
    await objects.docker.getContainer(`${project}-web-1`).inspect();
    await window.press(page().getByRole('button', { name: 'Use regular expression' }));
    await search().fill('^(([A-Za-z: ])+.)+[A-Z]([a-z])+$~');
    await page().getByText('takes too long').waitFor();
    await window.press(page().getByRole('button', { name: 'Use regular expression' }));
    await search().fill('');
    await page().getByText('takes too long').waitFor({ state: 'hidden' });
  });

  test('open the file that a line names', async () => {
    await search().fill('at charge');
    await line('at charge').getByRole('link', { name: '/app/src/payment.ts:118:11' }).click();
    await window.page.locator('.editor-instance .monaco-editor[data-uri$="/src/payment.ts"]').waitFor(); // prettier-ignore
    await expect.poll(() => window.page.locator('#workbench\\.parts\\.statusbar').innerText()).toContain('Ln 118'); // prettier-ignore
    await window.page.getByRole('tab', { name: new RegExp(`^${project}: logs`) }).click();
    await page().locator('.l').first().waitFor();
    await search().fill('');
  });

  test('go on when a container is restarted, and mark it with its exit code', async () => {
    await page()
      .getByRole('button', { name: /Follow|Pause/ })
      .first()
      .waitFor();
    if (await page().getByRole('button', { name: 'Follow' }).isVisible()) await window.press(page().getByRole('button', { name: 'Follow' })); // prettier-ignore
    await objects.docker.getContainer(`${project}-web-1`).kill();
    await page().getByText('web exited (137), killed by SIGKILL').waitFor();
    await objects.docker.getContainer(`${project}-web-1`).start();
    await page().getByText('web restarted').waitFor();
    await line('ready in 12 ms').waitFor();
    await window.shot('121-logs-restart');
  });

  test('go on when a container is created again', async () => {
    await objects.docker.getContainer(`${project}-web-1`).remove({ force: true });
    await page().getByText('web was removed').waitFor();
    await startService('web');
    await page().getByText('web was created again').waitFor();
  });

  test('are shown in other themes and in narrow pages', async () => {
    await search().fill('payment');
    await line('payment provider').waitFor();
    for (const [theme, name] of [
      ['Default Dark Modern', 'dark'],
      ['Default High Contrast', 'contrast'],
    ] as const) {
      await window.writeMachineSettings({ 'workbench.colorTheme': theme });
      await expect.poll(() => page().locator('body').getAttribute('data-vscode-theme-id')).toContain(theme.split(' ')[1]); // prettier-ignore
      await window.shot(`122-logs-${name}`);
    }
    await window.writeMachineSettings({ 'workbench.colorTheme': 'Default Dark Modern' });
    await window.page.setViewportSize({ width: 790, height: 860 });
    await expect.poll(() => page().locator('.l .src').first().isVisible()).toBe(false);
    const overflow = await page().locator('body').evaluate((body: { scrollWidth: number; clientWidth: number }) => body.scrollWidth - body.clientWidth); // prettier-ignore
    expect(overflow).toBeLessThanOrEqual(0);
    await window.shot('123-logs-narrow');
  });
});

test('in Chinese', async () => {
  window = await openWindow({ files, language: 'zh-cn' });
  await window.page.locator('.activitybar').getByRole('tab', { name: 'Drydock' }).click();
  await window.row(project).waitFor();
  await openLogs();
  await page().getByText('正在跟随').waitFor();
  await window.shot('124-logs-chinese');
  await window.close();
});

/** In the page: the lowest contrast between a text with a style of terminals and its background, with its classes. */
const lowestContrast = `(() => {
  const parts = (text) => {
    const [r = 0, g = 0, b = 0, a = 1] = (text.match(/-?[\\d.]+(?:e-?\\d+)?/g) ?? []).map(Number);
    const scale = text.startsWith('rgb') ? 255 : 1;
    return [r / scale, g / scale, b / scale, a];
  };
  const over = ([r, g, b, a], [r2, g2, b2]) => [r * a + r2 * (1 - a), g * a + g2 * (1 - a), b * a + b2 * (1 - a)];
  const behind = (node) => {
    const color = parts(getComputedStyle(node).backgroundColor);
    return color[3] === 1 || node.parentElement === null ? color : over(color, behind(node.parentElement));
  };
  const linear = (value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
  const light = ([r, g, b]) => 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
  const contrast = (node) => {
    const back = behind(node);
    const [one, other] = [light(back), light(over(parts(getComputedStyle(node).color), back))];
    return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
  };
  const all = [...document.querySelectorAll('.tx [class*="ansi-"]')].map((node) => [contrast(node), node.className]);
  return { count: all.length, lowest: all.sort(([one], [other]) => one - other).slice(0, 3) };
})()`;

interface StyleContrast {
  readonly count: number;
  readonly lowest: readonly (readonly [contrast: number, classes: string])[];
}

test('styles of terminals are readable in all themes', async () => {
  const codes = ['39', ...[3, 9].flatMap((tens) => [0, 1, 2, 3, 4, 5, 6, 7].map((one) => `${tens}${one}`))]; // prettier-ignore
  const backs = codes.map((code) => String(Number(code) + 10));
  const styled = (code: string) => `\\033[${code}m ${code.replace(';', '/')} \\033[0m`;
  const lines = [
    ...backs.map((back) => codes.map((code) => styled(`${code};${back}`)).join('')),
    codes.map((code) => styled(`${code};7`)).join(''),
    ['1', '2', '3', '4', '9', '7', '2;41', '2;7', '4;9', '31;2'].map(styled).join(' '),
  ];
  const name = `styles-${process.pid.toString(36)}`;
  const container = await objects.docker.createContainer({
    name,
    Image: image,
    Cmd: ['sh', '-c', `printf '${lines.join('\\n')}\\n'`],
  });
  await container.start();
  await container.wait();
  window = await openWindow();
  await window.openSideBar();
  await window.clickOnRow(window.row(`${name}, exited`), /^View Logs/);
  await line('31/7').waitFor();
  for (const [theme, shown] of [
    ['Light Modern', 'light'],
    ['Dark Modern', 'dark'],
    ['High Contrast', 'contrast'],
    ['High Contrast Light', 'contrast-light'],
  ] as const) {
    await window.writeMachineSettings({ 'workbench.colorTheme': `Default ${theme}` });
    await expect.poll(() => page().locator('body').getAttribute('data-vscode-theme-id')).toMatch(new RegExp(`(?:^|Default )${theme}$`)); // prettier-ignore
    const { count, lowest }: StyleContrast = await page().locator('body').evaluate(lowestContrast); // prettier-ignore
    await window.shot(`125-logs-styles-${shown}`);
    expect(count).toBeGreaterThan(17 * 17);
    expect(lowest[0]?.[0], `${theme}: ${JSON.stringify(lowest)}`).toBeGreaterThanOrEqual(4.5);
  }
  await window.close();
});

test('saves all lines of the engine in order, however many the view reads', async () => {
  const name = `many-${process.pid.toString(36)}`;
  const container = await objects.docker.createContainer({
    name,
    Image: image,
    Cmd: ['awk', 'BEGIN { for (i = 1; i <= 30000; i++) print "line", i }'],
  });
  await container.start();
  await container.wait();
  window = await openWindow();
  await window.openSideBar();
  await window.clickOnRow(window.row(`${name}, exited`), /^View Logs/);
  await line('line 30000').waitFor();
  await page().getByText(`${name} exited (0)`).waitFor();
  // As in an editor, also with Ctrl.
  await line('line 30000').click();
  await window.page.keyboard.press('Control+Home');
  await line('line 30000').waitFor({ state: 'detached' });
  await window.page.keyboard.press('Control+End');
  await line('line 30000').waitFor();
  await window.press(page().getByRole('button', { name: 'Save…' }));
  await window.pick('All lines');
  const file = path.join(window.workspace, 'saved.log');
  await window.saveAs(file);
  const expected = Array.from({ length: 30_000 }, (_, index) => `line ${index + 1}\n`).join('');
  await expect.poll(() => readFile(file, 'utf8').catch(() => '')).toBe(expected);
  await window.close();
});
