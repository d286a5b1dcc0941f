/**
 * Runs the extension suite, which uses the full `vscode` API: in desktop VS Code if there is a display
 * and it can be downloaded, otherwise in VS Code for the browser.
 *
 * DRYDOCK_VSCODE overrides this: `web`, `desktop`, or the path of an executable.
 */

import { runTests } from '@vscode/test-electron';
import { build } from 'esbuild';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { root } from '../../scripts/setup/run.mts';

const web = path.join(root, 'test/web/code.mjs');

const temporary = await mkdtemp(path.join(tmpdir(), 'drydock-suite-'));
try {
  const folder = path.join(temporary, 'workspace');
  await mkdir(folder);
  const executable = await vscodeExecutable();
  await runTests({
    ...(executable === undefined ? {} : { vscodeExecutablePath: executable }),
    extensionDevelopmentPath: root,
    extensionTestsPath: await bundleSuite(),
    launchArgs: [
      folder,
      `--user-data-dir=${path.join(temporary, 'data')}`,
      `--extensions-dir=${path.join(temporary, 'extensions')}`,
    ],
    extensionTestsEnv: { DRYDOCK_COUNTS: process.env.DRYDOCK_COUNTS },
  });
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  await rm(temporary, { recursive: true, force: true, maxRetries: 5 });
}

/** Undefined for the desktop VS Code that runTests downloads. */
async function vscodeExecutable(): Promise<string | undefined> {
  const choice = process.env.DRYDOCK_VSCODE;
  if (choice === 'web') return web;
  if (choice !== undefined) return choice === 'desktop' ? undefined : choice;
  const display =
    process.platform !== 'linux' || process.env.DISPLAY || process.env.WAYLAND_DISPLAY;
  return display && (await canDownload()) ? undefined : web;
}

/** Whether desktop VS Code can be downloaded: requests the list of versions, as the download does first. */
async function canDownload(): Promise<boolean> {
  const { fetchStableVersions } = await import('@vscode/test-electron/out/download.js');
  try {
    return (await fetchStableVersions(true, 3000)).length > 0;
  } catch {
    return false;
  }
}

/** Bundles the suite into a file in the extension's folder, so that VS Code assigns it to the extension. */
async function bundleSuite(): Promise<string> {
  const outfile = path.join(root, 'artefacts/vscode/suite.js');
  await build({
    entryPoints: [path.join(root, 'test/vscode/suite/index.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    external: ['vscode'],
    sourcemap: 'inline',
    logLevel: 'warning',
  });
  return outfile;
}
