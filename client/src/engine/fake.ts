/** An engine in memory for the tests of other rooms, held to the same contract as the real one. */
import type { Container, Engine, EngineEvent, EngineVersion, PullProgress } from './engine.ts';
import { EngineError, isEngineError } from './errors.ts';
import { fakeBuild } from './fake-build.ts';
import type { FakeFiles } from './fake-files.ts';
import { FakeState, type FakeContainer, type FakeWorld } from './fake-state.ts';
import { fakeExec } from './fake-shell.ts';
import { Queue } from './queue.ts';

export type { FakeContainer, FakeWorld } from './fake-state.ts';

export interface FakeEngine {
  readonly engine: Engine;
  /** Adds a container; its id. */
  create(container: FakeContainer): string;
  /** By id or name. */
  container(id: string): Container;
  files(id: string): FakeFiles;
  /** A line of output of its main process. */
  log(id: string, text: string): void;
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
};

function engineOf(state: FakeState): Engine {
  return { ...looking(state), ...changing(state), ...streaming(state), ...filing(state) };
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
      if (about === 'image') return { Id: state.image(id).id, RepoTags: state.image(id).tags };
      const { container, inspect } = state.box(id);
      return { Id: container.id, Name: `/${container.name}`, ...inspect };
    },
  };
}

function changing(
  state: FakeState,
): Pick<Engine, 'start' | 'stop' | 'restart' | 'remove' | 'removeImage'> {
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

function streaming(state: FakeState): Pick<Engine, 'logs' | 'exec' | 'pull' | 'build' | 'events'> {
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
    pull: (reference, signal) => pull(state, reference, signal),
    build: (context, options, signal) => {
      state.calls.push(`build ${options.tags.join(' ')}`);
      return fakeBuild(state, untilAborted(context, signal), options, signal);
    },
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
  const lines = box.log
    .join('')
    .split(/(?<=\n)/)
    .filter((line) => line !== '');
  const queue = new Queue<Uint8Array>();
  for (const line of lines.slice(-options.tail)) {
    const stamp = options.timestamps === true ? '2026-01-01T00:00:00.000000000Z ' : '';
    queue.push(new TextEncoder().encode(stamp + line));
  }
  if (!options.follow || box.container.state !== 'running') queue.end();
  else box.readers.add(queue);
  yield* endedBy(queue, signal);
  box.readers.delete(queue);
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

async function* endedBy<T>(queue: Queue<T>, signal: AbortSignal): AsyncGenerator<T> {
  const end = () => queue.end();
  if (signal.aborted) end();
  signal.addEventListener('abort', end, { once: true });
  try {
    for await (const item of queue) {
      if (signal.aborted) return;
      yield item;
    }
  } finally {
    signal.removeEventListener('abort', end);
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

// eslint-disable-next-line @typescript-eslint/require-await
async function* pull(
  state: FakeState,
  reference: string,
  signal: AbortSignal,
): AsyncGenerator<PullProgress, void, undefined> {
  state.check();
  state.calls.push(`pull ${reference}`);
  if (!state.registry.includes(reference)) {
    throw new EngineError('missing', `manifest for ${reference} not found: manifest unknown`);
  }
  for (const current of [0, 500, 1000]) {
    if (signal.aborted) throw new EngineError('cancelled', 'Cancelled');
    yield { layer: 'a1b2c3d4e5f6', status: 'Downloading', current, total: 1000 };
  }
  yield { layer: 'a1b2c3d4e5f6', status: 'Pull complete' };
  state.addImage([reference]);
  state.emit('image', 'pull', reference);
}
