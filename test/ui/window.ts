/**
 * VS Code in a browser with Drydock installed, for a person to use. The bench of the side bar looks through it too, so that
 * it knows nothing of the tests' own program.
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
import { patience } from './patience.ts';
import { Person } from './person.ts';

const root = path.resolve(import.meta.dirname, '../..');
const artefacts = path.join(root, 'artefacts/ui');

export interface WindowOptions extends Pick<ServerOptions, 'mistrusting' | 'restrained'> {
  /** A folder that is copied into the workspace. */
  readonly copyOf?: string;
  /** Further files of the workspace, by name. */
  readonly files?: Readonly<Record<string, string>>;
  readonly env?: NodeJS.ProcessEnv;
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Drydock logs each message to and from the language server. */
  readonly tracing?: boolean;
  /** VS Code alone, to measure beside. */
  readonly bare?: boolean;
}

/** Opens VS Code on a workspace of its own; `close` ends it and removes everything. */
export async function openWindow(options: WindowOptions = {}): Promise<Window> {
  const folder = await mkdtemp(path.join(tmpdir(), 'drydock-ui-'));
  const held: Held = { folder };
  try {
    const workspace = path.join(folder, 'workspace');
    await furnish(workspace, options);
    held.server = await serve(folder, options);
    held.browser = await startBrowser();
    const page = await openPage(held.browser);
    page.setDefaultTimeout(patience);
    const logLevel = ['logLevel', 'drydock.drydock=trace'] as const;
    await page.goto(pageAddress(held.server, workspace, options.tracing ? [logLevel] : []));
    await page.locator('.explorer-folders-view').getByRole('treeitem').first().waitFor();
    return new Window(page, workspace, held);
  } catch (error) {
    await release(held);
    throw error;
  }
}

/** What a window holds, as far as it has come. */
interface Held {
  readonly folder: string;
  server?: Server;
  browser?: Browser;
}

async function release({ folder, server, browser }: Held): Promise<void> {
  await browser?.close();
  await server?.stop();
  await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
}

async function furnish(workspace: string, { copyOf, files = {} }: WindowOptions): Promise<void> {
  await mkdir(workspace);
  if (copyOf) await cp(copyOf, workspace, { recursive: true });
  // A folder without any file shows no tree to wait for.
  for (const [name, text] of Object.entries({ 'notes.txt': 'Notes\n', ...files })) {
    await mkdir(path.dirname(path.join(workspace, name)), { recursive: true });
    await writeFile(path.join(workspace, name), text);
  }
}

async function serve(folder: string, options: WindowOptions): Promise<Server> {
  const { env = {}, settings, mistrusting = false, restrained = false } = options;
  const vscode = await webVSCode();
  const profile = { userData: path.join(folder, 'data'), extensions: path.join(folder, 'ext') };
  if (!options.bare) await installExtension(vscode, profile, packedExtension());
  return startServer({
    vscode,
    ...profile,
    temporary: folder,
    env,
    mistrusting,
    restrained,
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
export class Window extends Person {
  readonly workspace: string;
  readonly #held: Held;

  constructor(page: Page, workspace: string, held: Held) {
    super(page);
    this.workspace = workspace;
    this.#held = held;
  }

  close(): Promise<void> {
    return release(this.#held);
  }

  /** Keeps what the page looks like among the artefacts. */
  async shot(name: string): Promise<void> {
    await mkdir(artefacts, { recursive: true });
    // What fades in is shown as it will be.
    const animations = 'disabled';
    await this.page.screenshot({ path: path.join(artefacts, `${name}.png`), animations });
  }

  /** Keeps what the page looks like at a failure, and what the server and Drydock said until then. */
  async shotOfFailure(name: string): Promise<void> {
    const file = `FAIL-${name.replaceAll(/\W+/g, '-')}`;
    await this.shot(file);
    const said = [this.#held.server?.log() ?? '', ...(await this.logs())];
    await writeFile(path.join(artefacts, `${file}.log`), said.join('\n'));
  }

  /** What Drydock and its language client wrote down. */
  async logs(): Promise<readonly string[]> {
    const folder = path.join(this.#held.folder, 'data/logs');
    const names = await readdir(folder, { recursive: true });
    const own = names.filter((one) => /drydock[^/]*\.log$/i.test(one));
    return Promise.all(own.map((one) => readFile(path.join(folder, one), 'utf8')));
  }
}

/** `npm test` packs it and says where; the tests install what people install. */
export function packedExtension(): string {
  const file = process.env.DRYDOCK_VSIX;
  if (!file) throw new Error('DRYDOCK_VSIX names no VSIX: run `npm test ui`.');
  return file;
}
