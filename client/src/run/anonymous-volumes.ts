/** Anonymous volumes of a container: a new container gets empty ones, unless the old ones are mounted again. */
import { mountsOf } from './check-mounts.ts';
import type { ContainerDetails } from '../engine/details.ts';
import { volumeText } from './mounts.ts';
import { all, type RunSpec } from './spec.ts';

export interface Unnamed {
  /** What the engine calls it: 64 hexadecimal digits. */
  readonly volume: string;
  /** Its mount point in the container. */
  readonly path: string;
  readonly readOnly: boolean;
}

/** Those of a container that exists; none with `--volumes-from`, by which the new container mounts the same ones. */
export function unnamedVolumes({ host, mounts }: ContainerDetails): readonly Unnamed[] {
  if ((host.VolumesFrom ?? []).length > 0) return [];
  return mounts.flatMap(({ type, name, destination, readOnly }) =>
    type === 'volume' && /^[0-9a-f]{64}$/.test(name) && destination !== ''
      ? [{ volume: name, path: destination, readOnly }]
      : [],
  );
}

/** Those that a container of this spec would have an empty volume in place of. */
export function leftBehind(volumes: readonly Unnamed[], spec: RunSpec): readonly Unnamed[] {
  const filled = new Set(
    mountsOf(spec)
      .filter(({ mount }) => mount.type !== 'volume' || mount.source !== '')
      .map(({ mount }) => bare(mount.target)),
  );
  return volumes.filter(({ path }) => !filled.has(bare(path)));
}

/** The same with these volumes mounted by the names that the engine gave them; nothing is copied. */
export function withVolumes(spec: RunSpec, volumes: readonly Unnamed[]): RunSpec {
  const places = new Set(volumes.map(({ path }) => bare(path)));
  const replaced = mountsOf(spec).filter(
    ({ mount }) => mount.type === 'volume' && mount.source === '' && places.has(bare(mount.target)),
  );
  const kept = (name: 'volume' | 'mount') =>
    all(spec, name).filter(
      (_, index) => !replaced.some((one) => one.place === name && one.index === index),
    );
  const carried = volumes.map(({ volume, path, readOnly }) =>
    volumeText({ type: 'volume', source: volume, target: path, readOnly, options: [] }),
  );
  const lists = { ...spec.lists, volume: [...kept('volume'), ...carried], mount: kept('mount') };
  return { ...spec, lists };
}

function bare(path: string): string {
  return path.replace(/(?<=.)\/+$/, '');
}
