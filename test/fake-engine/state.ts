/** What a fake engine holds, and how it changes. */
import type { Container, EngineEvent, Image } from '../../client/src/engine/engine.ts';
import { EngineError } from '../../client/src/engine/errors.ts';
import {
  blankContainer,
  blankImage,
  blankNetwork,
  blankUsage,
  blankVolume,
  builtinNetworks,
} from './default-objects.ts';
import { FakeFiles, type FakeTree } from './files.ts';
import type {
  Change,
  DiskUsage,
  FoundImage,
  Layer,
  Network,
  Volume,
} from '../../client/src/engine/objects.ts';
import type { Queue } from '../../client/src/engine/queue.ts';
import type { Usage } from '../../client/src/engine/usage.ts';

export interface FakeContainer extends Partial<Container> {
  readonly name: string;
  readonly files?: FakeTree;
  /** What it has said; a line may begin with the time at which it was. */
  readonly logs?: string;
  /** Programs of its image; sh and those that our little shell knows, unless said. */
  readonly programs?: readonly string[];
  /** What inspect answers besides what follows from the rest. */
  readonly inspect?: object;
  /** What differs in it from its image. */
  readonly changes?: readonly Change[];
  /** What it takes, once it is measured. */
  readonly usage?: Partial<Usage>;
}

export interface FakeWorld {
  readonly containers?: readonly FakeContainer[];
  readonly images?: readonly (Partial<Image> & { readonly id: string })[];
  /** What a pull finds: references. */
  readonly registry?: readonly string[];
  /** What Docker Hub would be found to have. */
  readonly hub?: readonly FoundImage[];
  readonly volumes?: readonly (Partial<Volume> & { readonly name: string })[];
  /** Besides those that are always there. */
  readonly networks?: readonly (Partial<Network> & { readonly name: string })[];
  /** What is not said follows from the rest. */
  readonly usage?: Partial<DiskUsage>;
  /** By the id of an image. */
  readonly history?: Readonly<Record<string, readonly Layer[]>>;
  /** Who may log in at the registry: user → password. */
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
  /** Those who have it measured. */
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
  #trouble: EngineError | undefined;
  #count = 0;
  #time = BigInt(Date.now()) * 1_000_000n;

  constructor(world: FakeWorld) {
    this.world = world;
    this.registry = world.registry ?? [];
    this.volumes = (world.volumes ?? []).map((volume) => ({ ...blankVolume, ...volume }));
    this.networks = [...builtinNetworks, ...(world.networks ?? [])].map((network) => ({
      ...blankNetwork,
      id: this.freshId(),
      ...network,
    }));
    this.buildCache = world.usage?.buildCache ?? [];
    this.images = (world.images ?? []).map((image) => ({ ...blankImage, ...image }));
    for (const container of world.containers ?? []) this.create(container);
  }

  create(given: FakeContainer): string {
    const { files, logs, programs, inspect, changes = [], usage, ...rest } = given;
    const id = rest.id ?? this.freshId();
    const container = { ...blankContainer, ...rest, id };
    this.boxes.set(id, {
      container: { ...container, status: rest.status ?? statusOf(container) },
      files: new FakeFiles(files),
      programs: programs ?? usualPrograms,
      inspect: inspect ?? {},
      changes,
      log: logs === undefined ? [] : [logs],
      readers: new Set(),
      usage: { ...blankUsage, ...usage },
      meters: new Set(),
    });
    this.emit('container', 'create', id);
    return id;
  }

  freshId(): string {
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
    const image = { ...blankImage, id: `sha256:${this.freshId()}`, tags: tags.map(tagged) };
    for (const tag of image.tags) this.#untag(tag);
    this.images.push(image);
    return image;
  }

  removeImage(
    reference: string,
    force: boolean,
  ): { readonly untagged: readonly string[]; readonly deleted: readonly string[] } {
    const image = this.image(reference);
    const byTag = image.tags.includes(tagged(reference));
    if (byTag && image.tags.length > 1) {
      this.#untag(tagged(reference));
      this.emit('image', 'untag', image.id);
      return { untagged: [tagged(reference)], deleted: [] };
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

  blankImage(id: string): Image {
    return { ...blankImage, id };
  }

  /** The image under one more name, taken from whoever had it. */
  tag(image: Image, reference: string): void {
    const name = tagged(reference);
    if (image.tags.includes(name)) return;
    this.#untag(name);
    const index = this.images.findIndex(({ id }) => id === image.id);
    this.images[index] = { ...image, tags: [...image.tags, name] };
    this.emit('image', 'tag', image.id);
  }

  check(): void {
    if (this.#trouble) throw this.#trouble;
  }

  running(id: string): Box {
    const box = this.box(id);
    if (box.container.state === 'running') return box;
    throw new EngineError('conflict', `Container ${id} is not running`);
  }

  starts(box: Box): void {
    this.become(box, 'running');
    this.emit('container', 'start', box.container.id);
  }

  stops(box: Box): void {
    this.emit('container', 'kill', box.container.id);
    this.ends(box, 0);
    this.emit('container', 'stop', box.container.id);
  }

  ends(box: Box, code: number): void {
    const { id } = box.container;
    this.become(box, 'exited', code);
    for (const reader of [...box.readers, ...box.meters]) reader.end();
    box.readers.clear();
    box.meters.clear();
    this.emit('container', 'die', id);
  }

  log(box: Box, text: string): void {
    box.log.push(text);
    for (const reader of box.readers) reader.push(new TextEncoder().encode(text));
  }

  /** A second later: whoever measures it hears of it. */
  uses(box: Box, usage: Partial<Usage>): void {
    box.usage = { ...box.usage, at: box.usage.at + 1000, ...usage };
    for (const meter of box.meters) meter.push(box.usage);
  }

  emit(about: EngineEvent['about'], action: string, id: string): void {
    this.#time += 1_000_000n;
    const event = { about, action, id, timeNano: this.#time.toString() };
    this.history.push(event);
    for (const listener of this.listeners) listener.push(event);
  }

  fail(error: EngineError | undefined): void {
    this.#trouble = error;
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

  become(box: Box, to: Container['state'], exitCode?: number): void {
    const container: Writable<Container> = { ...box.container, state: to };
    delete container.health;
    delete container.exitCode;
    if (exitCode !== undefined) container.exitCode = exitCode;
    box.container = { ...container, status: statusOf(container) };
  }
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };

const usualPrograms = ['sh', 'ash', 'cat', 'echo', 'stty', 'sleep', 'id', 'pwd', 'env'];

function statusOf({ state, exitCode }: Pick<Container, 'state' | 'exitCode'>): string {
  if (state === 'running') return 'Up 1 second';
  if (state === 'paused') return 'Up 1 second (Paused)';
  return state === 'exited' ? `Exited (${exitCode ?? 0}) 1 second ago` : 'Created';
}

/** `busybox` is `busybox:latest`. */
export function tagged(reference: string): string {
  return /:[^/]*$/.test(reference) ? reference : `${reference}:latest`;
}

function refersTo(image: Image, reference: string): boolean {
  const id = image.id.replace(/^sha256:/, '');
  return (
    image.id === reference ||
    (/^[0-9a-f]{12,}$/.test(reference) && id.startsWith(reference)) ||
    image.tags.includes(tagged(reference)) ||
    image.digests.includes(reference)
  );
}
