/** The page about the engine: properties, disk usage and reclaimable space. */
import { t } from '@vscode/l10n';
import type { Address } from '../engine/address.ts';
import type { Container, EngineVersion } from '../engine/engine.ts';
import type { DiskUsage, EngineInfo } from '../engine/objects.ts';
import { joinDetails, formatSize } from '../ui/format.ts';
import { escapeMarkdown } from '../ui/markdown.ts';

export interface Overview {
  readonly version: EngineVersion;
  readonly info: EngineInfo;
  readonly usage: DiskUsage;
  readonly containers: readonly Container[];
  readonly address: Address | undefined;
  readonly platform: 'linux' | 'wsl' | 'mac' | 'windows';
}

/** The page as Markdown. */
export function overviewPage(overview: Overview): string {
  const { version, info } = overview;
  const product = version.product === 'podman' ? 'Podman' : 'Docker';
  return [
    `# ${product} ${escapeMarkdown(version.version)}`,
    '',
    engineTable(overview),
    '',
    ...info.warnings.map((warning) => `- ⚠ ${escapeMarkdown(warning)}`),
    '',
    `## ${t('Disk usage')}`,
    '',
    diskTable(overview),
    '',
    t('System Prune lists everything that can be removed before it removes anything.'),
    '',
    `## ${t('Moving the Docker root directory')}`,
    '',
    ...moveInstructions(overview),
    '',
  ].join('\n');
}

function engineTable({ version, info, address }: Overview): string {
  const rows: readonly (readonly [string, string])[] = [
    [t('Address'), joinDetails(address?.url, address?.context)],
    [t('Host'), joinDetails(info.hostName, info.system, `${version.os}/${version.architecture}`)],
    [t('Kernel'), info.kernel],
    [t('CPUs and memory'), joinDetails(String(info.cpus), formatSize(info.memory))],
    [t('API version'), version.apiVersion],
    [t('Storage driver'), info.storageDriver],
    [t('Docker root directory'), info.dataRoot],
    [t('Runtimes'), info.runtimes.map((one) => withDefault(one, info.defaultRuntime)).join(', ')],
    [t('GPU'), gpuText(info)],
    [t('Cgroup version'), info.cgroups === '' ? '' : `v${info.cgroups}`],
    [t('Rootless mode'), info.rootless ? t('yes') : ''],
    [t('Registry mirrors'), info.mirrors.join(', ')],
  ];
  return tableOf(
    [t('Property'), t('Value')],
    rows.filter(([, value]) => value !== ''),
  );
}

function withDefault(runtime: string, defaultRuntime: string): string {
  return runtime === defaultRuntime ? t('{0} (default)', runtime) : runtime;
}

/** GPU devices known to the engine, or a runtime that provides them. */
function gpuText({ devices, runtimes }: EngineInfo): string {
  if (devices.length > 0) return devices.join(', ');
  const runtime = runtimes.find((name) => /nvidia|amd|rocm/i.test(name));
  return runtime === undefined ? t('not detected') : t('through the runtime {0}', runtime);
}

function diskTable({ usage, containers }: Overview): string {
  const total = (things: readonly { readonly size?: number }[]): number =>
    things.reduce((sum, thing) => sum + (thing.size ?? 0), 0);
  const usedImages = new Set(containers.map(({ imageId }) => imageId));
  const stopped = new Set(
    containers
      .filter(({ state }) => ['exited', 'created', 'dead'].includes(state))
      .map(({ id }) => id),
  );
  const unusedImages = usage.images.filter(({ id }) => !usedImages.has(id));
  const unusedVolumes = usage.volumes.filter(({ uses }) => uses === 0);
  const freeCache = usage.buildCache.filter(({ inUse }) => !inUse);
  const idleContainers = usage.containers.filter(({ id }) => stopped.has(id));
  const reclaimable = unusedImages.reduce((sum, image) => sum + image.size - image.shared, 0);
  const cache = (records: DiskUsage['buildCache']): number =>
    total(records.filter(({ shared }) => !shared));
  const row = (what: string, all: number, bytes: number, rest: readonly [number, number]) => [
    what,
    String(all),
    formatSize(bytes),
    String(rest[0]),
    formatSize(rest[1]),
  ];
  return tableOf(
    [t('Type'), t('Total'), t('Size'), t('Unused'), t('Reclaimable')],
    [
      row(t('Images'), usage.images.length, usage.layersSize ?? total(usage.images), [
        unusedImages.length,
        reclaimable,
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
  const line = (cells: readonly string[]): string => `| ${cells.map(escapeMarkdown).join(' | ')} |`;
  return [line(head), `|${head.map(() => ' :-- ').join('|')}|`, ...rows.map(line)].join('\n');
}

/** Instructions to move the Docker root directory, for the platform of the engine. */
function moveInstructions({ platform, address, info }: Overview): readonly string[] {
  const remote = address !== undefined && address.endpoint.kind !== 'socket';
  const desktop = /Docker Desktop/i.test(info.system);
  if (desktop) {
    return [
      t(
        'Docker Desktop stores all data in one disk image. Move it in Settings > Resources > Advanced > Disk image location.',
      ),
    ];
  }
  if (!remote && (platform === 'mac' || platform === 'windows')) {
    return [
      t(
        'The engine runs in a virtual machine. Move its disk in the settings of the product that provides it.',
      ),
    ];
  }
  if (info.rootless) {
    return [
      t(
        'Set `data-root` in `~/.config/docker/daemon.json`, stop the engine, move the directory, and start the engine again.',
      ),
    ];
  }
  return [
    t(
      'Run these commands on the host of the engine, for example to move the directory to `/mnt/data/docker`:',
    ),
    '',
    '```sh',
    'sudo systemctl stop docker docker.socket',
    `sudo rsync -aHAXS ${info.dataRoot.replace(/[^\w./-]/g, '')}/ /mnt/data/docker/`,
    '# in /etc/docker/daemon.json: { "data-root": "/mnt/data/docker" }',
    'sudo systemctl start docker',
    '```',
  ];
}
