/** Messages about errors of a real engine: the reason in one sentence, without HTTP status codes. */
import { randomUUID } from 'node:crypto';
import { connect as dial, createServer, type AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { recordingEditor, toolsFor } from '../recording-editor.ts';
import { attempt } from '../../client/src/ui/attempt.ts';
import start from '../../client/src/commands/containers/start.ts';
import { describeFailure } from '../../client/src/ui/failure-message.ts';
import type { Container } from '../../client/src/engine/engine.ts';
import { fileEntry, packTar } from '../../client/src/engine/tar.ts';
import { failureOf } from '../../client/src/run/failure.ts';
import { specOf } from '../../client/src/run/spec.ts';
import { engineErrorOf, type EngineFixture } from './contract.ts';
import { createFixture, connectRealEngine } from './real-engine.ts';

const real = await connectRealEngine();
let fixture: EngineFixture;
const cleanUps: (() => Promise<unknown>)[] = [];
beforeAll(async () => {
  if (real) fixture = await createFixture(real);
});
afterEach(async () => {
  for (const one of cleanUps.splice(0).reverse()) await one();
});
afterAll(async () => {
  if (real) await fixture.close();
});

const freshName = () => `drydock-test-${randomUUID()}`;

/** Creates a container with this host config, which is removed after the test. */
async function createContainer(host: object, name = freshName()): Promise<Container> {
  const { engine, image } = fixture;
  const cmd = ["trap 'exit 0' TERM", 'sleep 1000 & wait'].join('\n');
  const ExposedPorts = { '80/tcp': {} };
  const body = { Image: image, Cmd: ['sh', '-c', cmd], ExposedPorts, HostConfig: host };
  const { id } = await engine.create({ name, body });
  cleanUps.push(() => engine.remove(id, { force: true, volumes: true }));
  return (await engine.containers()).find((one) => one.id === id)!;
}

/** Whether the port accepts connections. */
function acceptsConnections(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = dial(port, '127.0.0.1', () => resolve(true)).on('error', () => resolve(false));
    cleanUps.push(() => Promise.resolve(socket.destroy()));
  });
}

/** The text of the notification. */
async function read(work: Promise<unknown>): Promise<string> {
  return describeFailure(await engineErrorOf(work), 'Command')?.message ?? '';
}

/** The message in the form of a new container. */
async function readInForm(work: Promise<unknown>): Promise<string> {
  const { message } = await engineErrorOf(work);
  const containers = await fixture.engine.containers();
  return failureOf(message, { spec: specOf('shop'), containers }).message;
}

describe.skipIf(real === undefined)('messages', () => {
  test('report a running container', async () => {
    const id = await fixture.create();
    const text = await read(attempt('Could not remove web', () => fixture.engine.remove(id)));
    expect(text).toMatch(/^Could not remove web: .*running/);
    expect(text).not.toMatch(/HTTP|status code/);
  });

  test('name the container whose name is in use', async () => {
    const { name, id } = await createContainer({});
    expect(await readInForm(createContainer({}, name))).toBe(
      `the name ${name} is in use by a stopped container`,
    );
    await fixture.engine.start(id);
    expect(await readInForm(createContainer({}, name))).toBe(
      `the name ${name} is in use by a running container`,
    );
  });

  test('report that a container uses the image', async () => {
    await fixture.create();
    const { engine, image } = fixture;
    const { id = '' } = (await engine.images()).find(({ tags }) => tags.includes(image)) ?? {};
    const text = await read(attempt('Could not remove shop', () => engine.removeImage(id)));
    expect(text).toMatch(/^Could not remove shop: .*(being used by|in use by).*container/);
  });

  test('report a missing image', async () => {
    const body = { Image: `localhost/${freshName()}:1` };
    expect(await read(fixture.engine.create({ body }))).toMatch(/^[Nn]o such image: localhost/);
  });

  test('name the container that uses the port', async () => {
    const on = (port: string) => ({ PortBindings: { '80/tcp': [{ HostPort: port }] } });
    // The engine assigns a free port.
    const first = await createContainer(on(''));
    await fixture.engine.start(first.id);
    const listed = (await fixture.engine.containers()).find(({ id }) => id === first.id);
    const port = listed?.ports[0]?.host;
    expect(port).toBeGreaterThan(0);
    const second = await createContainer(on(String(port)));
    const { editor } = recordingEditor();
    const run = start.run([second], toolsFor(fixture.engine, editor), { paths: [] });
    expect(await read(run)).toBe(
      `Could not start ${second.name}: port ${String(port)} is in use by ${first.name}`,
    );
  });

  test('name the missing source of a bind mount', async () => {
    const Source = `/nowhere/${randomUUID()}`;
    const Mounts = [{ Type: 'bind', Source, Target: '/data' }];
    expect(await readInForm(createContainer({ Mounts }))).toBe(`${Source} does not exist`);
  });

  test('report a port that a program outside of the engine uses', async (context) => {
    const listener = createServer();
    await new Promise<void>((ready) => listener.listen(0, '0.0.0.0', ready));
    cleanUps.push(() => new Promise((closed) => listener.close(closed)));
    const { port } = listener.address() as AddressInfo;
    const on = (HostPort: string) => ({ PortBindings: { '80/tcp': [{ HostPort }] } });
    const free = await createContainer(on(''));
    await fixture.engine.start(free.id);
    const listed = (await fixture.engine.containers()).find(({ id }) => id === free.id);
    // An engine in another network has separate ports.
    context.skip(!(await acceptsConnections(listed?.ports[0]?.host ?? 0)));
    const { id } = await createContainer(on(String(port)));
    expect(await readInForm(fixture.engine.start(id))).toBe(
      `port ${String(port)} is in use by another program`,
    );
  });

  test('report a file that is mounted over a directory', async () => {
    const { id } = await createContainer({ Binds: ['/etc/hostname:/tmp'] });
    expect(await readInForm(fixture.engine.start(id))).toBe(
      '/etc/hostname and /tmp must both be files or both be directories',
    );
  });

  test.each([
    [{ Cmd: ['/nowhere'] }, 'executable /nowhere was not found in the image'],
    [{ User: 'bob', Cmd: ['true'] }, 'user bob does not exist in the image'],
  ])('report what is missing in the image: %j', async (more, message) => {
    const { engine, image } = fixture;
    const { id } = await engine.create({ name: freshName(), body: { Image: image, ...more } });
    cleanUps.push(() => engine.remove(id, { force: true }));
    expect(await readInForm(engine.start(id))).toBe(message);
  });

  test('report missing GPU support', async () => {
    const DeviceRequests = [{ Count: -1, Capabilities: [['gpu']] }];
    const work = createContainer({ DeviceRequests }).then(({ id }) => fixture.engine.start(id));
    expect(await readInForm(work)).toMatch(/NVIDIA/);
  });

  test('report a full disk and offer to prune', async () => {
    const { engine } = fixture;
    const options = { type: 'tmpfs', device: 'tmpfs', o: 'size=100k' };
    const name = await engine.createVolume({ name: freshName(), options });
    cleanUps.push(() => engine.removeVolume(name));
    const { id } = await createContainer({ Binds: [`${name}:/data`] });
    await engine.start(id);
    const big = packTar([fileEntry('big', new Uint8Array(1_000_000))]);
    const error = await engineErrorOf(
      attempt('big was not copied', () => engine.writeArchive(id, '/data', big)),
    );
    const said = describeFailure(error, 'Copy');
    expect(said?.message).toMatch(/^big was not copied: .*no space left on device/);
    expect(said?.actions[0]?.command).toBe('drydock.engine.prune');
  });
});
