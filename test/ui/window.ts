/**
 * VS Code in a browser with Drydock installed. The benchmark of the side bar uses it too, so it must not import the test
 * runner.
 */

import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { openPage, startBrowser } from '../web/browser.mts';
import { webVSCode } from '../web/install.mts';
import {
  installExtension,
  pageAddress,
  startServer,
  type Server,
  type ServerOptions,
} from '../web/server.mts';
import { timeout } from './retry.ts';
import { Workbench } from './workbench.ts';

const root = path.resolve(import.meta.dirname, '../..');
const artefacts = path.join(root, 'artefacts/ui');

export interface WindowOptions extends Pick<
  ServerOptions,
  'workspaceTrust' | 'withoutFileCapabilities'
> {
  /** A folder that is copied into the workspace. */
  readonly copyOf?: string;
  /** Further files of the workspace, by name. */
  readonly files?: Readonly<Record<string, string>>;
  readonly env?: NodeJS.ProcessEnv;
  readonly settings?: Readonly<Record<string, unknown>>;
  /** The display language, such as `zh-cn`; texts of VS Code itself stay English without its language pack. */
  readonly language?: string;
  /** Drydock logs each message to and from the language server. */
  readonly tracing?: boolean;
  /** VS Code without Drydock, for comparison. */
  readonly withoutExtension?: boolean;
}

/** Opens VS Code with a temporary workspace; `close` stops it and removes everything. */
export async function openWindow(options: WindowOptions = {}): Promise<Window> {
  const folder = await mkdtemp(path.join(tmpdir(), 'drydock-ui-'));
  const resources: Resources = { folder };
  try {
    const workspace = path.join(folder, 'workspace');
    await createWorkspace(workspace, options);
    resources.server = await serve(folder, options);
    resources.browser = await startBrowser();
    const page = await openPage(resources.browser);
    page.setDefaultTimeout(timeout);
    if (options.language !== undefined) await setLanguage(page, resources.server, options.language);
    const logLevel = ['logLevel', 'drydock.drydock=trace'] as const;
    const address = pageAddress(resources.server, workspace, options.tracing ? [logLevel] : []);
    await page.goto(address);
    await page.locator('.explorer-folders-view').getByRole('treeitem').first().waitFor();
    return new Window(page, workspace, resources);
  } catch (error) {
    await release(resources);
    throw error;
  }
}

/** VS Code for the Web keeps its language in a cookie; language packs set the variable, which it passes on to extensions. */
async function setLanguage(page: Page, server: Server, language: string): Promise<void> {
  const url = pageAddress(server, '/', []);
  await page.addInitScript(`globalThis._VSCODE_NLS_LANGUAGE = ${JSON.stringify(language)}`);
  await page.context().addCookies([{ name: 'vscode.nls.locale', value: language, url }]);
}

/** The resources of a window that have been created so far. */
interface Resources {
  readonly folder: string;
  server?: Server;
  browser?: Browser;
}

async function release({ folder, server, browser }: Resources): Promise<void> {
  await browser?.close();
  await server?.stop();
  await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
}

async function createWorkspace(
  workspace: string,
  { copyOf, files = {} }: WindowOptions,
): Promise<void> {
  await mkdir(workspace);
  if (copyOf) await cp(copyOf, workspace, { recursive: true });
  // An empty folder would not show the tree that `openWindow` waits for.
  for (const [name, text] of Object.entries({ 'notes.txt': 'Notes\n', ...files })) {
    await mkdir(path.dirname(path.join(workspace, name)), { recursive: true });
    await writeFile(path.join(workspace, name), text);
  }
}

async function serve(folder: string, options: WindowOptions): Promise<Server> {
  const { env = {}, settings, workspaceTrust = false, withoutFileCapabilities = false } = options;
  const vscode = await webVSCode();
  const profile = { userData: path.join(folder, 'data'), extensions: path.join(folder, 'ext') };
  if (!options.withoutExtension) await installExtension(vscode, profile, packedExtension());
  return startServer({
    vscode,
    ...profile,
    temporary: folder,
    env,
    workspaceTrust,
    withoutFileCapabilities,
    settings: {
      // The terminal's text can be read from the page only when it is not painted by the GPU.
      'terminal.integrated.gpuAcceleration': 'off',
      'editor.accessibilitySupport': 'off',
      'window.commandCenter': false,
      'git.enabled': false,
      ...settings,
    },
  });
}

/** One VS Code with one page. */
export class Window extends Workbench {
  readonly workspace: string;
  readonly #resources: Resources;

  constructor(page: Page, workspace: string, resources: Resources) {
    super(page);
    this.workspace = workspace;
    this.#resources = resources;
  }

  close(): Promise<void> {
    return release(this.#resources);
  }

  /** Replaces the settings of the machine: those that a workspace cannot set. */
  async writeMachineSettings(settings: Readonly<Record<string, unknown>>): Promise<void> {
    const file = path.join(this.#resources.folder, 'data/Machine/settings.json');
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, JSON.stringify(settings));
  }

  /** Saves a screenshot to the artefacts. */
  async shot(name: string): Promise<void> {
    await mkdir(artefacts, { recursive: true });
    // Animated elements are shown in their final state.
    const animations = 'disabled';
    await this.page.screenshot({ path: path.join(artefacts, `${name}.png`), animations });
  }

  /** Saves a screenshot at a failure, with the logs of the server and of Drydock. */
  async saveFailure(name: string): Promise<void> {
    const file = `FAIL-${name.replaceAll(/\W+/g, '-')}`;
    await this.shot(file);
    const logs = [this.#resources.server?.log() ?? '', ...(await this.logs())];
    await writeFile(path.join(artefacts, `${file}.log`), logs.join('\n'));
  }

  /** The logs of Drydock and its language client. */
  async logs(): Promise<readonly string[]> {
    const folder = path.join(this.#resources.folder, 'data/logs');
    const names = await readdir(folder, { recursive: true });
    const own = names.filter((one) => /drydock[^/]*\.log$/i.test(one));
    return Promise.all(own.map((one) => readFile(path.join(folder, one), 'utf8')));
  }
}

/** The packaged extension, which `npm test` builds, so that the tests install what users install. */
export function packedExtension(): string {
  const file = process.env.DRYDOCK_VSIX;
  if (!file) throw new Error('DRYDOCK_VSIX is not set; run `npm test ui`.');
  return file;
}
