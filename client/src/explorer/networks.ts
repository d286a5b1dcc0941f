/** The Networks view: people's own first, those that are always there last. */
import { t } from '@vscode/l10n';
import type { Container } from '../engine/engine.ts';
import type { Network } from '../engine/objects.ts';
import { memberItems } from './container-look.ts';
import { exact, few, joined, shortId } from '../ui/format.ts';
import { filterNote, matching } from './filter.ts';
import { byGreatest } from './grouping.ts';
import type { Item, EngineView } from './item.ts';
import { table } from '../ui/markdown.ts';

export interface NetworksLook {
  readonly filter: string;
}

export function networksView(look: () => NetworksLook): EngineView {
  return {
    id: 'networks',
    title: 'Networks',
    holds: 'network',
    source: 'engine',
    about: ['network', 'container'],
    read: async (engine) => {
      const [networks, containers] = await Promise.all([engine.networks(), engine.containers()]);
      return () => networkItems(networks, containers, look());
    },
    note: () => filterNote(look().filter),
  };
}

/** Rows of networks; `containers` tell who is connected. */
export function networkItems(
  networks: readonly Network[],
  containers: readonly Container[],
  { filter }: NetworksLook,
): readonly Item[] {
  const fits = matching(filter);
  const members = ({ name }: Network): readonly Container[] =>
    containers.filter((container) => container.networks.includes(name));
  const order = byGreatest<Network>((network) => Number(!network.builtin));
  return networks
    .map((network) => ({ network, connected: members(network) }))
    .filter(({ network, connected }) =>
      fits([...wordsOf(network), ...connected.map(({ name }) => name)]),
    )
    .sort((a, b) => order(a.network, b.network) || a.network.name.localeCompare(b.network.name))
    .map(({ network, connected }) => networkItem(network, connected));
}

function wordsOf({ name, id, driver, project = '', subnets }: Network): readonly string[] {
  return [name, id, driver, project, ...subnets.map(({ subnet }) => subnet)];
}

function networkItem(network: Network, members: readonly Container[]): Item {
  const connected = members.map((member) => member.name);
  const { id, name, driver, builtin, internal, subnets, project, createdAt } = network;
  const names = few(connected);
  const description = joined(
    few(subnets.map(({ subnet }) => subnet)),
    builtin || driver === 'bridge' ? undefined : driver,
    internal ? t('internal') : undefined,
    names ?? (builtin ? undefined : t('unused')),
  );
  return {
    id: `network/${id}`,
    label: name,
    description,
    icon: { name: builtin ? 'globe' : 'type-hierarchy-sub' },
    spoken: joined(name, description).replaceAll(' · ', ', '),
    tooltip: table(name, [
      [t('Connected'), connected.join(', ')],
      [t('Driver'), driver],
      [t('Subnet'), subnets.map(({ subnet }) => subnet).join(', ')],
      [t('Gateway'), subnets.flatMap(({ gateway }) => gateway ?? []).join(', ')],
      [t('Compose project'), project],
      [t('Created'), createdAt && exact(createdAt)],
      [t('Id'), shortId(id)],
    ]),
    ...memberItems(members, `network/${id}`),
    subject: { kind: 'network', value: network },
    traits: [builtin ? 'builtin' : 'own', connected.length > 0 ? 'used' : 'unused'],
  };
}
