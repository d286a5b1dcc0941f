/** Runs a suite of extension tests, which uses the full `vscode` API, in VS Code for the browser. */

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

/** Log lines of the workbench, which use the same channel as the console of the extension host. */
const noise =
  /^(Resolv(ing|ed) connection token|Creating a socket|\[reconnection-grace-time\]|Updating additional builtin|Ignoring fetching additional|Creation of workbench contribution|\[AgentHost|\[AccountPolicyGate\]|\[Service Worker\]|\[LocalProcess|getaddrinfo ENOTFOUND|Failed to fetch)/;

/** Milliseconds for the whole suite; each of its tests has a shorter timeout. */
const suiteTimeout = 3_600_000;

/** Returns the exit code of the suite: 0 only if it passed and the extension host exited normally. */
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
      setTimeout(() => {
        reject(new Error(`The suite did not end within ${suiteTimeout} ms.`));
      }, suiteTimeout).unref();
      page.once('crash', () => {
        reject(new Error('The page crashed.'));
      });
      const log = (kind: string, args: unknown[]) => {
        if (noise.test(String(args[0]))) return;
        const stream = kind === 'error' || kind === 'warn' ? process.stderr : process.stdout;
        stream.write(`${format(...args)}\n`);
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
    return code === 0 && !(await extensionHostExited(server)) ? 1 : code;
  } finally {
    await browser.close();
    await server.stop();
    await rm(temporary, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Whether the extension host exited normally, by the server's log: the workbench reports a crash as exit code 0. */
async function extensionHostExited(server: Server): Promise<boolean> {
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
  console.error('The exit of the extension host is not in the log.');
  return false;
}

function remote({ authority }: Server, file: string): string {
  return `vscode-remote://${authority}${pathToFileURL(file).pathname}`;
}
