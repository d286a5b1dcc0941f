/** A Docker engine for tests: the running one, or one that is started and stopped here. */

import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, open, readFile, rm, writeFile } from 'node:fs/promises';
import http from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { outputOf, systemEnvironment } from './run.mts';

/** The address of an engine, as options of `http.request`. */
export type Address =
  { readonly socketPath: string } | { readonly host: string; readonly port: number };

/** An engine started by `startDaemon`. */
export interface Daemon {
  readonly socket: string;
  /** The directory with its data and its log. */
  readonly folder: string;
  /** Stops its processor time: connections stay open, and nothing answers. */
  freeze(): void;
  thaw(): void;
  /** Stops it and its containers, and deletes its data. */
  stop(): Promise<void>;
}

/** The address in DOCKER_HOST, or Docker's default; undefined for addresses that need ssh or TLS. */
export function engineAddress(host = process.env.DOCKER_HOST): Address | undefined {
  if (host === undefined || host === '') return { socketPath: '/var/run/docker.sock' };
  const url = new URL(host);
  if (url.protocol === 'unix:') return { socketPath: url.pathname };
  if (url.protocol === 'tcp:' && !process.env.DOCKER_TLS_VERIFY) {
    return { host: url.hostname, port: Number(url.port || 2375) };
  }
  return undefined;
}

/** The version of the engine at an address; undefined if none answers. */
export async function engineVersion(address: Address): Promise<string | undefined> {
  try {
    await get(address, '/_ping');
    const { Version } = JSON.parse(await get(address, '/version')) as { Version: string };
    return Version;
  } catch {
    return undefined;
  }
}

export interface DaemonOptions {
  readonly socket: string;
  /** In a separate network namespace, which a second engine needs: two engines would remove each other's bridge. */
  readonly secluded?: boolean;
  /** Its configuration; empty by default. */
  readonly configuration?: object;
}

/** Starts dockerd with its data in a temporary directory, and resolves when it answers. Requires root. */
export async function startDaemon(options: DaemonOptions): Promise<Daemon> {
  const { socket, configuration = {} } = options;
  const folder = await mkdtemp(path.join(tmpdir(), 'drydock-engine-'));
  await mkdir(path.dirname(socket), { recursive: true });
  // Also if it is empty, so that the machine's daemon.json is not used.
  await writeFile(path.join(folder, 'daemon.json'), JSON.stringify(configuration));
  const logFile = path.join(folder, 'log');
  const log = await open(logFile, 'w');
  // Detached, so that Ctrl-C in a terminal reaches only this process, which stops the engine properly.
  const child = spawn('setpriv', daemonArguments(folder, options), {
    stdio: ['ignore', log.fd, log.fd],
    env: systemEnvironment(),
    detached: true,
  });
  const ended = new Promise<'ended'>((resolve) => {
    child.once('error', () => {
      resolve('ended');
    });
    child.once('exit', () => {
      resolve('ended');
    });
  });

  const thaw = () => void child.kill('SIGCONT');
  const stop = async () => {
    thaw();
    child.kill('SIGTERM');
    const timer = setTimeout(() => child.kill('SIGKILL'), 60_000);
    await ended;
    clearTimeout(timer);
    await log.close();
    await unmountBelow(folder);
    await rm(folder, { recursive: true, force: true });
    await rm(socket, { force: true });
  };
  const cancellation = new AbortController();
  void ended.then(() => {
    cancellation.abort();
  });
  const outcome = await Promise.race([ended, answers({ socketPath: socket }, cancellation.signal)]);
  const freeze = () => void child.kill('SIGSTOP');
  if (outcome === 'answers') return { socket, folder, freeze, thaw, stop };
  const tail = (await readFile(logFile, 'utf8')).trimEnd().split('\n').slice(-15).join('\n');
  await stop();
  throw new Error(`dockerd ${outcome}:\n${tail}`);
}

function daemonArguments(folder: string, { socket, secluded = false }: DaemonOptions): string[] {
  return [
    // The kernel stops the engine even if this process is killed.
    ...['--pdeathsig', 'TERM'],
    ...(secluded ? ['unshare', '--net'] : []),
    ...['dockerd', '--host', `unix://${socket}`, '--config-file', path.join(folder, 'daemon.json')],
    ...['--data-root', path.join(folder, 'data'), '--exec-root', path.join(folder, 'exec')],
    ...['--pidfile', path.join(folder, 'pid'), '--shutdown-timeout', '3'],
    ...(secluded ? ['--iptables=false'] : []),
  ];
}

/** Polls until the engine answers, for two minutes at most. */
async function answers(
  address: Address,
  signal: AbortSignal,
): Promise<'answers' | 'did not answer within two minutes'> {
  const deadline = performance.now() + 120_000;
  while (performance.now() < deadline && !signal.aborted) {
    if ((await engineVersion(address)) !== undefined) return 'answers';
    await wait(50);
  }
  return 'did not answer within two minutes';
}

/** A killed engine leaves the file systems of its containers mounted, which prevents deleting them. */
async function unmountBelow(folder: string): Promise<void> {
  const mounts = (await readFile('/proc/self/mounts', 'utf8'))
    .split('\n')
    .map((line) => line.split(' ')[1] ?? '')
    .filter((place) => place.startsWith(`${folder}/`));
  for (const place of mounts.reverse()) await outputOf('umount', ['--lazy', place]);
}

function get(address: Address, where: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const request = http.get({ ...address, path: where, timeout: 30_000 }, (response) => {
      let body = '';
      response.setEncoding('utf8');
      response.on('data', (part: string) => (body += part));
      response.once('error', reject);
      response.once('end', () => {
        if (response.statusCode === 200) resolve(body);
        else reject(new Error(`${where} answered ${response.statusCode}`));
      });
    });
    request.once('timeout', () => request.destroy(new Error('no answer')));
    request.once('error', reject);
  });
}
