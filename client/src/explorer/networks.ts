/** The Networks view: custom networks first, built-in ones last. */
import { t } from '@vscode/l10n';
import type { Container } from '../engine/engine.ts';
import type { Network } from '../engine/objects.ts';
import { withMembers } from './container-appearance.ts';
import { formatDateTime, joinFirst, joinDetails, shortId } from '../ui/format.ts';
import { filterNote, createFilter } from './filter.ts';
import { compareDescending, compareNames } from './grouping.ts';
import type { Item, EngineView } from './item.ts';
import { markdownTable } from '../ui/markdown.ts';

export interface NetworksOptions {
  readonly filter: string;
}

export function networksView(options: () => NetworksOptions): EngineView {
  return {
    id: 'networks',
    title: 'Networks',
    subjectKind: 'network',
    source: 'engine',
    eventTypes: ['network', 'container'],
    read: async (engine) => {
      const [networks, containers] = await Promise.all([engine.networks(), engine.containers()]);
      return () => networkItems(networks, containers, options());
    },
    description: () => filterNote(options().filter),
  };
}

/** Rows of networks; `containers` determine which are connected. */
export function networkItems(
  networks: readonly Network[],
  containers: readonly Container[],
  { filter }: NetworksOptions,
): readonly Item[] {
  const fits = createFilter(filter);
  const members = ({ name }: Network): readonly Container[] =>
    containers.filter((container) => container.networks.includes(name));
  const order = compareDescending<Network>((network) => Number(!network.builtin));
  return networks
    .map((network) => ({ network, connected: members(network) }))
    .filter(({ network, connected }) =>
      fits(() => [...filterTexts(network), ...connected.map(({ name }) => name)]),
    )
    .sort((a, b) => order(a.network, b.network) || compareNames(a.network.name, b.network.name))
    .map(({ network, connected }) => networkItem(network, connected));
}

function filterTexts({ name, id, driver, project = '', subnets }: Network): readonly string[] {
  return [name, id, driver, project, ...subnets.map(({ subnet }) => subnet)];
}

function networkItem(network: Network, members: readonly Container[]): Item {
  const connected = members.map((member) => member.name);
  const { id, name, driver, builtin, internal, subnets, project, createdAt } = network;
  const names = joinFirst(connected);
  const description = joinDetails(
    joinFirst(subnets.map(({ subnet }) => subnet)),
    builtin || driver === 'bridge' ? undefined : driver,
    internal ? t('internal') : undefined,
    names ?? (builtin ? undefined : t('unused')),
  );
  const item: Item = {
    id: `network/${id}`,
    label: name,
    description,
    icon: { name: builtin ? 'globe' : 'type-hierarchy-sub' },
    accessibilityLabel: joinDetails(name, description).replaceAll(' · ', ', '),
    tooltip: {
      data: [connected, driver, subnets, project, createdAt],
      text: () =>
        markdownTable(name, [
          [t('Connected containers'), connected.join(', ')],
          [t('Driver'), driver],
          [t('Subnet'), subnets.map(({ subnet }) => subnet).join(', ')],
          [t('Gateway'), subnets.flatMap(({ gateway }) => gateway ?? []).join(', ')],
          [t('Compose project'), project],
          [t('Created'), createdAt && formatDateTime(createdAt)],
          [t('ID'), shortId(id)],
        ]),
    },
    subject: { kind: 'network', value: network },
    traits: [builtin ? 'builtin' : 'own', connected.length > 0 ? 'used' : 'unused'],
  };
  return withMembers(item, members);
}
