/**
 * Opens containers, volumes and images for reading and writing. An image, and a volume that no container uses, are opened through
 * a container that is created from an image, never started, and removed when it has not been used for some seconds.
 */
import { t } from '@vscode/l10n';
import type { Engine } from '../engine/engine.ts';
import { EngineError, isEngineError } from '../engine/errors.ts';
import { helperLabel, placeKey, withoutHelpers, type FilePlace } from '../engine/files/place.ts';

export interface OpenPlace {
  readonly container: string;
  /** The directory in the container that is the root of the place. */
  readonly root: string;
  /** Whether the engine refuses changes. */
  readonly readOnly: boolean;
}

export interface PlacesOptions {
  /** The image that the user has chosen for containers that open volumes. */
  readonly helperImage: () => string | undefined;
  /** Milliseconds after the last use until a created container is removed. */
  readonly idleTime?: number;
}

const volumeRoot = '/volume';

/** Another window may still use a younger one. Milliseconds. */
const leftoverAge = 60 * 60 * 1000;

interface Helper {
  readonly engine: Engine;
  readonly container: Promise<string>;
  users: number;
  timer?: ReturnType<typeof setTimeout>;
}

export class Places {
  readonly #options: PlacesOptions;
  readonly #helpers = new Map<string, Helper>();
  /** Where volumes and recreated containers were found. */
  readonly #found = new Map<string, OpenPlace>();
  readonly #swept = new WeakSet<Engine>();

  constructor(options: PlacesOptions) {
    this.#options = options;
  }

  /** Runs `work` with an open place, and once more if its container has been replaced. Rejects with EngineError. */
  async use<T>(
    engine: Engine,
    place: FilePlace,
    work: (open: OpenPlace) => Promise<T>,
  ): Promise<T> {
    if (place.kind === 'image') return this.#withHelper(engine, place, work);
    const known = this.#found.get(placeKey(place));
    const open = known ?? (await this.#find(engine, place));
    if (open === undefined) return this.#withHelper(engine, place, work);
    try {
      return await work(open);
    } catch (error) {
      if (!isEngineError(error) || error.kind !== 'missing') throw error;
      if (await exists(engine, open.container)) throw error;
      this.#found.delete(placeKey(place));
      const again = await this.#find(engine, place, true);
      return again === undefined ? this.#withHelper(engine, place, work) : work(again);
    }
  }

  /** Removes the created containers. */
  async dispose(): Promise<void> {
    const helpers = [...this.#helpers.values()];
    this.#helpers.clear();
    await Promise.all(helpers.map((helper) => remove(helper)));
  }

  /** Undefined if a container must be created for it. */
  async #find(engine: Engine, place: FilePlace, isGone = false): Promise<OpenPlace | undefined> {
    const found =
      place.kind === 'volume'
        ? await containerOfVolume(engine, place.name)
        : place.kind === 'container'
          ? await openContainer(engine, place, isGone)
          : undefined;
    if (found !== undefined) this.#found.set(placeKey(place), found);
    return found;
  }

  async #withHelper<T>(
    engine: Engine,
    place: FilePlace,
    work: (open: OpenPlace) => Promise<T>,
  ): Promise<T> {
    void this.#sweep(engine);
    const key = placeKey(place);
    let helper = this.#helpers.get(key);
    if (helper?.engine !== engine) helper = this.#create(engine, place);
    clearTimeout(helper.timer);
    helper.users++;
    try {
      const container = await helper.container;
      const root = place.kind === 'volume' ? volumeRoot : '/';
      return await work({ container, root, readOnly: place.kind === 'image' });
    } catch (error) {
      // It could not be created, or has been removed: the next call creates another one.
      const isLost = isEngineError(error) && error.kind === 'missing';
      const container = await helper.container.catch(() => undefined);
      if (container === undefined || (isLost && !(await exists(engine, container))))
        this.#forget(key, helper);
      throw error;
    } finally {
      helper.users--;
      this.#removeLater(key, helper);
    }
  }

  #create(engine: Engine, place: FilePlace): Helper {
    const container = createHelper(engine, place, this.#options.helperImage());
    const helper: Helper = { engine, container, users: 0 };
    this.#helpers.set(placeKey(place), helper);
    return helper;
  }

  #removeLater(key: string, helper: Helper): void {
    if (helper.users > 0 || this.#helpers.get(key) !== helper) return;
    helper.timer = setTimeout(() => {
      this.#forget(key, helper);
      void remove(helper);
    }, this.#options.idleTime ?? 20_000);
    helper.timer.unref();
  }

  #forget(key: string, helper: Helper): void {
    clearTimeout(helper.timer);
    if (this.#helpers.get(key) === helper) this.#helpers.delete(key);
  }

  /** Removes containers that a window could not remove because it was ended. */
  async #sweep(engine: Engine): Promise<void> {
    if (this.#swept.has(engine)) return;
    this.#swept.add(engine);
    const all = await engine.containers().catch(() => []);
    const old = Date.now() - leftoverAge;
    for (const { id, labels, state, createdAt } of all)
      if (helperLabel in labels && state === 'created' && createdAt.getTime() < old)
        await engine.remove(id, { force: true, volumes: true }).catch(() => undefined);
  }
}

async function createHelper(
  engine: Engine,
  place: FilePlace,
  helperImage: string | undefined,
): Promise<string> {
  const image = place.kind === 'image' ? place.id : helperImage;
  if (image === undefined)
    throw new EngineError(
      'conflict',
      t('No container uses this volume. To read it, a container must be created from an image; it is not started'), // prettier-ignore
    );
  const mount = { Type: 'volume', Source: place.name, Target: volumeRoot } as const;
  const { id } = await engine.create({
    body: {
      Image: image,
      // An image without a command cannot be used otherwise; it never runs.
      Entrypoint: [],
      Cmd: ['none'],
      Labels: { [helperLabel]: placeKey(place) },
      Healthcheck: { Test: ['NONE'] },
      HostConfig: {
        NetworkMode: 'none',
        ...(place.kind === 'volume' && {
          Mounts: [{ ...mount, VolumeOptions: { NoCopy: true } }],
        }),
      },
    },
  });
  return id;
}

async function remove({ engine, container }: Helper): Promise<void> {
  try {
    // `volumes` removes only anonymous ones, which the image may declare.
    await engine.remove(await container, { force: true, volumes: true });
  } catch {
    // It was not created, or is already removed; the next window removes what is left.
  }
}

async function exists(engine: Engine, container: string): Promise<boolean> {
  try {
    await engine.inspect('container', container);
    return true;
  } catch (error) {
    if (isEngineError(error) && error.kind === 'missing') return false;
    throw error;
  }
}

/** The container with the id, or the one that has its name now. */
async function openContainer(
  engine: Engine,
  { id, name }: { readonly id: string; readonly name: string },
  isGone: boolean,
): Promise<OpenPlace> {
  if (!isGone) return { container: id, root: '/', readOnly: false };
  const other = (await engine.containers()).find((one) => one.name === name);
  if (other === undefined)
    throw new EngineError('missing', t('The container {0} no longer exists', name));
  return { container: other.id, root: '/', readOnly: false };
}

/** A container that has the whole volume, if possible a running one that can write to it. */
async function containerOfVolume(engine: Engine, volume: string): Promise<OpenPlace | undefined> {
  const all = withoutHelpers(await engine.containers());
  const users = all.filter(({ volumes }) => volumes.includes(volume));
  const found: (OpenPlace & { readonly rank: number })[] = [];
  for (const { id, state } of users) {
    const details = await engine.inspect('container', id).catch(() => undefined);
    const mount = details?.mounts.find(({ type, name }) => type === 'volume' && name === volume);
    if (details === undefined || mount === undefined) continue;
    const isPart = details.host.Mounts?.some(
      ({ Target, VolumeOptions }) =>
        Target === mount.destination && VolumeOptions?.Subpath !== undefined,
    );
    if (isPart === true) continue;
    const { destination: root, readOnly } = mount;
    const rank = (readOnly ? 0 : 2) + (state === 'running' ? 1 : 0);
    found.push({ container: id, root, readOnly, rank });
  }
  const [best] = found.sort((a, b) => b.rank - a.rank);
  return best && { container: best.container, root: best.root, readOnly: best.readOnly };
}
