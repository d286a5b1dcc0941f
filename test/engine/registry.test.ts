/** Push, pull and login at a registry of our own, where one is installed and the engine can reach it. */
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { follow } from '../../client/src/commands/transfer.ts';
import { saveLogin, removeLogin } from '../../client/src/engine/login.ts';
import { fileEntry, packTar } from '../../client/src/engine/tar.ts';
import { all, eventually, failure, type Bench } from './contract.ts';
import { realBench, realEngine } from './real.ts';

const real = await realEngine();
const { signal } = new AbortController();
const possible = real !== undefined && has('docker-registry') && has('htpasswd');

function has(program: string): boolean {
  try {
    execFileSync('which', [program], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

let folder: string;
let bench: Bench;
let registry: ChildProcess | undefined;
let host: string;
const dockerConfig = process.env.DOCKER_CONFIG;

beforeAll(async () => {
  if (!possible) return;
  folder = await mkdtemp(join(tmpdir(), 'drydock-registry-'));
  process.env.DOCKER_CONFIG = folder;
  const port = await freePort();
  host = `127.0.0.1:${port}`;
  const users = execFileSync('htpasswd', ['-Bbn', 'me', 'p@ss:w'], { encoding: 'utf8' });
  await writeFile(join(folder, 'users'), users);
  await writeFile(join(folder, 'config.yml'), configuration(port));
  registry = spawn('docker-registry', ['serve', join(folder, 'config.yml')], { stdio: 'ignore' });
  await eventually(() => answers(port));
  bench = await realBench(real);
});
afterAll(async () => {
  if (!possible) return;
  if (dockerConfig === undefined) delete process.env.DOCKER_CONFIG;
  else process.env.DOCKER_CONFIG = dockerConfig;
  registry?.kill();
  await bench.close();
  await rm(folder, { recursive: true });
});

function configuration(port: number): string {
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

describe.skipIf(!possible)('a registry', () => {
  test('takes a push only from who has logged in, and gives it back', async (context) => {
    const { engine, image } = bench;
    const reference = `${host}/shop/web:${randomUUID()}`;
    await engine.tag(image, reference);
    const refused = await failure(all(engine.push(reference, signal)));
    // An engine in a network of its own cannot reach it.
    context.skip(/connection refused/.test(refused.message));
    expect(refused.kind).toBe('unauthorized');

    const credentials = { username: 'me', password: 'wrong', serveraddress: host };
    expect((await failure(engine.login(credentials))).kind).toBe('unauthorized');
    const right = { ...credentials, password: 'p@ss:w' };
    await engine.login(right);
    await saveLogin(right);
    const steps = await all(engine.push(reference, signal));
    expect(steps.some(({ layer }) => layer !== undefined)).toBe(true);

    await engine.removeImage(reference);
    await all(engine.pull(reference, signal));
    expect((await engine.images()).some(({ tags }) => tags.includes(reference))).toBe(true);
    await removeLogin(host);
    expect((await failure(all(engine.push(reference, signal)))).kind).toBe('unauthorized');
    await engine.removeImage(reference);
  });

  test('says layer by layer how far a pull is', async (context) => {
    const { engine } = bench;
    const reference = `${host}/shop/layers:${randomUUID()}`;
    const right = { username: 'me', password: 'p@ss:w', serveraddress: host };
    const id = await bench.create();
    const layer = packTar([fileEntry('big', randomBytes(3_000_000))]);
    await engine.writeArchive(id, '/tmp', layer);
    const image = await engine.commit(id, { reference, pause: true });
    const refused = await engine.login(right).then(noTrouble, (error: unknown) => String(error));
    context.skip(/connection refused/.test(refused));
    await saveLogin(right);
    await all(engine.push(reference, signal));
    await engine.remove(id, { force: true });
    await engine.removeImage(image, { force: true });

    const told: string[] = [];
    await follow(engine.pull(reference, signal), (words) => told.push(words));
    expect(told[0]).toMatch(/^0 of 1 layers|^1 of [12] layers/);
    expect(told.some((words) => /^1 of 2 layers · [\d.]+ [kM]?B of 3 MB$/.test(words))).toBe(true);
    expect(told.at(-1)).toMatch(/^2 of 2 layers · 3 MB of 3 MB$/);
    await removeLogin(host);
    await engine.removeImage(reference);
  });
});

function noTrouble(): string {
  return '';
}
