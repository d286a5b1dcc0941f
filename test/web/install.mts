/**
 * Installs VS Code's server and workbench for a browser from npm packages.
 *
 * The package code-server contains a complete VS Code server. Only that server is run, without the code
 * of code-server. Nothing is compiled: the two native addons without a prebuilt binary are replaced by
 * JavaScript, and the AI features, 200 MB that no test needs, are removed. Node.js is installed from a
 * package too, because the server requires a newer version than the current one may be.
 */

import { existsSync } from 'node:fs';
import {
  access,
  copyFile,
  mkdir,
  mkdtemp,
  readFile,
  readdir,
  rename,
  rm,
  writeFile,
} from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import path from 'node:path';
import { constants } from 'node:fs';
import { outputOf } from '../../scripts/setup/run.mts';

const codeServer = '4.139.1';
const nodeVersion = '24.21.0';
/** Increased when the steps below change, so that an older installation is not used. */
const revision = 1;

/** An installed VS Code for the browser. */
export interface WebVSCode {
  readonly version: string;
  /** The Node.js executable that runs it. */
  readonly node: string;
  /** The server's main script. */
  readonly server: string;
}

/** Returns VS Code's web build from the cache, or installs it there first. Safe to run concurrently. */
export async function webVSCode(
  report: (text: string) => void = () => undefined,
): Promise<WebVSCode> {
  const cache = await cacheFolder();
  const folder = path.join(
    cache,
    `vscode-${codeServer}-${revision}-node-${nodeVersion}-${process.arch}`,
  );
  if (!existsSync(folder)) {
    report('Installing VS Code for the browser from npm packages');
    const draft = await mkdtemp(path.join(cache, 'draft-'));
    try {
      await installInto(draft);
      await rename(draft, folder);
    } catch (error) {
      // Another process may have installed the same version meanwhile.
      if (!existsSync(folder)) throw error;
    } finally {
      await rm(draft, { recursive: true, force: true });
    }
  }
  const code = path.join(folder, 'code-server/lib/vscode');
  const product = JSON.parse(await readFile(path.join(code, 'product.json'), 'utf8')) as {
    version: string;
  };
  return {
    version: product.version,
    node: path.join(folder, 'node/bin/node'),
    server: path.join(code, 'out/server-main.js'),
  };
}

/** A persistent directory in XDG_CACHE_HOME or ~/.cache, or in the temporary directory if that cannot be written. */
export async function cacheFolder(): Promise<string> {
  const home = process.env.XDG_CACHE_HOME ?? path.join(homedir(), '.cache');
  for (const base of [home, tmpdir()]) {
    const folder = path.join(base, 'drydock');
    try {
      await mkdir(folder, { recursive: true });
      await access(folder, constants.W_OK);
      return folder;
    } catch {
      // A container may run without a home directory; the next directory is tried.
    }
  }
  throw new Error('Neither the cache directory nor the temporary directory can be written.');
}

async function installInto(folder: string): Promise<void> {
  const packages = { 'code-server': codeServer, [`node-linux-${process.arch}`]: nodeVersion };
  await npm(
    [
      'pack',
      '--silent',
      ...Object.entries(packages).map(([name, version]) => `${name}@${version}`),
    ],
    folder,
  );
  for (const archive of (await readdir(folder)).filter((name) => name.endsWith('.tgz'))) {
    const target = path.join(folder, archive.startsWith('node-') ? 'node' : 'code-server');
    await mkdir(target);
    await outputOf('tar', [
      '-xzf',
      path.join(folder, archive),
      '-C',
      target,
      '--strip-components=1',
    ]);
    await rm(path.join(folder, archive));
  }

  const code = path.join(folder, 'code-server/lib/vscode');
  await removeAI(code);
  // `npm ci` rejects the shrinkwrap file; `npm install` uses its versions too.
  await npm(
    ['install', '--omit=dev', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'],
    code,
  );
  await replaceAddon(code, 'spdlog', 'spdlog.cjs');
  await replaceAddon(code, 'native-watchdog', 'native-watchdog.cjs');
}

async function removeAI(code: string): Promise<void> {
  for (const name of ['package.json', 'npm-shrinkwrap.json']) {
    const file = path.join(code, name);
    const json = JSON.parse(await readFile(file, 'utf8')) as {
      dependencies?: Record<string, string>;
      packages?: Record<string, { dependencies?: Record<string, string> }>;
    };
    const dependencies = json.packages?.['']?.dependencies ?? json.dependencies ?? {};
    delete dependencies['@github/copilot-sdk'];
    delete dependencies['@microsoft/mxc-sdk'];
    await writeFile(file, JSON.stringify(json, undefined, 2));
  }
  for (const extension of ['copilot', 'mermaid-markdown-features']) {
    await rm(path.join(code, 'extensions', extension), { recursive: true, force: true });
  }
}

/** Replaces a native addon with one of our scripts. */
async function replaceAddon(code: string, addon: string, script: string): Promise<void> {
  await copyFile(
    path.join(import.meta.dirname, script),
    path.join(code, 'node_modules/@vscode', addon, 'index.js'),
  );
}

/** Runs npm without the settings that an outer `npm test` passes on. */
async function npm(args: readonly string[], cwd: string): Promise<void> {
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !name.startsWith('npm_')),
  );
  await outputOf('npm', args, { cwd, env });
}
