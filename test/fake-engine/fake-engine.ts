/** An in-memory engine for tests. It passes the same contract tests as the real adapter. */
import type {
  Container,
  Engine,
  EngineEvent,
  EngineVersion,
} from '../../client/src/engine/engine.ts';
import { EngineError, isEngineError } from '../../client/src/engine/errors.ts';
import { detailsOf } from '../../client/src/engine/docker-api/inspect.ts';
import { fakeBuild } from './build.ts';
import type { FakeFiles } from './files.ts';
import { fakeInspection } from './inspect.ts';
import { fakeObjects, inspectObject, pull } from './objects.ts';
import { fakeRuns } from './run.ts';
import { FakeState, type FakeContainer, type FakeWorld } from './state.ts';
import { fakeExec } from './shell.ts';
import { fakeStats } from './stats.ts';
import { fakeEvents, fakeLogLines, fakeLogs, throwWhenAborted } from './streams.ts';
import type { Usage } from '../../client/src/engine/usage.ts';

export type { FakeContainer, FakeWorld } from './state.ts';

export interface FakeEngine {
  readonly engine: Engine;
  /** Adds a container; returns its id. */
  create(container: FakeContainer): string;
  /** The container with this id or name. */
  container(id: string): Container;
  files(id: string): FakeFiles;
  /** Adds output of its main process. */
  log(id: string, text: string): void;
  /** Adds a measurement, one second later. */
  use(id: string, usage: Partial<Usage>): void;
  /** Number of open stats streams. */
  meters(id: string): number;
  /** Ends its main process. */
  exit(id: string, code: number): void;
  emit(objectType: EngineEvent['objectType'], action: string, id: string): void;
  /** Makes all calls and streams fail with the error; `undefined` restores the engine. */
  fail(error: EngineError | undefined): void;
  /** Calls so far, such as `start web-id`, without those that only read. */
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
    use: (id, usage) => state.measure(state.box(id), usage),
    meters: (id) => state.box(id).meters.size,
    exit: (id, code) => state.end(state.box(id), code),
    emit: (objectType, action, id) => state.emit(objectType, action, id),
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
    ...readMethods(state),
    ...lifecycleMethods(state),
    ...streamMethods(state),
    ...fileMethods(state),
    ...fakeObjects(state),
    ...fakeRuns(state),
    ...fakeInspection(state),
  };
}

/** All methods are async, so that they reject and do not throw. */
/* eslint-disable @typescript-eslint/require-await */

function readMethods(
  state: FakeState,
): Pick<Engine, 'version' | 'containers' | 'images' | 'inspect'> {
  return {
    version: async () => {
      state.check();
      return version;
    },
    containers: async (ids) => {
      state.check();
      const all = [...state.boxes.values()].map((box) => box.container);
      return ids === undefined ? all : all.filter(({ id }) => ids.includes(id));
    },
    images: async () => {
      state.check();
      return [...state.images];
    },
    inspect: async (objectType, id) => {
      return detailsOf(objectType, jsonOf(state, objectType, id));
    },
  };
}

/** The JSON that a real engine would return, as far as tests need it. */
function jsonOf(state: FakeState, objectType: EngineEvent['objectType'], id: string): object {
  if (objectType === 'volume' || objectType === 'network')
    return inspectObject(state, objectType, id);
  if (objectType === 'image') {
    const image = state.image(id);
    return { Id: image.id, RepoTags: image.tags, RepoDigests: image.digests };
  }
  const { container, inspect } = state.box(id);
  const State = { Running: container.state === 'running' || container.state === 'paused' };
  const { id: Id, name, imageId: Image } = container;
  return { Id, Name: `/${name}`, Image, State, ...inspect };
}

function lifecycleMethods(
  state: FakeState,
): Pick<
  Engine,
  'start' | 'stop' | 'restart' | 'pause' | 'unpause' | 'kill' | 'rename' | 'remove' | 'removeImage'
> {
  return {
    start: async (id) => {
      const box = state.box(id);
      state.calls.push(`start ${id}`);
      if (box.container.state !== 'running') state.start(box);
    },
    stop: async (id) => {
      const box = state.box(id);
      state.calls.push(`stop ${id}`);
      if (box.container.state === 'running') state.stop(box);
    },
    restart: async (id) => {
      const box = state.box(id);
      state.calls.push(`restart ${id}`);
      if (box.container.state === 'running') state.stop(box);
      state.start(box);
    },
    ...stateMethods(state),
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
        state.end(box, 137);
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

function stateMethods(state: FakeState): Pick<Engine, 'pause' | 'unpause' | 'kill' | 'rename'> {
  return {
    pause: async (id) => {
      const box = state.running(id);
      state.calls.push(`pause ${id}`);
      state.setState(box, 'paused');
      state.emit('container', 'pause', box.container.id);
    },
    unpause: async (id) => {
      const box = state.box(id);
      if (box.container.state !== 'paused') {
        throw new EngineError('conflict', `Container ${id} is not paused`);
      }
      state.calls.push(`unpause ${id}`);
      state.setState(box, 'running');
      state.emit('container', 'unpause', box.container.id);
    },
    kill: async (id) => {
      const box = state.running(id);
      state.calls.push(`kill ${id}`);
      state.end(box, 137);
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

function streamMethods(
  state: FakeState,
): Pick<
  Engine,
  | 'logs'
  | 'logLines'
  | 'stats'
  | 'exec'
  | 'pull'
  | 'build'
  | 'builderVersion'
  | 'buildHistory'
  | 'events'
> {
  return {
    logs: (id, options, signal) => fakeLogs(state, id, options, signal),
    logLines: (id, options, signal) => fakeLogLines(state, id, options, signal),
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
    // It has no history of builds, like an old engine.
    buildHistory: async function* () {},
    builderVersion: async () => {
      state.check();
      return '0.25.2';
    },
    build: (request, signal) => {
      state.calls.push(`build ${request.tags.join(' ')}`);
      return fakeBuild(state, request, signal);
    },
    stats: (id, signal) => fakeStats(state, id, signal),
    events: (signal, since, until) => fakeEvents(state, signal, since, until),
  };
}

function fileMethods(state: FakeState): Pick<Engine, 'stat' | 'readArchive' | 'writeArchive'> {
  return {
    stat: async (id, path) => {
      const { files, programs } = state.box(id);
      const name = /^\/bin\/([^/]+)$/.exec(path)?.[1];
      if (name === undefined || !programs.includes(name)) return files.stat(path);
      return { name, size: 1, kind: 'file', mode: 0o755 };
    },
    readArchive: async function* (id, path, signal) {
      for await (const chunk of state.box(id).files.read(path)) {
        if (signal?.aborted) throw new EngineError('cancelled', 'Cancelled');
        yield chunk;
      }
    },
    writeArchive: async (id, directory, tar, signal) => {
      const box = state.box(id);
      state.calls.push(`writeArchive ${id} ${directory}`);
      await box.files.unpack(directory, throwWhenAborted(tar, signal)).catch((error: unknown) => {
        throw engineError(error);
      });
    },
  };
}

/* eslint-enable @typescript-eslint/require-await */

function engineError(error: unknown): EngineError {
  if (isEngineError(error)) return error;
  return new EngineError('failed', error instanceof Error ? error.message : String(error));
}
