/** Volumes without a name of a container: its like begins with empty ones, unless they are carried over. */
import { mountsOf } from './check-mounts.ts';
import type { RawContainerDetails } from '../engine/inspect-data.ts';
import { volumeText } from './mounts.ts';
import { all, type RunSpec } from './spec.ts';

export interface Unnamed {
  /** What the engine calls it: 64 hexadecimal digits. */
  readonly volume: string;
  /** Where it lies in the container. */
  readonly path: string;
  readonly readOnly: boolean;
}

/** Those of a container that exists; none where it takes those of others, which the next one takes too. */
export function unnamedVolumes(container: RawContainerDetails): readonly Unnamed[] {
  if ((container.HostConfig?.VolumesFrom ?? []).length > 0) return [];
  return (container.Mounts ?? []).flatMap(({ Type, Name = '', Destination = '', RW }) =>
    Type === 'volume' && /^[0-9a-f]{64}$/.test(Name) && Destination !== ''
      ? [{ volume: Name, path: Destination, readOnly: RW === false }]
      : [],
  );
}

/** Those in whose place a container of this spec finds nothing. */
export function leftBehind(volumes: readonly Unnamed[], spec: RunSpec): readonly Unnamed[] {
  const filled = new Set(
    mountsOf(spec)
      .filter(({ mount }) => mount.type !== 'volume' || mount.source !== '')
      .map(({ mount }) => bare(mount.target)),
  );
  return volumes.filter(({ path }) => !filled.has(bare(path)));
}

/** The same with these volumes in their places: by what the engine calls them, nothing is copied. */
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
