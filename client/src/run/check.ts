/** What would keep a container from running, or make it other than meant, before it is tried. */
import { t } from '@vscode/l10n';
import type { Container, Image } from '../engine/engine.ts';
import type { EngineInfo, Network } from '../engine/objects.ts';
import { bindings } from './body-parts.ts';
import { mountTroubles, type PathFacts } from './check-mounts.ts';
import { cudaTrouble, gpuTrouble, type GpuFacts } from './gpu.ts';
import { freePort, type ImageFacts } from './image.ts';
import { all, has, type RunSpec } from './spec.ts';
import type { Trouble } from './trouble.ts';
import { bytesOf, pairOf } from './values.ts';

/** What is there when it is asked. */
export interface World {
  readonly containers: readonly Container[];
  readonly images: readonly Image[];
  readonly networks: readonly Network[];
  readonly info?: EngineInfo;
  readonly image: ImageFacts;
  readonly gpu: GpuFacts;
  /** Of paths on the engine's machine; undefined where that is another than this. */
  readonly paths?: ReadonlyMap<string, PathFacts>;
  /** The container that the new one takes the place of; its name and ports will be free. */
  readonly replaces?: string;
}

/** What is wrong with the whole; single values were looked at as they were read. */
export function troublesOf(spec: RunSpec, world: World): readonly Trouble[] {
  return [
    ...nameTroubles(spec, world),
    ...imageTroubles(spec, world),
    ...portTroubles(spec, world),
    ...mountTroubles(spec, world),
    ...networkTroubles(spec, world),
    ...limitTroubles(spec, world),
    ...gpuTroubles(spec, world),
    ...conflicts(spec),
  ];
}

function others({ containers, replaces }: World): readonly Container[] {
  return containers.filter(({ id }) => id !== replaces);
}

function nameTroubles({ texts: { name } }: RunSpec, world: World): readonly Trouble[] {
  const names = new Set(others(world).map((one) => one.name));
  if (name === undefined || !names.has(name)) return [];
  let count = 2;
  while (names.has(`${name}-${count}`)) count++;
  const value = `${name}-${count}`;
  const message = t('There is a container {0} already', name);
  return [
    { place: 'name', severity: 'error', message, offer: { label: t('Use {0}', value), value } },
  ];
}

function imageTroubles({ image, texts }: RunSpec, { images }: World): readonly Trouble[] {
  if (image === '' || images.some((one) => isNamed(one, image))) return [];
  return texts.pull === 'never'
    ? [{ place: 'image', severity: 'error', message: t('{0} is not on this engine', image) }]
    : [{ place: 'image', severity: 'note', message: t('{0} will be pulled first', image) }];
}

/** By tag, digest or id. */
export function isNamed({ id, tags, digests }: Image, reference: string): boolean {
  const tagged = /[:@][^/]*$/.test(reference) ? reference : `${reference}:latest`;
  const short = tagged.replace(/^(?:docker\.io\/)?(?:library\/)?/, '');
  const hex = reference.replace(/^sha256:/, '');
  return (
    tags.includes(tagged) ||
    tags.includes(short) ||
    digests.includes(reference) ||
    (/^[0-9a-f]{6,64}$/.test(hex) && id.startsWith(`sha256:${hex}`))
  );
}

/** Who has a port of the machine, by number, protocol and address. */
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

/** Ports of the machine that running containers have. */
export function takenPorts(containers: readonly Container[]): ReadonlySet<number> {
  const up = containers.filter(({ state }) => state !== 'exited' && state !== 'created');
  return new Set(up.flatMap(({ ports }) => ports.flatMap(({ host }) => host ?? [])));
}

function portTroubles(spec: RunSpec, world: World): readonly Trouble[] {
  if (networkOf(spec) === 'host' && all(spec, 'publish').length > 0) {
    const message = t('On the host’s network nothing is published: every port is the host’s');
    return [{ place: 'publish', index: 0, severity: 'warning', message }];
  }
  const containers = others(world);
  const seen = new Set<string>();
  return all(spec, 'publish').flatMap((text, index): readonly Trouble[] => {
    const one = bindings({ ...spec, lists: { publish: [text] } });
    for (const { port, address, host } of one) {
      if (host === '' || host.includes('-')) continue;
      const [, protocol = 'tcp'] = port.split('/');
      const key = `${address}:${host}/${protocol}`;
      const place = { place: 'publish', index, severity: 'error' } as const;
      if (seen.has(key)) return [{ ...place, message: t('Port {0} is published twice', host) }];
      seen.add(key);
      const holder = holderOf(containers, { host: Number(host), protocol, address });
      if (holder === undefined) continue;
      const free = String(freePort(Number(host), takenPorts(containers)));
      const offer = { label: t('Use {0}', free), value: free };
      const message = t('Port {0} is taken by {1}', host, holder.name);
      return [one.length === 1 ? { ...place, message, offer } : { ...place, message }];
    }
    return [];
  });
}

function networkOf(spec: RunSpec): string {
  const [text = ''] = all(spec, 'network');
  return /(?:^|,)name=([^,]*)/.exec(text)?.[1] ?? text;
}

function networkTroubles(spec: RunSpec, { networks, containers }: World): readonly Trouble[] {
  const name = networkOf(spec);
  if (name === '' || name === 'default' || networks.length === 0) return [];
  const other = /^container:(.*)$/.exec(name)?.[1];
  const found =
    other === undefined
      ? networks.some((one) => one.name === name || one.id.startsWith(name))
      : containers.some((one) => one.name === other || one.id.startsWith(other));
  if (found) return [];
  const message =
    other === undefined
      ? t('There is no network {0}', name)
      : t('There is no container {0}', other);
  return [{ place: 'network', index: 0, severity: 'error', message }];
}

/** The least that the engine gives. */
const leastMemory = 6 * 1024 * 1024;

function limitTroubles({ texts }: RunSpec, { info }: World): readonly Trouble[] {
  const troubles: Trouble[] = [];
  const memory = bytesOf(texts.memory ?? '');
  if (memory !== undefined && memory > 0 && memory < leastMemory) {
    troubles.push({ place: 'memory', severity: 'error', message: t('6m is the least') });
  }
  if (memory !== undefined && info !== undefined && info.memory > 0 && memory > info.memory) {
    const message = t('The engine’s machine has less');
    troubles.push({ place: 'memory', severity: 'warning', message });
  }
  const swap = bytesOf(texts['memory-swap'] ?? '');
  if (swap !== undefined && swap > 0 && memory !== undefined && swap < memory) {
    const message = t('Memory and swap together cannot be less than memory');
    troubles.push({ place: 'memory-swap', severity: 'error', message });
  }
  const cpus = Number(texts.cpus ?? 0);
  if (info !== undefined && info.cpus > 0 && cpus > info.cpus) {
    const message = t('The engine’s machine has {0}', info.cpus);
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
  if (missing !== undefined) return [{ place: 'gpus', severity: 'error', message: missing }];
  const cuda = cudaTrouble(spec.image, image.env, gpu);
  return cuda === undefined ? [] : [{ place: 'gpus', severity: 'warning', message: cuda }];
}

/** What docker refuses to hear in one line. */
function conflicts(spec: RunSpec): readonly Trouble[] {
  const troubles: Trouble[] = [];
  const { restart = 'no' } = spec.texts;
  if (has(spec, 'rm') && restart !== 'no' && restart !== '') {
    const message = t('A container that is removed when it ends cannot be restarted');
    troubles.push({ place: 'restart', severity: 'error', message });
  }
  if (has(spec, 'detach') && all(spec, 'attach').length > 0) {
    const message = t('Detached, nothing can be attached');
    troubles.push({ place: 'attach', severity: 'error', message });
  }
  const env = all(spec, 'env').map((entry) => pairOf(entry)[0]);
  const twice = env.findIndex((name, index) => env.indexOf(name) !== index);
  if (twice >= 0) {
    const message = t('{0} is set twice; the last counts', env[twice] ?? '');
    troubles.push({ place: 'env', index: twice, severity: 'warning', message });
  }
  return troubles;
}
