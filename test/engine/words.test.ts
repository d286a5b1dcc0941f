/** What a person reads when a real engine refuses: the fact in one sentence, and no code of the protocol. */
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
import { failure, type Bench } from './contract.ts';
import { realBench, realEngine } from './real.ts';

const real = await realEngine();
let bench: Bench;
const undo: (() => Promise<unknown>)[] = [];
beforeAll(async () => {
  if (real) bench = await realBench(real);
});
afterEach(async () => {
  for (const one of undo.splice(0).reverse()) await one();
});
afterAll(async () => {
  if (real) await bench.close();
});

const freshName = () => `drydock-test-${randomUUID()}`;

/** A container from what the engine itself takes; gone when the test ends. */
async function made(host: object, name = freshName()): Promise<Container> {
  const { engine, image } = bench;
  const cmd = ["trap 'exit 0' TERM", 'sleep 1000 & wait'].join('\n');
  const ExposedPorts = { '80/tcp': {} };
  const body = { Image: image, Cmd: ['sh', '-c', cmd], ExposedPorts, HostConfig: host };
  const { id } = await engine.create({ name, body });
  undo.push(() => engine.remove(id, { force: true, volumes: true }));
  return (await engine.containers()).find((one) => one.id === id)!;
}

/** Whether somebody listens there. */
function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = dial(port, '127.0.0.1', () => resolve(true)).on('error', () => resolve(false));
    undo.push(() => Promise.resolve(socket.destroy()));
  });
}

/** What stands in the notification. */
async function read(work: Promise<unknown>): Promise<string> {
  return describeFailure(await failure(work), 'Command')?.message ?? '';
}

/** What the form of a new container says of it. */
async function readInForm(work: Promise<unknown>): Promise<string> {
  const { message } = await failure(work);
  const containers = await bench.engine.containers();
  return failureOf(message, { spec: specOf('shop'), containers }).message;
}

describe.skipIf(real === undefined)('a person reads', () => {
  test('that a container runs', async () => {
    const id = await bench.create();
    const text = await read(attempt('Could not remove web', () => bench.engine.remove(id)));
    expect(text).toMatch(/^Could not remove web: .*running/);
    expect(text).not.toMatch(/HTTP|status code/);
  });

  test('whose name it is that is taken', async () => {
    const { name, id } = await made({});
    expect(await readInForm(made({}, name))).toBe(
      `the name ${name} is that of a container that has ended`,
    );
    await bench.engine.start(id);
    expect(await readInForm(made({}, name))).toBe(
      `the name ${name} is that of a running container`,
    );
  });

  test('that a container uses the image', async () => {
    await bench.create();
    const { engine, image } = bench;
    const { id = '' } = (await engine.images()).find(({ tags }) => tags.includes(image)) ?? {};
    const text = await read(attempt('Could not remove shop', () => engine.removeImage(id)));
    expect(text).toMatch(/^Could not remove shop: .*(being used by|in use by).*container/);
  });

  test('that there is no such image', async () => {
    const body = { Image: `localhost/${freshName()}:1` };
    expect(await read(bench.engine.create({ body }))).toMatch(/^[Nn]o such image: localhost/);
  });

  test('who has the port', async () => {
    const on = (port: string) => ({ PortBindings: { '80/tcp': [{ HostPort: port }] } });
    // The engine takes one that is free.
    const first = await made(on(''));
    await bench.engine.start(first.id);
    const listed = (await bench.engine.containers()).find(({ id }) => id === first.id);
    const port = listed?.ports[0]?.host;
    expect(port).toBeGreaterThan(0);
    const second = await made(on(String(port)));
    const { editor } = recordingEditor();
    const run = start.run([second], toolsFor(bench.engine, editor), { paths: [] });
    expect(await read(run)).toBe(
      `Could not start ${second.name}: port ${String(port)} is in use by ${first.name}`,
    );
  });

  test('which folder does not exist', async () => {
    const Source = `/nowhere/${randomUUID()}`;
    const Mounts = [{ Type: 'bind', Source, Target: '/data' }];
    expect(await readInForm(made({ Mounts }))).toBe(`${Source} does not exist`);
  });

  test('that a program outside of the engine has the port', async (context) => {
    const listener = createServer();
    await new Promise<void>((ready) => listener.listen(0, '0.0.0.0', ready));
    undo.push(() => new Promise((closed) => listener.close(closed)));
    const { port } = listener.address() as AddressInfo;
    const on = (HostPort: string) => ({ PortBindings: { '80/tcp': [{ HostPort }] } });
    const free = await made(on(''));
    await bench.engine.start(free.id);
    const listed = (await bench.engine.containers()).find(({ id }) => id === free.id);
    // An engine in a network of its own has ports of its own.
    context.skip(!(await answers(listed?.ports[0]?.host ?? 0)));
    const { id } = await made(on(String(port)));
    expect(await readInForm(bench.engine.start(id))).toBe(
      `port ${String(port)} is taken by another program`,
    );
  });

  test('that a file does not go over a folder', async () => {
    const { id } = await made({ Binds: ['/etc/hostname:/tmp'] });
    expect(await readInForm(bench.engine.start(id))).toBe(
      '/etc/hostname and /tmp are not both files or both folders',
    );
  });

  test.each([
    [{ Cmd: ['/nowhere'] }, 'the image has no program /nowhere'],
    [{ User: 'bob', Cmd: ['true'] }, 'the image knows no user bob'],
  ])('what the image lacks: %j', async (more, words) => {
    const { engine, image } = bench;
    const { id } = await engine.create({ name: freshName(), body: { Image: image, ...more } });
    undo.push(() => engine.remove(id, { force: true }));
    expect(await readInForm(engine.start(id))).toBe(words);
  });

  test('what is missing for a GPU', async () => {
    const DeviceRequests = [{ Count: -1, Capabilities: [['gpu']] }];
    const work = made({ DeviceRequests }).then(({ id }) => bench.engine.start(id));
    expect(await readInForm(work)).toMatch(/NVIDIA/);
  });

  test('that the disk is full, and what frees some', async () => {
    const { engine } = bench;
    const options = { type: 'tmpfs', device: 'tmpfs', o: 'size=100k' };
    const name = await engine.createVolume({ name: freshName(), options });
    undo.push(() => engine.removeVolume(name));
    const { id } = await made({ Binds: [`${name}:/data`] });
    await engine.start(id);
    const big = packTar([fileEntry('big', new Uint8Array(1_000_000))]);
    const error = await failure(
      attempt('big was not copied', () => engine.writeArchive(id, '/data', big)),
    );
    const said = describeFailure(error, 'Copy');
    expect(said?.message).toMatch(/^big was not copied: .*no space left on device/);
    expect(said?.actions[0]?.command).toBe('drydock.engine.prune');
  });
});
