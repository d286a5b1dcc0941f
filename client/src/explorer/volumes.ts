/** The Volumes view: named ones with who uses them, anonymous ones together below. */
import { t } from '@vscode/l10n';
import type { Container } from '../engine/engine.ts';
import type { Volume } from '../engine/objects.ts';
import { memberItems } from './container-look.ts';
import { exact, few, joined, size } from '../ui/format.ts';
import { filterNote, matching } from './filter.ts';
import type { Item, EngineView } from './item.ts';
import { table } from '../ui/markdown.ts';

export interface VolumesLook {
  readonly filter: string;
  /** Bytes by name, as far as they were measured. */
  readonly sizes: ReadonlyMap<string, number>;
}

export function volumesView(look: () => VolumesLook): EngineView {
  return {
    id: 'volumes',
    title: 'Volumes',
    holds: 'volume',
    source: 'engine',
    about: ['volume', 'container'],
    read: async (engine) => {
      const [volumes, containers] = await Promise.all([engine.volumes(), engine.containers()]);
      return () => volumeItems(volumes, containers, look());
    },
    note: () => filterNote(look().filter),
  };
}

/** Rows of volumes; `containers` tell who uses them. */
export function volumeItems(
  volumes: readonly Volume[],
  containers: readonly Container[],
  { filter, sizes }: VolumesLook,
): readonly Item[] {
  const fits = matching(filter);
  const users = new Map<string, Container[]>();
  for (const container of containers) {
    for (const volume of container.volumes) {
      users.set(volume, [...(users.get(volume) ?? []), container]);
    }
  }
  const listed = volumes
    .filter(({ name, driver, project = '', labels }) =>
      fits([
        name,
        driver,
        project,
        ...(users.get(name) ?? []).map((user) => user.name),
        ...Object.keys(labels),
      ]),
    )
    .sort((a, b) => a.name.localeCompare(b.name));
  const row = (volume: Volume): Item =>
    volumeItem(volume, users.get(volume.name) ?? [], sizes.get(volume.name));
  const anonymous = listed.filter((volume) => volume.anonymous);
  const named = listed.filter((volume) => !volume.anonymous).map(row);
  if (anonymous.length === 0) return named;
  const unused = anonymous.filter(({ name }) => !users.has(name)).length;
  const measured = anonymous.flatMap(({ name }) => sizes.get(name) ?? []);
  const bytes = measured.reduce((sum, one) => sum + one, 0);
  const description = joined(
    String(anonymous.length),
    unused > 0 ? t('{0} unused', unused) : undefined,
    measured.length > 0 ? size(bytes) : undefined,
  );
  const label = t('anonymous');
  return [
    ...named,
    {
      id: 'volumes/anonymous',
      label,
      description,
      spoken: joined(t('Anonymous volumes'), description).replaceAll(' · ', ', '),
      icon: { name: 'files' },
      traits: ['anonymous-group'],
      expanded: false,
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
  const names = few(users);
  const description = joined(
    bytes === undefined ? undefined : size(bytes),
    names === undefined ? t('unused') : t('used by {0}', names),
    driver === 'local' ? undefined : driver,
  );
  return {
    id: `volume/${name}`,
    label,
    description,
    icon: { name: 'database' },
    spoken: joined(label, description).replaceAll(' · ', ', '),
    tooltip: table(name, [
      [t('Used by'), users.join(', ')],
      [t('Size'), bytes === undefined ? undefined : size(bytes)],
      [t('Driver'), driver],
      [t('Compose project'), project],
      [t('Where'), mountpoint],
      [t('Created'), createdAt && exact(createdAt)],
    ]),
    ...memberItems(containers, `volume/${name}`),
    subject: { kind: 'volume', value: volume },
    traits: [users.length > 0 ? 'used' : 'unused', anonymous ? 'anonymous' : 'named'],
  };
}
