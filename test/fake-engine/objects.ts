/** Volumes, networks, disk usage, images and the registry of a fake engine. */
import type { Engine, PullProgress } from '../../client/src/engine/engine.ts';
import { EngineError } from '../../client/src/engine/errors.ts';
import { withTag, type FakeState } from './state.ts';
import type { DiskUsage, EngineInfo, Network, Volume } from '../../client/src/engine/objects.ts';

type Methods =
  | 'volumes'
  | 'networks'
  | 'createVolume'
  | 'createNetwork'
  | 'connectNetwork'
  | 'disconnectNetwork'
  | 'removeVolume'
  | 'removeNetwork'
  | 'info'
  | 'diskUsage'
  | 'buildCache'
  | 'imageUsage'
  | 'pruneBuildCache'
  | 'history'
  | 'tag'
  | 'save'
  | 'load'
  | 'push'
  | 'login';

export function fakeObjects(state: FakeState): Pick<Engine, Methods> {
  return { ...storageMethods(state), ...diskMethods(state), ...transferMethods(state) };
}

export function inspectObject(
  state: FakeState,
  objectType: 'volume' | 'network',
  id: string,
): object {
  if (objectType === 'volume') {
    const { name, driver } = findVolume(state, id);
    return { Name: name, Driver: driver };
  }
  const network = findNetwork(state, id);
  return { Id: network.id, Name: network.name, Driver: network.driver };
}

/** All methods are async, so that they reject and do not throw. */
/* eslint-disable @typescript-eslint/require-await */

type StorageMethods =
  | 'volumes'
  | 'networks'
  | 'createVolume'
  | 'createNetwork'
  | 'connectNetwork'
  | 'disconnectNetwork'
  | 'removeVolume'
  | 'removeNetwork';

function storageMethods(state: FakeState): Pick<Engine, StorageMethods> {
  return {
    volumes: async () => {
      state.check();
      return [...state.volumes];
    },
    networks: async () => {
      state.check();
      return [...state.networks];
    },
    createVolume: async ({ name = state.newId(), driver = 'local', labels = {} }) => {
      state.check();
      state.calls.push(`createVolume ${name}`);
      if (state.volumes.every((volume) => volume.name !== name)) {
        const anonymous = /^[0-9a-f]{64}$/.test(name);
        state.volumes.push({ name, driver, mountpoint: '', anonymous, labels });
        state.emit('volume', 'create', name);
      }
      return name;
    },
    createNetwork: async ({ name, driver = 'bridge', subnet, internal = false, labels = {} }) => {
      state.check();
      state.calls.push(`createNetwork ${name}`);
      if (state.networks.some((network) => network.name === name)) {
        throw new EngineError('conflict', `network with name ${name} already exists`);
      }
      const id = state.newId();
      const subnets = subnet === undefined ? [] : [{ subnet }];
      state.networks.push({ id, name, driver, builtin: false, internal, subnets, labels });
      state.emit('network', 'create', id);
      return id;
    },
    connectNetwork: async (id, container) => {
      const { name } = findNetwork(state, id);
      const box = state.box(container);
      state.calls.push(`connectNetwork ${name} ${box.container.name}`);
      if (box.container.networks.includes(name)) {
        throw new EngineError('failed', `endpoint with name ${box.container.name} already exists in network ${name}`); // prettier-ignore
      }
      box.container = { ...box.container, networks: [...box.container.networks, name] };
      state.emit('network', 'connect', id, { container: box.container.id });
    },
    disconnectNetwork: async (id, container) => {
      const { name } = findNetwork(state, id);
      const box = state.box(container);
      state.calls.push(`disconnectNetwork ${name} ${box.container.name}`);
      if (!box.container.networks.includes(name)) {
        throw new EngineError(
          'failed',
          `container ${container} is not connected to network ${name}`,
        );
      }
      const networks = box.container.networks.filter((one) => one !== name);
      box.container = { ...box.container, networks };
      state.emit('network', 'disconnect', id, { container: box.container.id });
    },
    removeVolume: async (name) => {
      const volume = findVolume(state, name);
      state.calls.push(`removeVolume ${name}`);
      const user = [...state.boxes.values()].find((box) => box.container.volumes.includes(name));
      if (user) throw new EngineError('conflict', `volume is in use - [${user.container.id}]`);
      state.volumes.splice(state.volumes.indexOf(volume), 1);
      state.emit('volume', 'destroy', name);
    },
    removeNetwork: async (id) => {
      const network = findNetwork(state, id);
      state.calls.push(`removeNetwork ${id}`);
      const user = [...state.boxes.values()].some(
        ({ container }) =>
          container.state === 'running' && container.networks.includes(network.name),
      );
      if (user) throw new EngineError('conflict', `network ${network.name} has active endpoints`);
      state.networks.splice(state.networks.indexOf(network), 1);
      state.emit('network', 'destroy', network.id);
    },
  };
}

function findVolume(state: FakeState, name: string): Volume {
  state.check();
  const found = state.volumes.find((volume) => volume.name === name);
  if (found) return found;
  throw new EngineError('missing', `get ${name}: no such volume`);
}

function findNetwork(state: FakeState, id: string): Network {
  state.check();
  const found = state.networks.find((network) => network.id === id || network.name === id);
  if (found) return found;
  throw new EngineError('missing', `network ${id} not found`);
}

function diskMethods(
  state: FakeState,
): Pick<
  Engine,
  'info' | 'diskUsage' | 'imageUsage' | 'buildCache' | 'pruneBuildCache' | 'history'
> {
  return {
    info: async () => {
      state.check();
      return info;
    },
    imageUsage: async () => {
      state.check();
      return usageOf(state).images.map(({ id, size, shared }) => ({
        id,
        size,
        shared,
        platforms: [],
      }));
    },
    buildCache: async () => {
      state.check();
      return [];
    },
    diskUsage: async () => {
      state.check();
      return usageOf(state);
    },
    pruneBuildCache: async (ids) => {
      state.check();
      state.calls.push(`pruneBuildCache ${ids.join(' ')}`);
      const removed = state.buildCache.filter(({ id, inUse }) => ids.includes(id) && !inUse);
      state.buildCache = state.buildCache.filter((record) => !removed.includes(record));
      return removed.reduce((sum, { size, shared }) => sum + (shared ? 0 : size), 0);
    },
    history: async (image) => {
      const { id, tags, size, createdAt } = state.image(image);
      const one = { id, createdBy: 'COPY . /', size, createdAt, tags, comment: '' };
      return state.world.history?.[id] ?? [one];
    },
  };
}

function usageOf(state: FakeState): DiskUsage {
  const boxes = [...state.boxes.values()].map(({ container }) => container);
  const shared = new Map(state.world.usage?.images?.map((image) => [image.id, image.shared]));
  return {
    layersSize: state.images.reduce((sum, { size }) => sum + size, 0),
    volumes: state.volumes.map(({ name }) => ({
      name,
      size: 1000,
      uses: boxes.filter(({ volumes }) => volumes.includes(name)).length,
    })),
    containers: boxes.map(({ id }) => ({ id, size: 500 })),
    ...state.world.usage,
    images: state.images.map((image) => ({ ...image, shared: shared.get(image.id) ?? 0 })),
    buildCache: state.buildCache,
  };
}

const info: EngineInfo = {
  hostName: 'box',
  system: 'Debian GNU/Linux 12',
  kernel: '6.1.0',
  cpus: 8,
  memory: 16_000_000_000,
  storageDriver: 'overlay2',
  containerdStore: false,
  dataRoot: '/var/lib/docker',
  runtimes: ['runc'],
  defaultRuntime: 'runc',
  defaultIpcMode: 'private',
  defaultLogDriver: 'json-file',
  cgroups: '2',
  rootless: false,
  devices: [],
  mirrors: [],
  warnings: [],
};

function transferMethods(
  state: FakeState,
): Pick<Engine, 'tag' | 'save' | 'load' | 'push' | 'login'> {
  return {
    tag: async (image, reference) => {
      state.calls.push(`tag ${image} ${reference}`);
      state.tag(state.image(image), reference);
    },
    save: (references, signal) => save(state, references, signal),
    load: (tar, signal) => load(state, tar, signal),
    push: (reference, signal) => push(state, reference, signal),
    login: async ({ username = '', password, serveraddress }) => {
      state.check();
      state.calls.push(`login ${username} ${serveraddress}`);
      if (state.world.accounts?.[username] === password) return undefined;
      throw new EngineError('unauthorized', 'unauthorized: incorrect username or password');
    },
  };
}

/** Not a real tar archive: only `load` of the fake engine can read it. */
async function* save(
  state: FakeState,
  references: readonly string[],
  signal: AbortSignal,
): AsyncGenerator<Uint8Array, void, undefined> {
  const images = references.map((reference) => {
    const { id, tags } = state.image(reference);
    return { id, tags: tags.includes(withTag(reference)) ? [withTag(reference)] : [] };
  });
  yield new TextEncoder().encode(JSON.stringify(images));
  if (signal.aborted) throw new EngineError('cancelled', 'Cancelled');
}

async function* load(
  state: FakeState,
  tar: AsyncIterable<Uint8Array>,
  signal: AbortSignal,
): AsyncGenerator<string, void, undefined> {
  state.check();
  const chunks: Uint8Array[] = [];
  for await (const chunk of tar) {
    if (signal.aborted) throw new EngineError('cancelled', 'Cancelled');
    chunks.push(chunk);
  }
  for (const { id, tags } of imagesIn(Buffer.concat(chunks).toString())) {
    const existing = state.images.find((image) => image.id === id);
    if (existing === undefined) state.images.push(state.createImage(id));
    for (const name of tags) state.tag(state.image(id), name);
    yield tags[0] ?? id;
  }
}

function imagesIn(text: string): readonly { readonly id: string; readonly tags: string[] }[] {
  try {
    return JSON.parse(text) as { id: string; tags: string[] }[];
  } catch {
    throw new EngineError('failed', 'archive/tar: invalid tar header');
  }
}

async function* push(
  state: FakeState,
  reference: string,
  signal: AbortSignal,
): AsyncGenerator<PullProgress, void, undefined> {
  state.image(reference);
  state.calls.push(`push ${reference}`);
  if (!reference.startsWith('localhost')) {
    throw new EngineError('unauthorized', 'no basic auth credentials');
  }
  for (const current of [500, 1000]) {
    if (signal.aborted) throw new EngineError('cancelled', 'Cancelled');
    yield { layer: 'a1b2c3d4e5f6', status: 'Pushing', current, total: 1000 };
  }
  yield { layer: 'a1b2c3d4e5f6', status: 'Pushed' };
}

/** The reference can be followed by a platform. */
export async function* pull(
  state: FakeState,
  request: string,
  signal: AbortSignal,
): AsyncGenerator<PullProgress, void, undefined> {
  state.check();
  state.calls.push(`pull ${request}`);
  const [reference = ''] = request.split(' ');
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
