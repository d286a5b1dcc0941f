/**
 * VS Code's own server and workbench, for a browser, out of npm packages.
 *
 * The package code-server carries a complete VS Code server. We run that server itself and none of
 * code-server around it. Nothing is compiled: the two native addons without a ready binary are
 * replaced by JavaScript, and the parts for artificial intelligence, 200 MB that no test needs, are
 * left out. A Node for it comes as a package too, because it needs a newer one than ours may be.
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
/** Raised when the recipe below changes, so that what an older one made is not taken for ours. */
const recipe = 1;

/** An installed VS Code for the browser. */
export interface WebVSCode {
  readonly version: string;
  /** The Node that runs it. */
  readonly node: string;
  /** The server's main script. */
  readonly server: string;
}

/** Gives VS Code's web build from the cache, or installs it there first. Two at once do no harm. */
export async function webVSCode(say: (text: string) => void = () => undefined): Promise<WebVSCode> {
  const cache = await cacheFolder();
  const folder = path.join(
    cache,
    `vscode-${codeServer}-${recipe}-node-${nodeVersion}-${process.arch}`,
  );
  if (!existsSync(folder)) {
    say('VS Code for the browser, from npm packages into the cache');
    const draft = await mkdtemp(path.join(cache, 'draft-'));
    try {
      await installInto(draft);
      await rename(draft, folder);
    } catch (error) {
      // Another run may have been faster; its folder is as good as ours.
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

/** A folder that outlives the run: below XDG_CACHE_HOME or ~/.cache, or in the temporary folder when neither can be written. */
export async function cacheFolder(): Promise<string> {
  const home = process.env.XDG_CACHE_HOME ?? path.join(homedir(), '.cache');
  for (const base of [home, tmpdir()]) {
    const folder = path.join(base, 'drydock');
    try {
      await mkdir(folder, { recursive: true });
      await access(folder, constants.W_OK);
      return folder;
    } catch {
      // A container may run without a home; the next place is tried.
    }
  }
  throw new Error('Neither the cache folder nor the temporary folder can be written.');
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
  await withoutAI(code);
  // Not `npm ci`, which finds fault with the shrinkwrap, but with the shrinkwrap's versions.
  await npm(
    ['install', '--omit=dev', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'],
    code,
  );
  await standIn(code, 'spdlog', 'spdlog.cjs');
  await standIn(code, 'native-watchdog', 'native-watchdog.cjs');
}

async function withoutAI(code: string): Promise<void> {
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

/** Puts a script of ours in the place of a native addon. */
async function standIn(code: string, addon: string, script: string): Promise<void> {
  await copyFile(
    path.join(import.meta.dirname, script),
    path.join(code, 'node_modules/@vscode', addon, 'index.js'),
  );
}

/** npm, away from the settings that an `npm test` around us would hand down. */
async function npm(args: readonly string[], cwd: string): Promise<void> {
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !name.startsWith('npm_')),
  );
  await outputOf('npm', args, { cwd, env });
}
