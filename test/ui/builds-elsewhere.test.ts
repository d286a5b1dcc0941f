/** Builds of the docker command in a shell, as the Dockerfile in the editor shows them. */

import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { startNewerEngine, type NewerEngine } from '../../scripts/setup/newer-engine.mts';
import { withNewerEngine } from '../engine/buildkit.ts';
import { cliBuild } from '../engine/cli-builds.ts';
import { openWindow, type Window } from './window.ts';

const newer = await withNewerEngine<NewerEngine>(() => startNewerEngine());
afterAll(() => newer?.stop());

describe.skipIf(!newer)('a Dockerfile in the editor', () => {
  let window: Window;
  beforeAll(async () => {
    window = await openWindow({
      env: newer!.env,
      files: {
        'shop/Dockerfile': 'FROM scratch\nCOPY file /one\nCOPY missing /two\n',
        'shop/file': 'x',
        'Base.Dockerfile': 'FROM scratch\nCOPY shop/file /\n',
      },
    });
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
    await window.shot('91-build-elsewhere-page');
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
  });
});
