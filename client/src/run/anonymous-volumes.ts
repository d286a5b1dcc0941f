/** Anonymous volumes of a container: a new container gets empty ones, unless the old ones are mounted again. */
import { mountsOf } from './check-mounts.ts';
import type { ContainerDetails } from '../engine/details.ts';
import { volumeText } from './mounts.ts';
import { all, type RunSpec } from './spec.ts';

export interface AnonymousVolume {
  /** The name from the engine: 64 hexadecimal digits. */
  readonly volume: string;
  /** Its mount point in the container. */
  readonly path: string;
  readonly readOnly: boolean;
}

/** Anonymous volumes of a container; none with `--volumes-from`, because the new container then mounts the same ones. */
export function anonymousVolumes({ host, mounts }: ContainerDetails): readonly AnonymousVolume[] {
  if ((host.VolumesFrom ?? []).length > 0) return [];
  return mounts.flatMap(({ type, name, destination, readOnly }) =>
    type === 'volume' && /^[0-9a-f]{64}$/.test(name) && destination !== ''
      ? [{ volume: name, path: destination, readOnly }]
      : [],
  );
}

/** The volumes whose mount points would have a new, empty volume in a container of this spec. */
export function emptyVolumes(
  volumes: readonly AnonymousVolume[],
  spec: RunSpec,
): readonly AnonymousVolume[] {
  const filled = new Set(
    mountsOf(spec)
      .filter(({ mount }) => mount.type !== 'volume' || mount.source !== '')
      .map(({ mount }) => withoutTrailingSlash(mount.target)),
  );
  return volumes.filter(({ path }) => !filled.has(withoutTrailingSlash(path)));
}

/** The spec with these volumes mounted by name; no data is copied. */
export function withVolumes(spec: RunSpec, volumes: readonly AnonymousVolume[]): RunSpec {
  const places = new Set(volumes.map(({ path }) => withoutTrailingSlash(path)));
  const replaced = mountsOf(spec).filter(
    ({ mount }) =>
      mount.type === 'volume' &&
      mount.source === '' &&
      places.has(withoutTrailingSlash(mount.target)),
  );
  const kept = (name: 'volume' | 'mount') =>
    all(spec, name).filter(
      (_, index) => !replaced.some((one) => one.place === name && one.index === index),
    );
  const added = volumes.map(({ volume, path, readOnly }) =>
    volumeText({ type: 'volume', source: volume, target: path, readOnly, options: [] }),
  );
  const lists = { ...spec.lists, volume: [...kept('volume'), ...added], mount: kept('mount') };
  return { ...spec, lists };
}

function withoutTrailingSlash(path: string): string {
  return path.replace(/(?<=.)\/+$/, '');
}
