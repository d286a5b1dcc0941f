/** The state of a fake engine, and its changes. */
import type { Container, EngineEvent, Image } from '../../client/src/engine/engine.ts';
import { EngineError } from '../../client/src/engine/errors.ts';
import {
  defaultContainer,
  defaultImage,
  defaultNetwork,
  defaultUsage,
  defaultVolume,
  builtinNetworks,
} from './default-objects.ts';
import { FakeFiles, type FakeTree } from './files.ts';
import type {
  Change,
  DiskUsage,
  SearchResult,
  Layer,
  Network,
  Volume,
} from '../../client/src/engine/objects.ts';
import type { Queue } from '../../client/src/engine/queue.ts';
import type { Usage } from '../../client/src/engine/usage.ts';

export interface FakeContainer extends Partial<Container> {
  readonly name: string;
  readonly files?: FakeTree;
  /** Existing log output; a line can start with the time at which it was written. */
  readonly logs?: string;
  /** Programs of its image; by default sh and those that the fake shell supports. */
  readonly programs?: readonly string[];
  /** Additional properties in the result of inspect. */
  readonly inspect?: object;
  /** Changed files. */
  readonly changes?: readonly Change[];
  /** Resource usage when it is measured. */
  readonly usage?: Partial<Usage>;
}

export interface FakeWorld {
  readonly containers?: readonly FakeContainer[];
  readonly images?: readonly (Partial<Image> & { readonly id: string })[];
  /** References that can be pulled. */
  readonly registry?: readonly string[];
  /** Search results of Docker Hub. */
  readonly hub?: readonly SearchResult[];
  readonly volumes?: readonly (Partial<Volume> & { readonly name: string })[];
  /** In addition to the built-in networks. */
  readonly networks?: readonly (Partial<Network> & { readonly name: string })[];
  /** Absent properties are computed from the other objects. */
  readonly usage?: Partial<DiskUsage>;
  /** By image id. */
  readonly history?: Readonly<Record<string, readonly Layer[]>>;
  /** Accounts of the registry: user name → password. */
  readonly accounts?: Readonly<Record<string, string>>;
}

export interface Box {
  container: Container;
  readonly files: FakeFiles;
  readonly programs: readonly string[];
  readonly inspect: object;
  readonly changes: readonly Change[];
  readonly log: string[];
  readonly readers: Set<Queue<Uint8Array>>;
  usage: Usage;
  /** Open stats streams. */
  readonly meters: Set<Queue<Usage>>;
}

export class FakeState {
  readonly boxes = new Map<string, Box>();
  readonly images: Image[];
  readonly registry: readonly string[];
  readonly world: FakeWorld;
  readonly volumes: Volume[];
  readonly networks: Network[];
  buildCache: DiskUsage['buildCache'];
  readonly calls: string[] = [];
  readonly history: EngineEvent[] = [];
  readonly listeners = new Set<Queue<EngineEvent>>();
  #error: EngineError | undefined;
  #count = 0;
  #time = BigInt(Date.now()) * 1_000_000n;

  constructor(world: FakeWorld) {
    this.world = world;
    this.registry = world.registry ?? [];
    this.volumes = (world.volumes ?? []).map((volume) => ({ ...defaultVolume, ...volume }));
    this.networks = [...builtinNetworks, ...(world.networks ?? [])].map((network) => ({
      ...defaultNetwork,
      id: this.newId(),
      ...network,
    }));
    this.buildCache = world.usage?.buildCache ?? [];
    this.images = (world.images ?? []).map((image) => ({ ...defaultImage, ...image }));
    for (const container of world.containers ?? []) this.create(container);
  }

  create(definition: FakeContainer): string {
    const { files, logs, programs, inspect, changes = [], usage, ...rest } = definition;
    const id = rest.id ?? this.newId();
    const container = { ...defaultContainer, ...rest, id };
    this.boxes.set(id, {
      container: { ...container, status: rest.status ?? statusOf(container) },
      files: new FakeFiles(files),
      programs: programs ?? defaultPrograms,
      inspect: inspect ?? {},
      changes,
      log: logs === undefined ? [] : [logs],
      readers: new Set(),
      usage: { ...defaultUsage, ...usage },
      meters: new Set(),
    });
    this.emit('container', 'create', id);
    return id;
  }

  newId(): string {
    return (++this.#count).toString(16).padStart(64, '0');
  }

  box(id: string): Box {
    this.check();
    for (const [key, box] of this.boxes) {
      if (key === id || box.container.name === id) return box;
    }
    throw new EngineError('missing', `No such container: ${id}`);
  }

  image(reference: string): Image {
    this.check();
    const found = this.images.find((image) => refersTo(image, reference));
    if (found) return found;
    throw new EngineError('missing', `No such image: ${reference}`);
  }

  addImage(tags: readonly string[]): Image {
    const image = { ...defaultImage, id: `sha256:${this.newId()}`, tags: tags.map(withTag) };
    for (const tag of image.tags) this.#untag(tag);
    this.images.push(image);
    return image;
  }

  removeImage(
    reference: string,
    force: boolean,
  ): { readonly untagged: readonly string[]; readonly deleted: readonly string[] } {
    const image = this.image(reference);
    const byTag = image.tags.includes(withTag(reference));
    if (byTag && image.tags.length > 1) {
      this.#untag(withTag(reference));
      this.emit('image', 'untag', image.id);
      return { untagged: [withTag(reference)], deleted: [] };
    }
    const user = [...this.boxes.values()].find(({ container }) => container.imageId === image.id);
    if (user && (!force || user.container.state === 'running')) {
      const reason = `container ${user.container.id.slice(0, 12)} is using its referenced image`;
      throw new EngineError('conflict', `conflict: unable to remove "${reference}" - ${reason}`);
    }
    if (!byTag && image.tags.length > 1 && !force) {
      const reason = 'image is referenced in multiple repositories';
      throw new EngineError('conflict', `conflict: unable to delete ${reference} - ${reason}`);
    }
    this.images.splice(this.images.indexOf(image), 1);
    this.emit('image', 'delete', image.id);
    return { untagged: image.tags, deleted: [image.id] };
  }

  createImage(id: string): Image {
    return { ...defaultImage, id };
  }

  /** Adds a name to the image, and removes it from the image that had it. */
  tag(image: Image, reference: string): void {
    const name = withTag(reference);
    if (image.tags.includes(name)) return;
    this.#untag(name);
    const index = this.images.findIndex(({ id }) => id === image.id);
    this.images[index] = { ...image, tags: [...image.tags, name] };
    this.emit('image', 'tag', image.id, { name });
  }

  check(): void {
    if (this.#error) throw this.#error;
  }

  running(id: string): Box {
    const box = this.box(id);
    if (box.container.state === 'running') return box;
    throw new EngineError('conflict', `Container ${id} is not running`);
  }

  start(box: Box): void {
    this.setState(box, 'running');
    this.emit('container', 'start', box.container.id);
  }

  stop(box: Box): void {
    this.emit('container', 'kill', box.container.id);
    this.end(box, 0);
    this.emit('container', 'stop', box.container.id);
  }

  end(box: Box, code: number): void {
    const { id } = box.container;
    this.setState(box, 'exited', code);
    for (const reader of [...box.readers, ...box.meters]) reader.end();
    box.readers.clear();
    box.meters.clear();
    this.emit('container', 'die', id, { exitCode: code });
  }

  log(box: Box, text: string): void {
    box.log.push(text);
    for (const reader of box.readers) reader.push(new TextEncoder().encode(text));
  }

  /** Sends a measurement to the open stats streams, one second later. */
  measure(box: Box, usage: Partial<Usage>): void {
    box.usage = { ...box.usage, at: box.usage.at + 1000, ...usage };
    for (const meter of box.meters) meter.push(box.usage);
  }

  emit(
    objectType: EngineEvent['objectType'],
    action: string,
    id: string,
    attributes: Pick<EngineEvent, 'exitCode' | 'signal' | 'name' | 'container' | 'image'> = {},
  ): void {
    this.#time += 1_000_000n;
    const name = this.boxes.get(id)?.container.name;
    const named = name === undefined ? {} : { name };
    const event = {
      objectType,
      action,
      id,
      timeNano: this.#time.toString(),
      ...named,
      ...attributes,
    };
    this.history.push(event);
    for (const listener of this.listeners) listener.push(event);
  }

  fail(error: EngineError | undefined): void {
    this.#error = error;
    if (error === undefined) return;
    for (const listener of this.listeners) listener.end(error);
    for (const { readers, meters } of this.boxes.values()) {
      for (const reader of [...readers, ...meters]) reader.end(error);
    }
  }

  #untag(tag: string): void {
    for (const [index, image] of this.images.entries()) {
      if (!image.tags.includes(tag)) continue;
      this.images[index] = { ...image, tags: image.tags.filter((other) => other !== tag) };
    }
  }

  setState(box: Box, state: Container['state'], exitCode?: number): void {
    const container: Writable<Container> = { ...box.container, state };
    delete container.health;
    delete container.exitCode;
    if (exitCode !== undefined) container.exitCode = exitCode;
    box.container = { ...container, status: statusOf(container) };
  }
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };

const defaultPrograms = ['sh', 'ash', 'cat', 'echo', 'stty', 'sleep', 'id', 'pwd', 'env'];

function statusOf({ state, exitCode }: Pick<Container, 'state' | 'exitCode'>): string {
  if (state === 'running') return 'Up 1 second';
  if (state === 'paused') return 'Up 1 second (Paused)';
  return state === 'exited' ? `Exited (${exitCode ?? 0}) 1 second ago` : 'Created';
}

/** `busybox` is `busybox:latest`. */
export function withTag(reference: string): string {
  return /:[^/]*$/.test(reference) ? reference : `${reference}:latest`;
}

function refersTo(image: Image, reference: string): boolean {
  const id = image.id.replace(/^sha256:/, '');
  return (
    image.id === reference ||
    (/^[0-9a-f]{12,}$/.test(reference) && id.startsWith(reference)) ||
    image.tags.includes(withTag(reference)) ||
    image.digests.includes(reference)
  );
}
