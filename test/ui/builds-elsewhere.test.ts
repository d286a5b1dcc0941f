/** Builds of the docker command in a shell, as the Dockerfile in the editor shows them. */

import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { startNewerEngine, type NewerEngine } from '../../scripts/setup/newer-engine.mts';
import { withNewerEngine } from '../engine/buildkit.ts';
import { cliBuild } from '../engine/cli-builds.ts';
import { findings } from './accessibility.ts';
import { openWindow, type Window } from './window.ts';

const newer = await withNewerEngine<NewerEngine>(() => startNewerEngine());
afterAll(() => newer?.stop());

describe.skipIf(!newer)('a Dockerfile in the editor', () => {
  let window: Window;
  const open = (language?: string) =>
    openWindow({
      env: newer!.env,
      ...(language !== undefined && { language }),
      files: {
        'shop/Dockerfile': 'FROM scratch\nCOPY file /one\nCOPY missing /two\n',
        'shop/file': 'x',
        'Base.Dockerfile': 'FROM scratch\nCOPY shop/file /\n',
      },
    });
  beforeAll(async () => {
    window = await open();
  });
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await window.saveFailure(task.name);
  });
  afterAll(() => window.close());

  const build = () => {
    const folder = path.join(window.workspace, 'shop');
    return cliBuild(newer!.env, ['-t', 'elsewhere:ui', folder]);
  };

  test('shows the failure of a build in a shell, and the page of the build', async () => {
    const file = path.join(window.workspace, 'Base.Dockerfile');
    await cliBuild(newer!.env, ['-t', 'elsewhere:base', '-f', file, window.workspace]);
    await window.openSideBar();
    // The window is connected.
    await window.row('elsewhere').waitFor();
    await window.openFile('shop/Dockerfile');
    const built = await build();
    expect(built.succeeded).toBe(false);
    const problems = await window.openProblems();
    await problems
      .getByText(/missing/)
      .first()
      .waitFor();
    await window.shot('90-build-elsewhere-failed');
    await window.command('Drydock: Show Build');
    await window.webview().locator('.st').filter({ hasText: 'missing' }).first().waitFor();
    expect(await findings(window, '91-build-elsewhere-page')).toEqual([]);
    await window.command('View: Close Editor');
  });

  test('shows the costs of a build in a shell, and removes the problem', async () => {
    await writeFile(path.join(window.workspace, 'shop/missing'), 'y');
    const built = await build();
    expect(built.succeeded, built.output).toBe(true);
    const lens = window.page.locator('.codelens-decoration');
    await lens.filter({ hasText: /built .* in a terminal, .* of 2 steps cached/ }).waitFor();
    const problems = await window.openProblems();
    await problems.getByText('source-not-found').waitFor({ state: 'hidden' });
    await window.shot('92-build-elsewhere');
    await window.command('Drydock: Show Build');
    await window.webview().getByText('Image size').waitFor();
    const shown = ['light', 'contrast', 'dark'] as const;
    expect(await findings(window, '93-build-elsewhere-finished', shown)).toEqual([]);
    await window.command('View: Close Editor');
    await lens.first().waitFor();
    await window.shot('92-build-elsewhere-dark');
  });

  test('shows both in Chinese', async () => {
    await window.close();
    window = await open('zh-cn');
    await window.page.locator('.activitybar').getByRole('tab', { name: 'Drydock' }).click();
    await window.row('elsewhere').waitFor();
    await window.openFile('shop/Dockerfile');
    await build();
    await window.page.locator('.squiggly-error').first().waitFor();
    await window.command('Drydock: 显示构建');
    await window.webview().locator('.st').filter({ hasText: 'missing' }).first().waitFor();
    await window.shot('94-build-elsewhere-failed-zh');
    await window.command('View: Close Editor');
    await writeFile(path.join(window.workspace, 'shop/missing'), 'z');
    await build();
    const lens = window.page.locator('.codelens-decoration');
    await lens.filter({ hasText: '在终端中构建' }).waitFor();
    await window.shot('94-build-elsewhere-zh');
  });
});
