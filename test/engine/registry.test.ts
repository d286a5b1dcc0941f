/** Push, pull and login with a local registry, if one is installed and the engine can reach it. */
import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { reportTransfer } from '../../client/src/registry/transfer-progress.ts';
import { saveLogin, removeLogin } from '../../client/src/engine/docker-cli/login-store.ts';
import { fileEntry, packTar } from '../../client/src/engine/tar.ts';
import { canServeRegistry, serveRegistry, type Registry } from '../registry.ts';
import { readAll, engineErrorOf, type EngineFixture } from './contract.ts';
import { createFixture, connectRealEngine } from './real-engine.ts';

const real = await connectRealEngine();
const { signal } = new AbortController();
const isAvailable = real !== undefined && canServeRegistry();

let fixture: EngineFixture;
let registry: Registry;
let host: string;
let credentials: {
  readonly username: string;
  readonly password: string;
  readonly serveraddress: string;
};
const dockerConfig = process.env.DOCKER_CONFIG;

beforeAll(async () => {
  if (!isAvailable) return;
  registry = await serveRegistry();
  ({ host } = registry);
  const { name, password } = registry.user;
  credentials = { username: name, password, serveraddress: host };
  process.env.DOCKER_CONFIG = registry.folder;
  fixture = await createFixture(real);
});
afterAll(async () => {
  if (!isAvailable) return;
  if (dockerConfig === undefined) delete process.env.DOCKER_CONFIG;
  else process.env.DOCKER_CONFIG = dockerConfig;
  await fixture.close();
  await registry.close();
});

describe.skipIf(!isAvailable)('registry', () => {
  test('accepts a push only after a login, and serves the pushed image', async (context) => {
    const { engine, image } = fixture;
    const reference = `${host}/shop/web:${randomUUID()}`;
    await engine.tag(image, reference);
    const refused = await engineErrorOf(readAll(engine.push(reference, signal)));
    // An engine in another network cannot reach the registry.
    context.skip(/connection refused/.test(refused.message));
    expect(refused.kind).toBe('unauthorized');

    const wrong = { ...credentials, password: 'wrong' };
    expect((await engineErrorOf(engine.login(wrong))).kind).toBe('unauthorized');
    await engine.login(credentials);
    await saveLogin(credentials);
    const steps = await readAll(engine.push(reference, signal));
    expect(steps.some(({ layer }) => layer !== undefined)).toBe(true);

    await engine.removeImage(reference);
    await readAll(engine.pull(reference, signal));
    expect((await engine.images()).some(({ tags }) => tags.includes(reference))).toBe(true);
    await removeLogin(host);
    expect((await engineErrorOf(readAll(engine.push(reference, signal)))).kind).toBe(
      'unauthorized',
    );
    await engine.removeImage(reference);
  });

  test('reports the progress of a pull by layers', async (context) => {
    const { engine } = fixture;
    const reference = `${host}/shop/layers:${randomUUID()}`;
    const id = await fixture.create();
    const layer = packTar([fileEntry('big', randomBytes(3_000_000))]);
    await engine.writeArchive(id, '/tmp', layer);
    const image = await engine.commit(id, { reference, pause: true });
    const refused = await engine
      .login(credentials)
      .then(noError, (error: unknown) => String(error));
    context.skip(/connection refused/.test(refused));
    await saveLogin(credentials);
    await readAll(engine.push(reference, signal));
    await engine.remove(id, { force: true });
    await engine.removeImage(image, { force: true });

    const messages: string[] = [];
    await reportTransfer(engine.pull(reference, signal), (message) => messages.push(message));
    expect(messages[0]).toMatch(/^0 of [12] layers?|^1 of [12] layers?/);
    expect(
      messages.some((message) => /^1 of 2 layers · [\d.]+ [kM]?B of 3 MB$/.test(message)),
    ).toBe(true);
    expect(messages.at(-1)).toMatch(/^2 of 2 layers · 3 MB of 3 MB$/);
    await removeLogin(host);
    await engine.removeImage(reference);
  });
});

function noError(): string {
  return '';
}
