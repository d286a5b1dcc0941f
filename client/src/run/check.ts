/** Checks a spec against the engine and this machine before the container is created. */
import { t } from '@vscode/l10n';
import type { Container, EngineVersion, Image } from '../engine/engine.ts';
import { isNamed } from '../engine/image-reference.ts';
import type { EngineInfo, Network } from '../engine/objects.ts';
import { conflicts } from './check-conflicts.ts';
import { mountTroubles, type PathFacts } from './check-mounts.ts';
import { cudaTrouble, gpuTrouble, toolkitSteps, type GpuFacts } from './gpu.ts';
import { freePort, type ImageFacts } from './image.ts';
import { freeName } from './proposed-name.ts';
import { attachments, isUserDefined } from './options/attachments.ts';
import { table } from './options.ts';
import { allBindings } from './ports.ts';
import { all, givenOptions, type RunSpec } from './spec.ts';
import type { Trouble } from './trouble.ts';
import { bytesOf } from '../command-line/values.ts';

/** What exists on the engine and on this machine. */
export interface World {
  readonly containers: readonly Container[];
  readonly images: readonly Image[];
  readonly networks: readonly Network[];
  readonly info?: EngineInfo;
  readonly version?: EngineVersion;
  readonly image: ImageFacts;
  readonly gpu: GpuFacts;
  /** Facts of paths; undefined if the engine runs on another machine. */
  readonly paths?: ReadonlyMap<string, PathFacts>;
  /** Id of the container that the new one replaces, which frees its name and ports. */
  readonly replaces?: string;
}

/** Problems of the spec as a whole; single values are checked when they are read. */
export function troublesOf(spec: RunSpec, world: World): readonly Trouble[] {
  return [
    ...nameTroubles(spec, world),
    ...imageTroubles(spec, world),
    ...portTroubles(spec, world),
    ...mountTroubles(spec, world),
    ...networkTroubles(spec, world),
    ...limitTroubles(spec, world),
    ...gpuTroubles(spec, world),
    ...versionTroubles(spec, world),
    ...conflicts(spec),
  ];
}

function others({ containers, replaces }: World): readonly Container[] {
  return containers.filter(({ id }) => id !== replaces);
}

function nameTroubles({ texts: { name } }: RunSpec, world: World): readonly Trouble[] {
  const names = new Set(others(world).map((one) => one.name));
  if (name === undefined || !names.has(name)) return [];
  const value = freeName(name, names);
  const message = t('Container {0} already exists', name);
  return [
    { place: 'name', severity: 'error', message, offer: { label: t('Use {0}', value), value } },
  ];
}

function imageTroubles({ image, texts }: RunSpec, { images }: World): readonly Trouble[] {
  if (image === '' || images.some((one) => isNamed(one, image))) return [];
  return texts.pull === 'never'
    ? [{ place: 'image', severity: 'error', message: t('{0} is not available locally', image) }]
    : [{ place: 'image', severity: 'note', message: t('{0} will be pulled first', image) }];
}

/** The running container that uses a port of the host. */
function holderOf(
  containers: readonly Container[],
  wanted: { readonly host: number; readonly protocol: string; readonly address: string },
): Container | undefined {
  const anywhere = (address: string) => address === '' || address === '0.0.0.0' || address === '::';
  return containers.find(
    ({ state, ports }) =>
      (state === 'running' || state === 'paused' || state === 'restarting') &&
      ports.some(
        ({ host, protocol, address = '' }) =>
          host === wanted.host &&
          protocol === wanted.protocol &&
          (anywhere(address) || anywhere(wanted.address) || address === wanted.address),
      ),
  );
}

/** Ports of the host that running containers use. */
export function takenPorts(containers: readonly Container[]): ReadonlySet<number> {
  const up = containers.filter(({ state }) => state !== 'exited' && state !== 'created');
  return new Set(up.flatMap(({ ports }) => ports.flatMap(({ host }) => host ?? [])));
}

function portTroubles(spec: RunSpec, world: World): readonly Trouble[] {
  if (networkOf(spec) === 'host' && all(spec, 'publish').length > 0) {
    const message = t('Published ports have no effect with the host network');
    return [{ place: 'publish', index: 0, severity: 'warning', message }];
  }
  const containers = others(world);
  const seen = new Set<string>();
  return all(spec, 'publish').flatMap((text, index): readonly Trouble[] => {
    const one = allBindings([text]);
    for (const { port, address, host } of one) {
      if (/^0?$|-/.test(host)) continue;
      const [, protocol = 'tcp'] = port.split('/');
      const key = `${address}:${host}/${protocol}`;
      const place = { place: 'publish', index, severity: 'error' } as const;
      if (seen.has(key)) return [{ ...place, message: t('Port {0} is published twice', host) }];
      seen.add(key);
      const holder = holderOf(containers, { host: Number(host), protocol, address });
      if (holder === undefined) continue;
      const free = String(freePort(Number(host), takenPorts(containers)));
      const offer = { label: t('Use {0}', free), value: free };
      const message = t('Port {0} is in use by {1}', host, holder.name);
      return [one.length === 1 ? { ...place, message, offer } : { ...place, message }];
    }
    return [];
  });
}

function networkOf(spec: RunSpec): string {
  return attachments(all(spec, 'network'))[0]?.network ?? '';
}

function networkTroubles(spec: RunSpec, { networks, containers }: World): readonly Trouble[] {
  if (networks.length === 0) return [];
  return attachments(all(spec, 'network')).flatMap(({ network }, index): readonly Trouble[] => {
    const other = /^container:(.*)$/.exec(network)?.[1];
    const place = { place: 'network', index, severity: 'error' } as const;
    if (other !== undefined) {
      return containers.some((one) => one.name === other || one.id.startsWith(other))
        ? []
        : [{ ...place, message: t('Container {0} does not exist', other) }];
    }
    const exists =
      !isUserDefined(network) ||
      networks.some((one) => one.name === network || one.id.startsWith(network));
    return exists ? [] : [{ ...place, message: t('Network {0} does not exist', network) }];
  });
}

/** Options that the docker CLI refuses for this engine. */
function versionTroubles(spec: RunSpec, { version }: World): readonly Trouble[] {
  if (version === undefined) return [];
  return givenOptions(spec).flatMap((name): readonly Trouble[] => {
    const { since, os } = table[name];
    const place = { place: name, severity: 'warning' } as const;
    if (os !== undefined && version.os !== os) {
      const message =
        os === 'windows'
          ? t('{0} is only supported on Windows engines', `--${name}`)
          : t('{0} is not supported on Windows engines', `--${name}`);
      return [{ ...place, message }];
    }
    if (since === undefined || !isOlderApi(version.apiVersion, since)) return [];
    const message = t(
      '{0} requires API {1}; this engine has {2}',
      `--${name}`,
      since,
      version.apiVersion,
    );
    return [{ ...place, message }];
  });
}

function isOlderApi(version: string, than: string): boolean {
  const minor = (text: string) => Number(text.split('.')[1]);
  return minor(version) < minor(than);
}

/** The smallest memory limit that Docker accepts. */
const leastMemory = 6 * 1024 * 1024;

function limitTroubles({ texts }: RunSpec, { info }: World): readonly Trouble[] {
  const troubles: Trouble[] = [];
  const memory = bytesOf(texts.memory ?? '');
  if (memory !== undefined && memory > 0 && memory < leastMemory) {
    troubles.push({
      place: 'memory',
      severity: 'error',
      message: t('The memory limit must be at least 6m'),
    });
  }
  if (memory !== undefined && info !== undefined && info.memory > 0 && memory > info.memory) {
    const message = t('The memory limit is more than the host has');
    troubles.push({ place: 'memory', severity: 'warning', message });
  }
  const swap = bytesOf(texts['memory-swap'] ?? '');
  if (swap !== undefined && swap > 0 && memory !== undefined && swap < memory) {
    const message = t('The limit of memory and swap must not be less than the memory limit');
    troubles.push({ place: 'memory-swap', severity: 'error', message });
  }
  const cpus = Number(texts.cpus ?? 0);
  if (info !== undefined && info.cpus > 0 && cpus > info.cpus) {
    const message =
      info.cpus === 1 ? t('The host has 1 CPU') : t('The host has {0} CPUs', info.cpus);
    troubles.push({ place: 'cpus', severity: 'error', message });
  }
  return troubles;
}

function gpuTroubles(spec: RunSpec, { gpu, image }: World): readonly Trouble[] {
  const wanted =
    all(spec, 'gpus').length > 0 ||
    spec.texts.runtime === 'nvidia' ||
    all(spec, 'device').some((device) => device.startsWith('nvidia.com/'));
  if (!wanted) return [];
  const missing = gpuTrouble(gpu);
  if (missing !== undefined) {
    return [
      { place: 'gpus', severity: 'error', message: missing },
      { place: 'gpus', severity: 'note', message: toolkitSteps() },
    ];
  }
  const cuda = cudaTrouble(spec.image, image.env, gpu);
  return cuda === undefined ? [] : [{ place: 'gpus', severity: 'warning', message: cuda }];
}
