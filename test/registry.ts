/** Starts a real registry with one user on a free local port. */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { vi } from 'vitest';

export interface Registry {
  /** Host name and port. */
  readonly host: string;
  /** The only user of the registry. */
  readonly user: { readonly name: string; readonly password: string };
  /** A temporary directory for the configuration of a client; `close` removes it. */
  readonly folder: string;
  close(): Promise<void>;
}

/** Whether the required programs are installed. */
export function canServeRegistry(): boolean {
  return isInstalled('docker-registry') && isInstalled('htpasswd');
}

function isInstalled(program: string): boolean {
  try {
    execFileSync('which', [program], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** Resolves when the registry answers requests. */
export async function serveRegistry(): Promise<Registry> {
  const folder = await mkdtemp(join(tmpdir(), 'drydock-registry-'));
  const port = await freePort();
  const user = { name: 'me', password: 'p@ss:w' };
  const users = execFileSync('htpasswd', ['-Bbn', user.name, user.password], { encoding: 'utf8' });
  await writeFile(join(folder, 'users'), users);
  await writeFile(join(folder, 'config.yml'), configuration(folder, port));
  const child = spawn('docker-registry', ['serve', join(folder, 'config.yml')], {
    stdio: 'ignore',
  });
  await vi.waitUntil(() => answers(port), { timeout: 120_000, interval: 20 });
  return {
    host: `127.0.0.1:${port}`,
    user,
    folder,
    close: async () => {
      // The registry writes files until it exits.
      const ended = once(child, 'exit');
      child.kill();
      await ended;
      await rm(folder, { recursive: true });
    },
  };
}

function configuration(folder: string, port: number): string {
  return [
    'version: 0.1',
    'log: { level: error }',
    `storage: { filesystem: { rootdirectory: ${join(folder, 'data')} } }`,
    `http: { addr: "127.0.0.1:${port}" }`,
    `auth: { htpasswd: { realm: test, path: ${join(folder, 'users')} } }`,
  ].join('\n');
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const { port } = server.address() as { readonly port: number };
  await new Promise((closed) => server.close(closed));
  return port;
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    request({ host: '127.0.0.1', port, path: '/v2/' }, () => resolve(true))
      .on('error', () => resolve(false))
      .end();
  });
}
