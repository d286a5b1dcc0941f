/** A newer Docker engine with buildx and compose, unpacked from Debian's unstable suite into the cache and never installed. */

import { existsSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { cacheFolder } from '../../test/web/install.mts';
import { startDaemon, type Daemon, type DaemonOptions } from './engine.mts';
import { outputOf, say, whereIs } from './run.mts';

const packages = [
  'docker.io',
  'docker-cli',
  'docker-buildx',
  'docker-compose',
  'containerd',
  'tini',
];

/** Increase it with the list of packages: the cache directory has it in its name. */
const recipe = 2;

const plugins = ['docker-buildx', 'docker-compose'];

/** The engine is not available on this machine, or cannot be downloaded. This is not a failure of the project. */
export class Unavailable extends Error {}

export interface NewerEngine extends Daemon {
  /** The environment for `docker` and its plugins buildx and compose. */
  readonly env: NodeJS.ProcessEnv;
}

/** Downloads the engine unless it is cached, and starts it in a separate network namespace. */
export async function startNewerEngine(
  options: Pick<DaemonOptions, 'configuration'> = {},
): Promise<NewerEngine> {
  if (process.getuid?.() !== 0) throw new Unavailable('dockerd requires root');
  for (const command of ['setpriv', 'unshare', 'runc']) {
    if (whereIs(command) === undefined) throw new Unavailable(`${command} is not installed`);
  }
  const unpacked = await fetchEngine();
  const folder = await mkdtemp(path.join(tmpdir(), 'drydock-newer-engine-'));
  const env = await environment(unpacked, folder);
  const before = process.env.PATH;
  try {
    // dockerd searches PATH for containerd and itself, and startDaemon passes on our environment.
    process.env.PATH = env.PATH;
    const daemon = await startDaemon({
      ...options,
      socket: path.join(folder, 'docker.sock'),
      secluded: true,
    });
    return {
      ...daemon,
      env: { ...env, DOCKER_HOST: `unix://${daemon.socket}` },
      stop: async () => {
        await daemon.stop();
        await rm(folder, { recursive: true, force: true });
      },
    };
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  } finally {
    process.env.PATH = before;
  }
}

/** A separate configuration directory with the plugins, so that the user's logins, contexts and settings are not used. */
async function environment(unpacked: string, folder: string): Promise<NodeJS.ProcessEnv> {
  const own = path.join(folder, 'config/cli-plugins');
  await mkdir(own, { recursive: true });
  for (const plugin of plugins) {
    const file = path.join(unpacked, 'usr/libexec/docker/cli-plugins', plugin);
    await symlink(file, path.join(own, plugin));
  }
  const folders = ['usr/bin', 'usr/sbin'].map((name) => path.join(unpacked, name));
  return {
    ...process.env,
    PATH: [...folders, process.env.PATH ?? ''].join(path.delimiter),
    DOCKER_CONFIG: path.join(folder, 'config'),
    DOCKER_CONTEXT: '',
    BUILDX_BUILDER: '',
  };
}

/** Downloads the engine unless it is cached; returns the directory, which is created completely or not at all. */
export async function fetchEngine(): Promise<string> {
  if (process.platform !== 'linux' || !isDebian()) throw new Unavailable('this is not Debian');
  const cache = path.join(await cacheFolder(), `newer-engine-${recipe}`);
  const root = path.join(cache, 'root');
  if (existsSync(root)) return root;
  const mirror = await debianMirror();
  say(`downloading a newer Docker engine from ${mirror}`);
  await mkdir(cache, { recursive: true });
  const making = await mkdtemp(path.join(cache, 'making-'));
  try {
    await download(making, mirror);
    const debs = (await readdir(making)).filter((name) => name.endsWith('.deb'));
    for (const deb of debs) {
      await outputOf('dpkg-deb', ['-x', path.join(making, deb), path.join(making, 'root')]);
    }
    if (!existsSync(root)) await rename(path.join(making, 'root'), root);
    return root;
  } finally {
    await rm(making, { recursive: true, force: true });
  }
}

/** Downloads with separate package lists and settings; those of the machine are not used or changed. */
async function download(folder: string, mirror: string): Promise<void> {
  for (const name of ['lists/partial', 'cache/archives/partial']) {
    await mkdir(path.join(folder, name), { recursive: true });
  }
  const keys = '/usr/share/keyrings/debian-archive-keyring.gpg';
  const list = path.join(folder, 'sources.list');
  await writeFile(list, `deb [signed-by=${keys}] ${mirror} sid main\n`);
  const settings = [
    `Dir::Etc::sourcelist=${list}`,
    'Dir::Etc::sourceparts=/dev/null',
    `Dir::State::lists=${path.join(folder, 'lists')}`,
    `Dir::Cache=${path.join(folder, 'cache')}`,
    'APT::Sandbox::User=root',
    'Acquire::Retries=2',
    'Acquire::http::Timeout=20',
  ].flatMap((setting) => ['-o', setting]);
  try {
    await outputOf('apt-get', [...settings, '-qq', 'update'], { cwd: folder });
    await outputOf('apt-get', [...settings, '-qq', 'download', ...packages], { cwd: folder });
  } catch (error) {
    const reason = error instanceof Error ? error.message.trim().split('\n').at(-1) : String(error);
    throw new Unavailable(`Could not download from Debian's unstable suite: ${reason ?? ''}`);
  }
}

/** The first mirror in the configuration of apt. */
async function debianMirror(): Promise<string> {
  const folder = '/etc/apt/sources.list.d';
  const names = existsSync(folder) ? await readdir(folder) : [];
  const files = ['/etc/apt/sources.list', ...names.map((name) => path.join(folder, name))];
  const text = files
    .filter((file) => existsSync(file))
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n');
  const found = text.matchAll(/^(?:URIs:\s*|deb\s+(?:\[[^\]]*\]\s*)?)(https?:\S+)/gm);
  for (const [, uri = ''] of found) if (!uri.includes('security')) return uri;
  throw new Unavailable('no mirror is configured for apt');
}

function isDebian(): boolean {
  const file = '/etc/os-release';
  return existsSync(file) && /^ID=debian$/m.test(readFileSync(file, 'utf8'));
}
