/** The Volumes view: named volumes with the containers that use them; anonymous volumes in a group at the end. */
import { t } from '@vscode/l10n';
import type { Container } from '../engine/engine.ts';
import { withoutHelpers } from '../engine/files/place.ts';
import type { Volume } from '../engine/objects.ts';
import { withMembers } from './container-appearance.ts';
import { formatDateTime, joinFirst, joinDetails, formatSize } from '../ui/format.ts';
import { filterNote, createFilter, groupState } from './filter.ts';
import { compareNames } from './grouping.ts';
import type { Item, EngineView } from './item.ts';
import { markdownTable } from '../ui/markdown.ts';

export interface VolumesOptions {
  readonly filter: string;
  /** Sizes in bytes by name; only volumes whose size has been computed. */
  readonly sizes: ReadonlyMap<string, number>;
}

export function volumesView(options: () => VolumesOptions): EngineView {
  return {
    id: 'volumes',
    title: 'Volumes',
    subjectKind: 'volume',
    source: 'engine',
    eventTypes: ['volume', 'container'],
    read: async (engine) => {
      const [volumes, containers] = await Promise.all([engine.volumes(), engine.containers()]);
      return () => volumeItems(volumes, withoutHelpers(containers), options());
    },
    description: () => filterNote(options().filter),
  };
}

/** Rows of volumes; `containers` determine which of them are used. */
export function volumeItems(
  volumes: readonly Volume[],
  containers: readonly Container[],
  { filter, sizes }: VolumesOptions,
): readonly Item[] {
  const fits = createFilter(filter);
  const users = new Map<string, Container[]>();
  for (const container of containers) {
    for (const volume of container.volumes) {
      users.set(volume, [...(users.get(volume) ?? []), container]);
    }
  }
  const matching = volumes
    .filter(({ name, driver, project = '', labels }) =>
      fits(() => [
        name,
        driver,
        project,
        ...(users.get(name) ?? []).map((user) => user.name),
        ...Object.keys(labels),
      ]),
    )
    .sort((a, b) => compareNames(a.name, b.name));
  const row = (volume: Volume): Item =>
    volumeItem(volume, users.get(volume.name) ?? [], sizes.get(volume.name));
  const anonymous = matching.filter((volume) => volume.anonymous);
  const named = matching.filter((volume) => !volume.anonymous).map(row);
  if (anonymous.length === 0) return named;
  const unused = anonymous.filter(({ name }) => !users.has(name)).length;
  const known = anonymous.flatMap(({ name }) => sizes.get(name) ?? []);
  const bytes = known.reduce((sum, size) => sum + size, 0);
  const description = joinDetails(
    String(anonymous.length),
    unused > 0 ? t('{0} unused', unused) : undefined,
    known.length > 0 ? formatSize(bytes) : undefined,
  );
  const label = t('Anonymous volumes');
  return [
    ...named,
    {
      ...groupState(filter, { id: 'volumes/anonymous', expanded: false }),
      label,
      description,
      accessibilityLabel: joinDetails(label, description).replaceAll(' · ', ', '),
      icon: { name: 'files' },
      traits: ['anonymous-group'],
      children: anonymous.map(row),
    },
  ];
}

function volumeItem(
  volume: Volume,
  containers: readonly Container[],
  bytes: number | undefined,
): Item {
  const users = containers.map((container) => container.name);
  const { name, driver, anonymous, mountpoint, project, createdAt } = volume;
  const label = anonymous ? name.slice(0, 12) : name;
  const names = joinFirst(users);
  const description = joinDetails(
    bytes === undefined ? undefined : formatSize(bytes),
    names === undefined ? t('unused') : t('used by {0}', names),
    driver === 'local' ? undefined : driver,
  );
  const item: Item = {
    id: `volume/${name}`,
    label,
    description,
    icon: { name: 'database' },
    accessibilityLabel: joinDetails(label, description).replaceAll(' · ', ', '),
    tooltip: {
      data: [users, bytes, driver, project, mountpoint, createdAt],
      text: () =>
        markdownTable(name, [
          [t('Used by'), users.join(', ')],
          [t('Size'), bytes === undefined ? undefined : formatSize(bytes)],
          [t('Driver'), driver],
          [t('Compose project'), project],
          [t('Mountpoint'), mountpoint],
          [t('Created'), createdAt && formatDateTime(createdAt)],
        ]),
    },
    subject: { kind: 'volume', value: volume },
    open: 'volumes.files',
    lazy: { kind: 'branches', place: { kind: 'volume', name } },
    traits: [users.length > 0 ? 'used' : 'unused', anonymous ? 'anonymous' : 'named'],
  };
  return withMembers(item, containers);
}
