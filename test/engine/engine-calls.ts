/** Every call of the engine port, each with the result that a caller sees. */
import { randomUUID } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import type { Duplex, Engine } from '../../client/src/engine/engine.ts';
import { fileEntry, packTar } from '../../client/src/engine/tar.ts';
import { buildFiles } from '../build-files.ts';
import { readAll, readText, waitUntil, type EngineFixture } from './contract.ts';

export interface EngineCall {
  readonly name: string;
  readonly run: (engine: Engine) => Promise<unknown>;
  /** The stream has no frames and no length, so that a lost connection looks like its end. */
  readonly open?: true;
  /** The minor version of the API that it needs; older engines are not asked. */
  readonly since?: number;
}

async function first<T>(items: AsyncIterable<T>): Promise<T | undefined> {
  for await (const item of items) return item;
  return undefined;
}

async function outcomeOf(run: Duplex): Promise<unknown> {
  run.end();
  const output = await readText(run.output);
  return { output, code: await run.exit };
}

/** The calls on objects of the fixture; each runs once on the real engine, in this order. */
export async function engineCalls(fixture: EngineFixture): Promise<readonly EngineCall[]> {
  const { engine, image } = fixture;
  const { signal } = new AbortController();
  // Many calls run at the same time with it.
  setMaxListeners(0, signal);
  const name = () => `drydock-test-${randomUUID()}`;
  const running = await fixture.create({ lines: ['one', 'two'] });
  const terminal = await fixture.create({ tty: true, lines: ['one'] });
  const created = await fixture.create({ started: false });
  const attached = await fixture.create({ started: false, exitCode: 4, lines: ['hello'] });
  const temporary = await fixture.create({ started: false });
  await waitUntil(async () => (await readText(logs(engine, running))).includes('two'));
  const volume = await engine.createVolume({ name: name() });
  const network = await engine.createNetwork({ name: name() });
  const other = name();
  const tag = `localhost/drydock-test:${randomUUID()}`;
  const registry = `127.0.0.1:1/drydock-test:${randomUUID()}`;
  const files = { Dockerfile: `FROM ${image}\nRUN echo built\n` };
  function logs(from: Engine, id: string): AsyncIterable<Uint8Array> {
    return from.logs(id, { follow: false, tail: 10 }, signal);
  }
  const api = Number((await engine.version()).apiVersion.split('.')[1]);
  const calls: readonly EngineCall[] = [
    { name: 'version', run: (e) => e.version() },
    { name: 'containers', run: (e) => e.containers() },
    { name: 'images', run: (e) => e.images() },
    { name: 'volumes', run: (e) => e.volumes() },
    { name: 'networks', run: (e) => e.networks() },
    { name: 'info', run: (e) => e.info() },
    { name: 'diskUsage', run: (e) => e.diskUsage(signal) },
    { name: 'imageUsage', since: 42, run: (e) => e.imageUsage() },
    { name: 'buildCache', since: 42, run: (e) => e.buildCache(signal) },
    { name: 'inspect container', run: (e) => e.inspect('container', running) },
    { name: 'inspect image', run: (e) => e.inspect('image', image) },
    { name: 'inspect volume', run: (e) => e.inspect('volume', volume) },
    { name: 'inspect network', run: (e) => e.inspect('network', network) },
    { name: 'history', run: (e) => e.history(image) },
    { name: 'top', run: (e) => e.top(running) },
    { name: 'changes', run: (e) => e.changes(running) },
    { name: 'stats', run: (e) => first(e.stats(running, signal)) },
    { name: 'logs', run: (e) => readText(logs(e, running)) },
    { name: 'logs of a terminal', run: (e) => readText(logs(e, terminal)) },
    { name: 'events', run: (e) => first(e.events(signal, '1')) },
    {
      name: 'exec',
      run: async (e) =>
        outcomeOf(await e.exec(running, ['sh', '-c', 'echo a; exit 3'], { tty: false })),
      open: true,
    },
    {
      name: 'exec with a terminal',
      run: async (e) => {
        const process = await e.exec(running, ['sh', '-c', 'echo a; exit 3'], { tty: true });
        await process.resize(80, 24);
        return outcomeOf(process);
      },
      open: true,
    },
    {
      name: 'attach',
      run: async (e) => {
        const process = await e.attach(attached, { tty: false });
        await e.start(attached);
        return outcomeOf(process);
      },
      open: true,
    },
    { name: 'stat', run: (e) => e.stat(running, '/etc/passwd') },
    { name: 'readArchive', run: (e) => readText(e.readArchive(running, '/etc')) },
    {
      name: 'writeArchive',
      run: (e) => e.writeArchive(running, '/tmp', packTar([fileEntry('f', 'content')])),
    },
    { name: 'pause', run: (e) => e.pause(running) },
    { name: 'unpause', run: (e) => e.unpause(running) },
    { name: 'update', run: (e) => e.update(running, { CpusetCpus: '0' }) },
    { name: 'rename', run: (e) => e.rename(created, name()) },
    { name: 'start', run: (e) => e.start(created) },
    { name: 'restart', run: (e) => e.restart(created) },
    { name: 'stop', run: (e) => e.stop(created) },
    { name: 'kill', run: (e) => e.kill(terminal) },
    { name: 'remove', run: (e) => e.remove(temporary, { force: true }) },
    { name: 'commit', run: (e) => e.commit(running, { reference: tag, pause: true }) },
    { name: 'tag', run: (e) => e.tag(tag, `${tag}-2`) },
    { name: 'removeImage', run: (e) => e.removeImage(`${tag}-2`) },
    {
      name: 'save',
      run: async (e) => Buffer.concat(await readAll(e.save([tag], signal))).length,
    },
    { name: 'removeImage of the last tag', run: (e) => e.removeImage(tag) },
    { name: 'createVolume', run: (e) => e.createVolume({ name: other }) },
    { name: 'removeVolume', run: (e) => e.removeVolume(other) },
    { name: 'removeVolume of the fixture', run: (e) => e.removeVolume(volume) },
    { name: 'createNetwork', run: (e) => e.createNetwork({ name: other }) },
    { name: 'removeNetwork', run: (e) => e.removeNetwork(other) },
    { name: 'removeNetwork of the fixture', run: (e) => e.removeNetwork(network) },
    {
      name: 'create',
      run: async (e) => {
        const { warnings } = await e.create({ name: other, body: { Image: image, Cmd: ['true'] } });
        return warnings;
      },
    },
    { name: 'remove what was created', run: (e) => e.remove(other) },
    { name: 'pruneBuildCache', run: (e) => e.pruneBuildCache(['none'], signal) },
    { name: 'load', run: (e) => readAll(e.load(packTar([fileEntry('x', 'no image')]), signal)) },
    { name: 'pull', run: (e) => readAll(e.pull(registry, signal)) },
    { name: 'push', run: (e) => readAll(e.push(registry, signal)) },
    {
      name: 'login',
      run: (e) => e.login({ serveraddress: '127.0.0.1:1', username: 'a', password: 'b' }),
    },
    {
      name: 'build',
      run: async (e) => {
        const events = await readAll(buildFiles(e, files, { noCache: true }, signal));
        return events.some(({ kind }) => kind === 'image');
      },
    },
    { name: 'builderVersion', run: (e) => e.builderVersion(undefined, signal) },
    { name: 'buildHistory', run: async (e) => (await first(e.buildHistory(signal)))?.state },
  ];
  return calls.filter(({ since = 0 }) => since <= api);
}
