/** The Containers view: containers in groups, running first, trouble never hidden below. */
import { t } from '@vscode/l10n';
import type { Container, Engine } from '../engine/engine.ts';
import { detailRows, type ContainerDetails } from './container-details.ts';
import {
  isActive,
  needsAttention,
  containerAppearance,
  containerTraits,
  type ContainerAppearance,
} from './container-appearance.ts';
import { groupContainers, type ContainerGrouping } from './container-groups.ts';
import {
  formatDateTime,
  joinFirst,
  formatImageName,
  joinDetails,
  formatPorts,
  shortId,
} from '../ui/format.ts';
import { filterNote, createFilter } from './filter.ts';
import { compareDescending } from './grouping.ts';
import { groupTraits, tooltipText, type Item, type EngineView } from './item.ts';
import { markdownTable, markdownTableRows } from '../ui/markdown.ts';

export type ContainerColumn =
  'image' | 'ports' | 'state' | 'health' | 'networks' | 'command' | 'created' | 'id';

/** How a person wants containers listed. */
export interface ContainersOptions {
  readonly show: 'all' | 'running';
  readonly groupBy: ContainerGrouping;
  /** Where containers are grouped by a label, its name. */
  readonly groupByLabel?: string;
  readonly sortBy: 'state' | 'name' | 'created' | 'image';
  readonly columns: readonly ContainerColumn[];
  /** Words that all must stand somewhere in it. */
  readonly filter: string;
}

export const defaultContainersOptions: ContainersOptions = {
  show: 'all',
  groupBy: 'project',
  sortBy: 'state',
  columns: ['image', 'ports', 'state', 'health'],
  filter: '',
};

/** The view of all containers of an engine; the look is asked for whenever rows are shown. */
export function containersView(look: () => ContainersOptions): EngineView {
  return {
    id: 'containers',
    title: 'Containers',
    subjectKind: 'container',
    source: 'engine',
    about: ['container', 'network'],
    read: async (engine) => {
      const all = await engine.containers();
      const starved = await outOfMemory(engine, all);
      const read = new Date();
      return (now) => containerItems(all, { look: look(), starved, read, now });
    },
    tooltip: (item, engine) => fullTooltip(item, engine),
    description: () => filterNote(look().filter),
    badge: (items) => {
      const value = unhealthyIn(items);
      const tooltip =
        value === 1 ? t('1 unhealthy container') : t('{0} unhealthy containers', value);
      return value === 0 ? undefined : { value, tooltip };
    },
  };
}

/** Mounted folders, and what to do when it ends, stand in no list. */
async function fullTooltip(item: Item, engine: Engine): Promise<string | undefined> {
  const tooltip = tooltipText(item);
  const { subject } = item;
  if (subject?.kind !== 'container' || tooltip === undefined) return undefined;
  const details = (await engine.inspect('container', subject.value.id)) as ContainerDetails;
  const rows = markdownTableRows(detailRows(details));
  return rows === '' ? undefined : `${tooltip}\n${rows}`;
}

function unhealthyIn(items: readonly Item[]): number {
  const rows = items.flatMap((item) => (item.children === undefined ? [item] : item.children));
  const ids = rows.flatMap(({ subject }) =>
    subject?.kind === 'container' && subject.value.health === 'unhealthy' ? [subject.value.id] : [],
  );
  return new Set(ids).size;
}

export interface Shown {
  readonly look?: ContainersOptions;
  /** Ids of those that the kernel killed for want of memory. */
  readonly starved?: ReadonlySet<string>;
  /** When the engine told of them. */
  readonly read?: Date;
  readonly now?: Date;
}

interface Sight {
  readonly look: ContainersOptions;
  readonly starved: ReadonlySet<string>;
  /** Milliseconds since the engine told of them. */
  readonly passed: number;
}

/** Rows of containers. */
export function containerItems(
  containers: readonly Container[],
  { look = defaultContainersOptions, starved = new Set(), read, now }: Shown = {},
): readonly Item[] {
  const passed = read && now ? Math.max(0, now.getTime() - read.getTime()) : 0;
  const sight: Sight = { look, starved, passed };
  const fits = createFilter(look.filter);
  const listed = containers
    .filter((container) => look.show === 'all' || isActive(container))
    .filter((container) => fits(wordsOf(container)))
    .sort(orders[look.sortBy]);
  const groups = groupContainers(listed, look);
  if (groups.every(({ key }) => key === undefined)) {
    return listed.map((container) => containerItem(container, container.name, sight));
  }
  const wrong = (c: Container): boolean => needsAttention(c, starved);
  return [...groups]
    .sort(
      compareDescending(
        (group) => Number(group.key !== undefined),
        // By state, the running ones stand first as everywhere.
        (group) => Number(look.groupBy !== 'state' && group.members.some(wrong)),
        (group) => Number(group.members.some(isActive)),
      ),
    )
    .map((group) => {
      const { id, key, members } = group;
      const running = members.filter(isActive).length;
      const label = key ?? t('Other');
      const description =
        look.groupBy === 'state'
          ? String(members.length)
          : t('{0} of {1} running', running, members.length);
      const children = members.map((member) => {
        const item = containerItem(member, serviceName(member, members, look), sight);
        // A container in two networks stands under both.
        return look.groupBy === 'network' ? { ...item, id: `${id}/${item.id}` } : item;
      });
      return {
        id,
        label,
        description,
        accessibilityLabel: `${label}, ${description}`,
        traits: groupTraits(key === undefined ? 'other' : look.groupBy, children),
        expanded: key === undefined || running > 0 || members.some(wrong),
        children,
      };
    });
}

const byName = (a: Container, b: Container): number => a.name.localeCompare(b.name);
const byAge = compareDescending<Container>((c) => c.createdAt.getTime());
const orders: Readonly<
  Record<ContainersOptions['sortBy'], (a: Container, b: Container) => number>
> = {
  state: compareDescending<Container>(
    (c) => Number(isActive(c)),
    (c) => c.createdAt.getTime(),
  ),
  name: byName,
  created: byAge,
  image: (a, b) => a.image.localeCompare(b.image) || byName(a, b),
};

/** What a filter looks through. */
function wordsOf(container: Container): readonly string[] {
  const {
    name,
    image,
    id,
    state,
    health = '',
    project = '',
    networks,
    volumes,
    labels,
  } = container;
  return [
    ...[name, image, id, state, health, project, ...networks, ...volumes],
    ...formatPorts(container.ports),
    ...Object.entries(labels).map(([key, value]) => `${key}=${value}`),
  ];
}

function containerItem(container: Container, label: string, sight: Sight): Item {
  const look = containerAppearance(container, sight);
  const description = joinDetails(
    ...sight.look.columns.map((column) => columnOf(container, column, look)),
  );
  return {
    id: `container/${container.id}`,
    label,
    description,
    icon: look.icon,
    tooltip: tooltipOf(container, look),
    accessibilityLabel: joinDetails(
      label,
      look.words,
      look.health,
      formatImageName(container.image),
    ).replaceAll(' · ', ', '),
    subject: { kind: 'container', value: container },
    traits: containerTraits(container),
  };
}

function columnOf(
  container: Container,
  column: ContainerColumn,
  look: ContainerAppearance,
): string | undefined {
  switch (column) {
    case 'image':
      return formatImageName(container.image);
    case 'ports':
      return joinFirst(formatPorts(container.ports));
    case 'state':
      return look.words;
    case 'health':
      return look.health;
    case 'networks':
      return joinFirst(container.networks);
    case 'command':
      return container.command;
    case 'created':
      return formatDateTime(container.createdAt);
    case 'id':
      return shortId(container.id);
  }
}

function tooltipOf(container: Container, { words, health }: ContainerAppearance): string {
  return markdownTable(container.name, [
    [t('State'), joinDetails(words, health)],
    [t('Image'), container.image],
    [t('Command'), container.command],
    [t('Ports'), formatPorts(container.ports).join(', ')],
    [t('Compose project'), container.project],
    [t('Service'), container.service],
    [t('Networks'), container.networks.join(', ')],
    [t('Created'), formatDateTime(container.createdAt)],
    [t('ID'), shortId(container.id)],
  ]);
}

/** Inside its project a container goes by its service, unless there are several of that service. */
function serviceName(
  container: Container,
  siblings: readonly Container[],
  { groupBy }: ContainersOptions,
): string {
  const { name, project, service } = container;
  if (project === undefined || groupBy !== 'project') return name;
  const alone = siblings.filter((other) => other.service === service).length === 1;
  if (service !== undefined && alone) return service;
  const prefix = [`${project}-`, `${project}_`].find((start) => name.startsWith(start));
  return prefix === undefined ? name : name.slice(prefix.length);
}

/** Exit code 137 is a kill by anyone; only `inspect` knows whether it was the kernel. */
async function outOfMemory(
  engine: Engine,
  containers: readonly Container[],
): Promise<ReadonlySet<string>> {
  const killed = containers.filter(({ state, exitCode }) => state === 'exited' && exitCode === 137);
  const answers = await Promise.allSettled(
    killed.slice(0, 20).map(async ({ id }) => {
      const details = (await engine.inspect('container', id)) as {
        readonly State?: { readonly OOMKilled?: boolean };
      };
      return details.State?.OOMKilled === true ? id : undefined;
    }),
  );
  return new Set(
    answers.flatMap((answer) =>
      answer.status === 'fulfilled' && answer.value !== undefined ? [answer.value] : [],
    ),
  );
}
