/** What the engine's archive does not see in a running container: file systems of the kernel, and tmpfs mounts. */
import { posix } from 'node:path';
import type { ContainerDetails } from '../details.ts';
import type { Engine, PathStat } from '../engine.ts';
import { isEngineError } from '../errors.ts';
import { isWithin, joinPath, nameOf, normalizePath, parentOf } from './names.ts';

/** Whether the file is one of them; a link at the end of the path is not followed. Rejects with EngineError. */
export async function isHiddenFromArchive(
  engine: Engine,
  container: string,
  path: string,
): Promise<boolean> {
  if (isOfKernel(path)) return true;
  const { mounts } = await memoryMounts(engine, container);
  // Most containers have none, and then no request is necessary.
  if (mounts.length === 0) return false;
  const isHidden = isHiddenBy(mounts);
  if (isHidden(path)) return true;
  const directory = await realDirectory(engine, container, { path: parentOf(path), isHidden });
  return isHidden(joinPath(directory, nameOf(path)));
}

function isOfKernel(path: string): boolean {
  return /^\/(?:proc|sys|dev)(?:\/|$)/.test(path);
}

/** Whether programs can run in the container, and have the same files at the path and below as the archive. Rejects with EngineError. */
export async function isSameForPrograms(
  engine: Engine,
  container: string,
  path: string,
): Promise<boolean> {
  if (path === '/' || isOfKernel(path)) return false;
  const { running, mounts } = await memoryMounts(engine, container);
  if (!running || mounts.length === 0) return running;
  const isHidden = isHiddenBy(mounts);
  const real = await realDirectory(engine, container, { path, isHidden });
  return !isHidden(real) && !mounts.some((mount) => isWithin(mount, real));
}

function isHiddenBy(mounts: readonly string[]): (path: string) => boolean {
  return (path) => isOfKernel(path) || mounts.some((mount) => isWithin(path, mount));
}

/** Links, one after another. */
const mostLinks = 40;

/** The directory without links in its path, up to where it is hidden or does not exist. */
async function realDirectory(
  engine: Engine,
  container: string,
  { path, isHidden }: { readonly path: string; readonly isHidden: (path: string) => boolean },
): Promise<string> {
  let real = '/';
  let rest = partsOf(path);
  for (let links = 0; rest.length > 0 && links <= mostLinks && !isHidden(real);) {
    const [name = '', ...more] = rest;
    const next = posix.resolve(real, name);
    const target = (await statOrNothing(engine, container, next))?.linkTarget;
    if (target === undefined) {
      real = next;
      rest = more;
    } else {
      links++;
      rest = [...partsOf(posix.resolve(real, target)), ...more];
      real = '/';
    }
  }
  return posix.join(real, ...rest);
}

function partsOf(path: string): string[] {
  return path.split('/').filter((part) => part !== '');
}

/** Undefined if nothing is there, or if a loop of links is. Rejects with EngineError. */
export async function statOrNothing(
  engine: Engine,
  container: string,
  path: string,
): Promise<PathStat | undefined> {
  try {
    return await engine.stat(container, path);
  } catch (error) {
    // Also `failed`: the engine reports a loop of links so.
    if (isEngineError(error) && (error.kind === 'missing' || error.kind === 'failed'))
      return undefined;
    throw error;
  }
}

interface MemoryMounts {
  readonly running: boolean;
  /** The tmpfs mounts of a running container. */
  readonly mounts: readonly string[];
}

/** Of each container; kept for a short time, because an editor asks for several files at once. */
const knownMounts = new WeakMap<Engine, Map<string, Known>>();
const mountsKeptFor = 2000;

interface Known {
  readonly until: number;
  readonly mounts: Promise<MemoryMounts>;
}

function memoryMounts(engine: Engine, container: string): Promise<MemoryMounts> {
  const known = knownMounts.get(engine) ?? new Map<string, Known>();
  knownMounts.set(engine, known);
  const last = known.get(container);
  if (last !== undefined && last.until > Date.now()) return last.mounts;
  const mounts = engine.inspect('container', container).then(mountsOf);
  known.set(container, { until: Date.now() + mountsKeptFor, mounts });
  mounts.catch(() => known.delete(container));
  return mounts;
}

function mountsOf({ running, host, mounts }: ContainerDetails): MemoryMounts {
  if (!running) return { running, mounts: [] };
  const others = mounts.filter(({ type }) => type === 'tmpfs');
  const paths = [...Object.keys(host.Tmpfs ?? {}), ...others.map((one) => one.destination)];
  return { running, mounts: paths.map(normalizePath) };
}
