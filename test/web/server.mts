/** Starts VS Code's server on a free port, with settings that avoid interruptions. */

import { spawn } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { outputOf } from '../../scripts/setup/run.mts';
import type { WebVSCode } from './install.mts';

/** Settings that show nothing but the extension: no welcome page, no chat, no network requests. */
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
  /** Override the settings of the profile. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Enables Workspace Trust, so that folders are not trusted at first. */
  readonly workspaceTrust?: boolean;
  /** Runs as root without the capabilities to open files of other users. */
  readonly withoutFileCapabilities?: boolean;
  /** Accepts an extension under development and its tests in the address of a page; hides notifications. */
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
  const { workspaceTrust = false, withoutFileCapabilities = false } = options;
  await writeSettings(options);
  await mkdir(extensions, { recursive: true });
  const args = [
    ...[vscode.server, '--host', '127.0.0.1', '--port', String(port)],
    ...['--without-connection-token', '--accept-server-license-terms', '--telemetry-level', 'off'],
    '--disable-experiments',
    ...(workspaceTrust ? [] : ['--disable-workspace-trust']),
    ...folderArguments(options),
    ...(forExtensionTests ? ['--enable-smoke-test-driver'] : []),
  ];
  // The kernel ends the server even if this process is killed. Its process group contains its children.
  const rights = withoutFileCapabilities
    ? ['--bounding-set', '-dac_override,-dac_read_search']
    : [];
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
      // The server reports this but does not exit.
      if (log.includes('EADDRINUSE')) {
        child.kill('SIGTERM');
        reject(new Error(`Port ${port} is in use.`));
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

/** Ends the server with all its children, which may write files after it has exited. */
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
    // The process group is empty.
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

/** The address of a page that shows a folder; `payload` is passed to the workbench. */
export function pageAddress(
  { authority }: Server,
  folder: string,
  payload: readonly (readonly [string, string])[] = [],
): string {
  const query = [`folder=${encodeURIComponent(folder).replaceAll('%2F', '/')}`];
  if (payload.length > 0) query.push(`payload=${encodeURIComponent(JSON.stringify(payload))}`);
  return `http://${authority}/?${query.join('&')}`;
}

/** Writes the user settings: the quiet settings, overridden by existing ones and by the options. */
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
    // Without a gallery, as the workbench would request every built-in extension from it.
    EXTENSIONS_GALLERY: '{}',
    ...(temporary === undefined ? {} : { TMPDIR: temporary, XDG_RUNTIME_DIR: temporary }),
    ...env,
  };
}
