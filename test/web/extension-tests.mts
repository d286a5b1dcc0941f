/** Runs a suite of extension tests, which has the full `vscode` API, in VS Code for the browser. */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { format } from 'node:util';
import { openPage, startBrowser } from './browser.mts';
import { webVSCode } from './install.mts';
import { pageAddress, startServer, type Server } from './server.mts';

export interface ExtensionTests {
  readonly extensions: readonly string[];
  /** The suite's main file, with an exported `run()`. */
  readonly suite: string;
  readonly folder: string;
  readonly userData: string | undefined;
  readonly extensionsFolder: string | undefined;
}

/** The workbench's own lines, which come over the same channel as the console of the extension host. */
const noise =
  /^(Resolv(ing|ed) connection token|Creating a socket|\[reconnection-grace-time\]|Updating additional builtin|Ignoring fetching additional|Creation of workbench contribution|\[AgentHost|\[AccountPolicyGate\]|\[Service Worker\]|\[LocalProcess|getaddrinfo ENOTFOUND|Failed to fetch)/;

/** Gives the exit code of the suite: 0 only when it passed and the extension host ended in order. */
export async function runExtensionTests(tests: ExtensionTests): Promise<number> {
  const temporary = await mkdtemp(path.join(tmpdir(), 'drydock-vscode-'));
  const server = await startServer({
    vscode: await webVSCode(),
    userData: tests.userData ?? path.join(temporary, 'data'),
    extensions: tests.extensionsFolder ?? path.join(temporary, 'extensions'),
    temporary,
    forExtensionTests: true,
  });
  const browser = await startBrowser();
  try {
    const page = await openPage(browser);
    page.setDefaultTimeout(120_000);
    const exit = new Promise<number>((resolve, reject) => {
      page.once('crash', () => {
        reject(new Error('The page crashed.'));
      });
      const log = (kind: string, words: unknown[]) => {
        if (noise.test(String(words[0]))) return;
        const stream = kind === 'error' || kind === 'warn' ? process.stderr : process.stdout;
        stream.write(`${format(...words)}\n`);
      };
      page.exposeFunction('codeAutomationLog', log).catch(reject);
      page.exposeFunction('codeAutomationExit', resolve).catch(reject);
    });
    await page.goto(
      pageAddress(server, tests.folder, [
        ...tests.extensions.map(
          (folder) => ['extensionDevelopmentPath', remote(server, folder)] as const,
        ),
        ['extensionTestsPath', remote(server, tests.suite)],
        ['skipWelcome', 'true'],
      ]),
    );
    const code = await exit;
    return code === 0 && !(await extensionHostEndedWell(server)) ? 1 : code;
  } finally {
    await browser.close();
    await server.stop();
    await rm(temporary, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** The workbench reports a crashed extension host as exit code 0; the server's log knows better. */
async function extensionHostEndedWell(server: Server): Promise<boolean> {
  const ending = /Extension Host Process exited with code: (\S+), signal: (\S+)\./;
  const deadline = performance.now() + 120_000;
  while (performance.now() < deadline) {
    const match = ending.exec(server.log());
    if (match) {
      if (match[1] === '0' && match[2] === 'null') return true;
      console.error(match[0]);
      return false;
    }
    await wait(50);
  }
  console.error('The end of the extension host was not seen.');
  return false;
}

function remote({ authority }: Server, file: string): string {
  return `vscode-remote://${authority}${pathToFileURL(file).pathname}`;
}
