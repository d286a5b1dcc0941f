/** The engine as a page: what it is, what it has, what lies on its disk and could go. */
import { t } from '@vscode/l10n';
import type { Address } from '../engine/address.ts';
import type { Container, EngineVersion } from '../engine/engine.ts';
import type { DiskUsage, EngineInfo } from '../engine/objects.ts';
import { joined, size } from '../ui/format.ts';
import { escaped } from '../ui/markdown.ts';

export interface Overview {
  readonly version: EngineVersion;
  readonly info: EngineInfo;
  readonly usage: DiskUsage;
  readonly containers: readonly Container[];
  readonly address: Address | undefined;
  readonly platform: 'linux' | 'wsl' | 'mac' | 'windows';
}

/** Markdown. */
export function overviewPage(overview: Overview): string {
  const { version, info } = overview;
  const product = version.product === 'podman' ? 'Podman' : 'Docker';
  return [
    `# ${product} ${escaped(version.version)}`,
    '',
    facts(overview),
    '',
    ...info.warnings.map((warning) => `- ⚠ ${escaped(warning)}`),
    '',
    `## ${t('Disk use')}`,
    '',
    disk(overview),
    '',
    t('“Prune Everything Unused…” shows what could go, piece by piece, before anything does.'),
    '',
    `## ${t('Moving the data')}`,
    '',
    ...moving(overview),
    '',
  ].join('\n');
}

function facts({ version, info, address }: Overview): string {
  const rows: readonly (readonly [string, string])[] = [
    [t('Address'), joined(address?.url, address?.context)],
    [t('Machine'), joined(info.hostName, info.system, `${version.os}/${version.architecture}`)],
    [t('Kernel'), info.kernel],
    [t('Processors and memory'), joined(String(info.cpus), size(info.memory))],
    [t('API'), version.apiVersion],
    [t('Storage driver'), info.storageDriver],
    [t('Data'), info.dataRoot],
    [t('Runtimes'), info.runtimes.map((one) => withDefault(one, info.defaultRuntime)).join(', ')],
    [t('GPU'), gpu(info)],
    [t('Control groups'), info.cgroups === '' ? '' : `v${info.cgroups}`],
    [t('Rootless'), info.rootless ? t('yes') : ''],
    [t('Registry mirrors'), info.mirrors.join(', ')],
  ];
  return tableOf(
    [t('What'), t('Which')],
    rows.filter(([, value]) => value !== ''),
  );
}

function withDefault(runtime: string, usual: string): string {
  return runtime === usual ? t('{0} (the usual one)', runtime) : runtime;
}

/** By the devices that the engine knows, or a runtime that brings them. */
function gpu({ devices, runtimes }: EngineInfo): string {
  if (devices.length > 0) return devices.join(', ');
  const runtime = runtimes.find((name) => /nvidia|amd|rocm/i.test(name));
  return runtime === undefined ? t('none known to the engine') : t('by the runtime {0}', runtime);
}

function disk({ usage, containers }: Overview): string {
  const total = (things: readonly { readonly size?: number }[]): number =>
    things.reduce((sum, thing) => sum + (thing.size ?? 0), 0);
  const usedImages = new Set(containers.map(({ imageId }) => imageId));
  const idle = new Set(
    containers
      .filter(({ state }) => ['exited', 'created', 'dead'].includes(state))
      .map(({ id }) => id),
  );
  const unusedImages = usage.images.filter(({ id }) => !usedImages.has(id));
  const unusedVolumes = usage.volumes.filter(({ uses }) => uses === 0);
  const freeCache = usage.buildCache.filter(({ inUse }) => !inUse);
  const idleContainers = usage.containers.filter(({ id }) => idle.has(id));
  const own = unusedImages.reduce((sum, image) => sum + image.size - image.shared, 0);
  const cache = (records: DiskUsage['buildCache']): number =>
    total(records.filter(({ shared }) => !shared));
  const row = (what: string, all: number, bytes: number, rest: readonly [number, number]) => [
    what,
    String(all),
    size(bytes),
    String(rest[0]),
    size(rest[1]),
  ];
  return tableOf(
    [t('Kind'), t('Number'), t('Size'), t('Unused'), t('Could be freed')],
    [
      row(t('Images'), usage.images.length, usage.layersSize ?? total(usage.images), [
        unusedImages.length,
        own,
      ]),
      row(t('Containers'), usage.containers.length, total(usage.containers), [
        idleContainers.length,
        total(idleContainers),
      ]),
      row(t('Volumes'), usage.volumes.length, total(usage.volumes), [
        unusedVolumes.length,
        total(unusedVolumes),
      ]),
      row(t('Build cache'), usage.buildCache.length, cache(usage.buildCache), [
        freeCache.length,
        cache(freeCache),
      ]),
    ],
  );
}

function tableOf(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(escaped).join(' | ')} |`;
  return [line(head), `|${head.map(() => ' :-- ').join('|')}|`, ...rows.map(line)].join('\n');
}

/** Where the data root is changed, on the machine of the engine. */
function moving({ platform, address, info }: Overview): readonly string[] {
  const remote = address !== undefined && address.place.kind !== 'socket';
  const desktop = /Docker Desktop/i.test(info.system);
  if (desktop) {
    return [
      t(
        'Docker Desktop keeps all of it in one disk image: Settings, Resources, Advanced, Disk image location.',
      ),
    ];
  }
  if (!remote && (platform === 'mac' || platform === 'windows')) {
    return [
      t('The engine runs in a virtual machine: move its disk in the settings of that product.'),
    ];
  }
  if (info.rootless) {
    return [
      t(
        'Set `data-root` in `~/.config/docker/daemon.json`, stop the engine, move the folder, start it again.',
      ),
    ];
  }
  return [
    t('On the machine of the engine, with room at `/mnt/data/docker` as an example:'),
    '',
    '```sh',
    'sudo systemctl stop docker docker.socket',
    `sudo rsync -aHAXS ${info.dataRoot.replace(/[^\w./-]/g, '')}/ /mnt/data/docker/`,
    '# in /etc/docker/daemon.json: { "data-root": "/mnt/data/docker" }',
    'sudo systemctl start docker',
    '```',
  ];
}
