/** The versions of the programs that the tests run with. */

import { chromiumPath } from '../../test/web/browser.mts';
import { webVSCode } from '../../test/web/install.mts';
import type { Need } from '../parts/needs.mts';
import { engineAddress, engineVersion } from './engine.mts';
import { outputOf } from './run.mts';

/** One line with the versions of Node.js, npm and the needed programs. */
export async function versions(needs: ReadonlySet<Need>): Promise<string> {
  const words = [`Node ${process.versions.node}`, `npm ${await versionOf('npm')}`];
  if (needs.has('vscode') && process.platform === 'linux') {
    words.push(`VS Code ${(await webVSCode()).version}`);
  }
  if (needs.has('browser')) words.push(await chromiumVersion());
  if (needs.has('engine')) {
    const address = engineAddress();
    const version = address && (await engineVersion(address));
    words.push(version === undefined ? 'no Docker engine' : `Docker engine ${version}`);
  }
  return words.join(' · ');
}

async function chromiumVersion(): Promise<string> {
  const file = chromiumPath();
  return file === undefined ? 'no Chromium' : versionOf(file);
}

/** The output of `--version`. */
async function versionOf(file: string): Promise<string> {
  // Debian's Chromium adds where it was built.
  return (await outputOf(file, ['--version'])).trim().replace(/ built on .*/, '');
}
