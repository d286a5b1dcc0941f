/** The lists of an engine for the views: each is read once, and then only what its events name. */
import type { Container, Engine, EngineEvent, Image } from '../engine.ts';
import type { Network, Volume } from '../objects.ts';
import { changesLists } from './changes.ts';
import { drawingTime, longList } from '../drawing.ts';
import { markContainers, readContainers, type ContainerMark } from './container-marks.ts';
import { markImages, readImages, type ImageMark } from './image-marks.ts';
import { KeptList } from './kept-list.ts';

/** The types of objects whose names the list of containers has. */
const inContainers = ['container', 'image', 'network'] as const;

export class EngineLists {
  readonly #containers: KeptList<Container, ContainerMark>;
  readonly #images: KeptList<Image, ImageMark>;
  readonly #volumes: KeptList<Volume, never>;
  readonly #networks: KeptList<Network, never>;
  /** When the rows of many containers will have been drawn, in milliseconds since 1970. */
  #drawnAt = 0;
  /** The engine, whose lists are these. */
  readonly engine: Engine;

  constructor(engine: Engine) {
    this.#containers = new KeptList({
      all: async () => {
        const all = await engine.containers();
        if (all.length > longList) this.#drawnAt = Date.now() + drawingTime;
        return all;
      },
      some: (before, marks) => readContainers(engine, before, marks),
      order: (a, b) => byTime(a, b) || compareText(a.name, b.name) || compareText(a.id, b.id),
    });
    this.#images = new KeptList({
      all: () => engine.images(),
      some: (before, marks) => readImages(engine, before, marks),
      order: (a, b) => byTime(a, b) || compareText(a.id, b.id),
    });
    this.#volumes = wholeList<Volume>(
      () => engine.volumes(),
      (a, b) => compareText(a.name, b.name),
    );
    this.#networks = wholeList<Network>(
      () => engine.networks(),
      (a, b) => compareText(a.name, b.name) || compareText(a.id, b.id),
    );
    this.engine = {
      ...engine,
      containers: (ids) => (ids === undefined ? this.#containers.read() : engine.containers(ids)),
      images: () => this.#afterContainers(this.#images),
      volumes: () => this.#afterContainers(this.#volumes),
      networks: () => this.#afterContainers(this.#networks),
    };
  }

  /**
   * All views need the containers, and an engine that answers several requests at once answers each of them later. The rows
   * of containers are sent by a timer, which would wait for the work on an answer that has already arrived. VS Code draws many
   * of them faster without the work for other lists.
   */
  #afterContainers<T, Mark>(list: KeptList<T, Mark>): Promise<readonly T[]> {
    const read = async (): Promise<readonly T[]> => {
      const wait = Math.max(0, this.#drawnAt - Date.now());
      await new Promise((resolve) => setTimeout(resolve, wait));
      return list.read();
    };
    return this.#containers.read().then(read, read);
  }

  /** Must be called for each event: the next read of the lists reads what it names. */
  note(event: EngineEvent): void {
    if (!changesLists(event)) return;
    markContainers(event, this.#containers);
    markImages(event, this.#images);
    if (event.objectType === 'volume') this.#volumes.outdate();
    if (event.objectType === 'network' && !isConnection(event)) this.#networks.outdate();
  }

  /** Reads objects of these types completely when they are next needed: events may have been lost. */
  outdate(types: ReadonlySet<EngineEvent['objectType']>): void {
    if (types.has('image')) this.#images.outdate();
    if (types.has('volume')) this.#volumes.outdate();
    if (types.has('network')) this.#networks.outdate();
    if (inContainers.some((type) => types.has(type))) this.#containers.outdate();
  }
}

/** Whether a container was connected to a network, or disconnected: the list of networks stays the same. */
export function isConnection({ action }: EngineEvent): boolean {
  return action === 'connect' || action === 'disconnect';
}

function wholeList<T>(
  all: () => Promise<readonly T[]>,
  order: (a: T, b: T) => number,
): KeptList<T, never> {
  return new KeptList<T, never>({ all, order, some: () => Promise.resolve(undefined) });
}

/** The newest first. */
function byTime(a: { readonly createdAt: Date }, b: { readonly createdAt: Date }): number {
  return b.createdAt.getTime() - a.createdAt.getTime();
}

/** Independent of the language. */
function compareText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
