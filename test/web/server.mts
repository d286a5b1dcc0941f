/** VS Code's server: started on a free port, with settings under which nothing interrupts. */

import { spawn } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { outputOf } from '../../scripts/setup/run.mts';
import type { WebVSCode } from './install.mts';

/** A VS Code that shows the extension and nothing else: no welcome page, no chat, no requests to the network. */
export const quietSettings: Readonly<Record<string, unknown>> = {
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.welcomePage.walkthroughs.openOnInstall': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.enableExperiments': false,
  'chat.disableAIFeatures': true,
  'chat.commandCenter.enabled': false,
  'extensions.ignoreRecommendations': true,
  'extensions.autoUpdate': false,
  'extensions.autoCheckUpdates': false,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'git.openRepositoryInParentFolders': 'never',
  'npm.fetchOnlinePackageInfo': false,
};

/** The folders of one VS Code installation. */
export interface Profile {
  readonly userData: string;
  readonly extensions: string;
}

export interface ServerOptions extends Profile {
  readonly vscode: WebVSCode;
  readonly port?: number;
  /** An existing folder for sockets and temporary files, instead of the system's. */
  readonly temporary?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Written over those that the profile has. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Folders are trusted when somebody says so, not from the beginning. */
  readonly mistrusting?: boolean;
  /** Root without its right to open what is not its own. */
  readonly restrained?: boolean;
  /** Lets a page's address name an extension to develop and its tests; it hides notifications. */
  readonly forExtensionTests?: boolean;
}

export interface Server {
  /** Host and port, as the authority of `vscode-remote` addresses. */
  readonly authority: string;
  /** What the server printed so far. */
  log(): string;
  /** Resolves when the server has ended, by `stop` or by itself. */
  readonly ended: Promise<void>;
  stop(): Promise<void>;
}

/** Starts the server and resolves when it listens. */
export async function startServer(options: ServerOptions): Promise<Server> {
  const { vscode, extensions, port = 0, forExtensionTests = false } = options;
  const { mistrusting = false, restrained = false } = options;
  await writeSettings(options);
  await mkdir(extensions, { recursive: true });
  const args = [
    ...[vscode.server, '--host', '127.0.0.1', '--port', String(port)],
    ...['--without-connection-token', '--accept-server-license-terms', '--telemetry-level', 'off'],
    '--disable-experiments',
    ...(mistrusting ? [] : ['--disable-workspace-trust']),
    ...folderArguments(options),
    ...(forExtensionTests ? ['--enable-smoke-test-driver'] : []),
  ];
  // The kernel ends the server even when we are killed. Its group is how its children are known.
  const rights = restrained ? ['--bounding-set', '-dac_override,-dac_read_search'] : [];
  const child = spawn('setpriv', ['--pdeathsig', 'TERM', ...rights, vscode.node, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: serverEnvironment(options),
    detached: true,
  });
  let log = '';
  const ended = new Promise<void>((resolve) =>
    child.once('exit', () => {
      resolve();
    }),
  );
  const bound = new Promise<string>((resolve, reject) => {
    const read = (data: Buffer) => {
      log += data.toString();
      const match = /Server bound to [^\s]*?:(\d+)/.exec(log);
      if (match?.[1]) resolve(match[1]);
      // The server says so and stays.
      if (log.includes('EADDRINUSE')) {
        child.kill('SIGTERM');
        reject(new Error(`Port ${port} is taken.`));
      }
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('error', reject);
    child.once('exit', (code) => {
      reject(new Error(`VS Code's server ended with ${code}:\n${log.slice(-2000)}`));
    });
  });
  return {
    authority: `127.0.0.1:${await bound}`,
    log: () => log,
    ended,
    async stop() {
      await endGroup(child.pid);
    },
  };
}

/** Ends the server with all its children, which write files for a moment longer than it lives. */
async function endGroup(pid: number | undefined): Promise<void> {
  if (pid === undefined) return;
  const deadline = performance.now() + 5000;
  try {
    process.kill(-pid, 'SIGTERM');
    while (performance.now() < deadline) {
      process.kill(-pid, 0);
      await wait(20);
    }
    process.kill(-pid, 'SIGKILL');
  } catch {
    // Nobody is left in the group.
  }
}

/** Installs a VSIX into a profile. */
export async function installExtension(
  vscode: WebVSCode,
  profile: Profile,
  vsix: string,
): Promise<void> {
  await outputOf(
    vscode.node,
    [vscode.server, '--install-extension', vsix, '--force', ...folderArguments(profile)],
    { env: serverEnvironment() },
  );
}

/** The address of a page that shows a folder; `payload` is handed to the workbench. */
export function pageAddress(
  { authority }: Server,
  folder: string,
  payload: readonly (readonly [string, string])[] = [],
): string {
  const query = [`folder=${encodeURIComponent(folder).replaceAll('%2F', '/')}`];
  if (payload.length > 0) query.push(`payload=${encodeURIComponent(JSON.stringify(payload))}`);
  return `http://${authority}/?${query.join('&')}`;
}

/** Writes the user's settings: the quiet ones, then what is there already, then those asked for. */
async function writeSettings({ userData, settings }: ServerOptions): Promise<void> {
  const file = path.join(userData, 'User/settings.json');
  await mkdir(path.dirname(file), { recursive: true });
  let present: object = {};
  try {
    present = JSON.parse(await readFile(file, 'utf8')) as object;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  await writeFile(
    file,
    JSON.stringify({ ...quietSettings, ...present, ...settings }, undefined, 2),
  );
}

function folderArguments({ userData, extensions }: Profile): readonly string[] {
  return [
    '--user-data-dir',
    userData,
    '--server-data-dir',
    userData,
    '--extensions-dir',
    extensions,
  ];
}

function serverEnvironment({
  temporary,
  env,
}: Pick<ServerOptions, 'temporary' | 'env'> = {}): NodeJS.ProcessEnv {
  return {
    ...process.env,
    // No gallery: the workbench would ask it for every built-in extension.
    EXTENSIONS_GALLERY: '{}',
    ...(temporary === undefined ? {} : { TMPDIR: temporary, XDG_RUNTIME_DIR: temporary }),
    ...env,
  };
}
