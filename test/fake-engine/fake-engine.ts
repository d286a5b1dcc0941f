/** An engine in memory for the tests of other rooms, held to the same contract as the real one. */
import type {
  Container,
  Engine,
  EngineEvent,
  EngineVersion,
} from '../../client/src/engine/engine.ts';
import { EngineError, isEngineError } from '../../client/src/engine/errors.ts';
import { fakeBuild } from './build.ts';
import type { FakeFiles } from './files.ts';
import { fakeLooks } from './inspect.ts';
import { fakeObjects, inspectObject, pull } from './objects.ts';
import { fakeRuns } from './run.ts';
import { FakeState, type FakeContainer, type FakeWorld } from './state.ts';
import { fakeExec } from './shell.ts';
import { fakeStats } from './stats.ts';
import { endedBy, Queue } from '../../client/src/engine/queue.ts';
import type { Usage } from '../../client/src/engine/usage.ts';

export type { FakeContainer, FakeWorld } from './state.ts';

export interface FakeEngine {
  readonly engine: Engine;
  /** Adds a container; its id. */
  create(container: FakeContainer): string;
  /** By id or name. */
  container(id: string): Container;
  files(id: string): FakeFiles;
  /** A line of output of its main process. */
  log(id: string, text: string): void;
  /** It is measured again, a second later. */
  use(id: string, usage: Partial<Usage>): void;
  /** How many have it measured now. */
  meters(id: string): number;
  /** Its main process ends. */
  exit(id: string, code: number): void;
  emit(about: EngineEvent['about'], action: string, id: string): void;
  /** Every call fails with it, streams end with it; `undefined` brings the engine back. */
  fail(error: EngineError | undefined): void;
  /** Calls so far: `start web-id`, without those that only look. */
  readonly calls: readonly string[];
}

export function fakeEngine(world: FakeWorld = {}): FakeEngine {
  const state = new FakeState(world);
  return {
    engine: engineOf(state),
    create: (container) => state.create(container),
    container: (id) => state.box(id).container,
    files: (id) => state.box(id).files,
    log: (id, text) => state.log(state.box(id), text),
    use: (id, usage) => state.uses(state.box(id), usage),
    meters: (id) => state.box(id).meters.size,
    exit: (id, code) => state.ends(state.box(id), code),
    emit: (about, action, id) => state.emit(about, action, id),
    fail: (error) => state.fail(error),
    calls: state.calls,
  };
}

const version: EngineVersion = {
  version: '28.5.2',
  apiVersion: '1.51',
  os: 'linux',
  architecture: 'amd64',
  product: 'docker',
};

function engineOf(state: FakeState): Engine {
  return {
    ...looking(state),
    ...changing(state),
    ...streaming(state),
    ...filing(state),
    ...fakeObjects(state),
    ...fakeRuns(state),
    ...fakeLooks(state),
  };
}

/** Every method rejects, none throws: hence all are async. */
/* eslint-disable @typescript-eslint/require-await */

function looking(state: FakeState): Pick<Engine, 'version' | 'containers' | 'images' | 'inspect'> {
  return {
    version: async () => {
      state.check();
      return version;
    },
    containers: async () => {
      state.check();
      return [...state.boxes.values()].map((box) => box.container);
    },
    images: async () => {
      state.check();
      return [...state.images];
    },
    inspect: async (about, id) => {
      if (about === 'volume' || about === 'network') return inspectObject(state, about, id);
      if (about === 'image') return { Id: state.image(id).id, RepoTags: state.image(id).tags };
      const { container, inspect } = state.box(id);
      return { Id: container.id, Name: `/${container.name}`, ...inspect };
    },
  };
}

function changing(
  state: FakeState,
): Pick<
  Engine,
  'start' | 'stop' | 'restart' | 'pause' | 'unpause' | 'kill' | 'rename' | 'remove' | 'removeImage'
> {
  return {
    start: async (id) => {
      const box = state.box(id);
      state.calls.push(`start ${id}`);
      if (box.container.state !== 'running') state.starts(box);
    },
    stop: async (id) => {
      const box = state.box(id);
      state.calls.push(`stop ${id}`);
      if (box.container.state === 'running') state.stops(box);
    },
    restart: async (id) => {
      const box = state.box(id);
      state.calls.push(`restart ${id}`);
      if (box.container.state === 'running') state.stops(box);
      state.starts(box);
    },
    ...standing(state),
    remove: async (id, options = {}) => {
      const box = state.box(id);
      state.calls.push(`remove ${id}`);
      if (box.container.state === 'running') {
        if (!options.force) {
          throw new EngineError(
            'conflict',
            `cannot remove container "${id}": container is running`,
          );
        }
        state.ends(box, 137);
      }
      state.boxes.delete(box.container.id);
      state.emit('container', 'destroy', box.container.id);
    },
    removeImage: async (reference, options = {}) => {
      state.calls.push(`removeImage ${reference}`);
      return state.removeImage(reference, options.force === true);
    },
  };
}

function standing(state: FakeState): Pick<Engine, 'pause' | 'unpause' | 'kill' | 'rename'> {
  return {
    pause: async (id) => {
      const box = state.running(id);
      state.calls.push(`pause ${id}`);
      state.become(box, 'paused');
      state.emit('container', 'pause', box.container.id);
    },
    unpause: async (id) => {
      const box = state.box(id);
      if (box.container.state !== 'paused') {
        throw new EngineError('conflict', `Container ${id} is not paused`);
      }
      state.calls.push(`unpause ${id}`);
      state.become(box, 'running');
      state.emit('container', 'unpause', box.container.id);
    },
    kill: async (id) => {
      const box = state.running(id);
      state.calls.push(`kill ${id}`);
      state.ends(box, 137);
    },
    rename: async (id, name) => {
      const box = state.box(id);
      const other = [...state.boxes.values()].find(({ container }) => container.name === name);
      if (other && other !== box) {
        throw new EngineError('conflict', `The container name "/${name}" is already in use`);
      }
      state.calls.push(`rename ${id} ${name}`);
      box.container = { ...box.container, name };
      state.emit('container', 'rename', box.container.id);
    },
  };
}

function streaming(
  state: FakeState,
): Pick<Engine, 'logs' | 'stats' | 'exec' | 'pull' | 'build' | 'events'> {
  return {
    logs: (id, options, signal) => logs(state, id, options, signal),
    exec: async (id, argv, options) => {
      const box = state.running(id);
      state.calls.push(`exec ${id} ${argv.join(' ')}`);
      return fakeExec(argv, {
        files: box.files,
        programs: box.programs,
        user: options.user ?? 'root',
        workdir: options.workdir ?? '/',
        env: options.env ?? [],
        tty: options.tty,
      });
    },
    pull: (reference, signal, platform) =>
      pull(state, platform === undefined ? reference : `${reference} ${platform}`, signal),
    build: (context, options, signal) => {
      state.calls.push(`build ${options.tags.join(' ')}`);
      return fakeBuild(state, untilAborted(context, signal), options, signal);
    },
    stats: (id, signal) => fakeStats(state, id, signal),
    events: (signal, since) => events(state, signal, since),
  };
}

function filing(state: FakeState): Pick<Engine, 'stat' | 'readArchive' | 'writeArchive'> {
  return {
    stat: async (id, path) => state.box(id).files.stat(path),
    readArchive: async function* (id, path, signal) {
      for await (const chunk of state.box(id).files.read(path)) {
        if (signal?.aborted) throw new EngineError('cancelled', 'Cancelled');
        yield chunk;
      }
    },
    writeArchive: async (id, folder, tar, signal) => {
      const box = state.box(id);
      state.calls.push(`writeArchive ${id} ${folder}`);
      await box.files.unpack(folder, untilAborted(tar, signal)).catch((error: unknown) => {
        throw engineError(error);
      });
    },
  };
}

/* eslint-enable @typescript-eslint/require-await */

async function* logs(
  state: FakeState,
  id: string,
  options: Parameters<Engine['logs']>[1],
  signal: AbortSignal,
): AsyncGenerator<Uint8Array, void, undefined> {
  const box = state.box(id);
  const since = options.since === undefined ? -Infinity : options.since * 1000;
  const lines = box.log
    .join('')
    .split(/(?<=\n)/)
    .filter((line) => line !== '' && Date.parse(timeOf(line)) >= since);
  const queue = new Queue<Uint8Array>();
  const encoder = new TextEncoder();
  for (const line of lines.slice(Math.max(0, lines.length - options.tail)))
    queue.push(encoder.encode(line));
  if (!options.follow || box.container.state !== 'running') queue.end();
  else box.readers.add(queue);
  const decoder = new TextDecoder();
  for await (const chunk of endedBy(queue, signal)) {
    const text = decoder.decode(chunk, { stream: true });
    const stamp = (line: string): string => (options.timestamps ? `${timeOf(line)} ` : '');
    const said = text.split(/(?<=\n)/).map((line) => stamp(line) + line.replace(written, ''));
    yield encoder.encode(said.join(''));
  }
  box.readers.delete(queue);
}

/** A line may begin with the time at which it was written. */
const written = /^(\d{4}-\d\d-\d\dT\S+Z) /;

function timeOf(line: string): string {
  return written.exec(line)?.[1] ?? '2026-01-01T00:00:00.000000000Z';
}

async function* events(
  state: FakeState,
  signal: AbortSignal,
  since?: string,
): AsyncGenerator<EngineEvent, void, undefined> {
  state.check();
  const queue = new Queue<EngineEvent>();
  state.listeners.add(queue);
  if (since !== undefined) {
    const missed = state.history.filter((event) => BigInt(event.timeNano) > BigInt(since));
    for (const event of missed) queue.push(event);
  }
  try {
    yield* endedBy(queue, signal);
  } finally {
    state.listeners.delete(queue);
  }
}

function engineError(error: unknown): EngineError {
  if (isEngineError(error)) return error;
  return new EngineError('failed', error instanceof Error ? error.message : String(error));
}

async function* untilAborted<T>(
  items: AsyncIterable<T>,
  signal: AbortSignal | undefined,
): AsyncGenerator<T> {
  for await (const item of items) {
    if (signal?.aborted) throw new EngineError('cancelled', 'Cancelled');
    yield item;
  }
}
