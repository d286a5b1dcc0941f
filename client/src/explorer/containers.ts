/** The Containers view: containers in groups, running first, trouble never hidden below. */
import { t } from '@vscode/l10n';
import type { Container, Engine } from '../engine/engine.ts';
import { detailRows, type ContainerDetails } from './container-details.ts';
import { isUp, isWrong, lookOf, traitsOf, type Look } from './container-look.ts';
import { groupsOf, type ContainerGrouping } from './container-groups.ts';
import { exact, few, imageName, joined, ports, shortId } from '../ui/format.ts';
import { filterNote, matching } from './filter.ts';
import { byGreatest } from './grouping.ts';
import { groupTraits, tooltipText, type Item, type EngineView } from './item.ts';
import { table, tableRows } from '../ui/markdown.ts';

export type ContainerColumn =
  'image' | 'ports' | 'state' | 'health' | 'networks' | 'command' | 'created' | 'id';

/** How a person wants containers listed. */
export interface ContainersLook {
  readonly show: 'all' | 'running';
  readonly groupBy: ContainerGrouping;
  /** Where containers are grouped by a label, its name. */
  readonly groupByLabel?: string;
  readonly sortBy: 'state' | 'name' | 'created' | 'image';
  readonly columns: readonly ContainerColumn[];
  /** Words that all must stand somewhere in it. */
  readonly filter: string;
}

export const usualContainersLook: ContainersLook = {
  show: 'all',
  groupBy: 'project',
  sortBy: 'state',
  columns: ['image', 'ports', 'state', 'health'],
  filter: '',
};

/** The view of all containers of an engine; the look is asked for whenever rows are shown. */
export function containersView(look: () => ContainersLook): EngineView {
  return {
    id: 'containers',
    title: 'Containers',
    holds: 'container',
    source: 'engine',
    about: ['container', 'network'],
    read: async (engine) => {
      const all = await engine.containers();
      const starved = await outOfMemory(engine, all);
      const read = new Date();
      return (now) => containerItems(all, { look: look(), starved, read, now });
    },
    tooltip: (item, engine) => fullTooltip(item, engine),
    note: () => filterNote(look().filter),
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
  const rows = tableRows(detailRows(details));
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
  readonly look?: ContainersLook;
  /** Ids of those that the kernel killed for want of memory. */
  readonly starved?: ReadonlySet<string>;
  /** When the engine told of them. */
  readonly read?: Date;
  readonly now?: Date;
}

interface Sight {
  readonly look: ContainersLook;
  readonly starved: ReadonlySet<string>;
  /** Milliseconds since the engine told of them. */
  readonly passed: number;
}

/** Rows of containers. */
export function containerItems(
  containers: readonly Container[],
  { look = usualContainersLook, starved = new Set(), read, now }: Shown = {},
): readonly Item[] {
  const passed = read && now ? Math.max(0, now.getTime() - read.getTime()) : 0;
  const sight: Sight = { look, starved, passed };
  const fits = matching(look.filter);
  const listed = containers
    .filter((container) => look.show === 'all' || isUp(container))
    .filter((container) => fits(wordsOf(container)))
    .sort(orders[look.sortBy]);
  const groups = groupsOf(listed, look);
  if (groups.every(({ key }) => key === undefined)) {
    return listed.map((container) => containerItem(container, container.name, sight));
  }
  const wrong = (c: Container): boolean => isWrong(c, starved);
  return [...groups]
    .sort(
      byGreatest(
        (group) => Number(group.key !== undefined),
        // By state, the running ones stand first as everywhere.
        (group) => Number(look.groupBy !== 'state' && group.members.some(wrong)),
        (group) => Number(group.members.some(isUp)),
      ),
    )
    .map((group) => {
      const { id, key, members } = group;
      const running = members.filter(isUp).length;
      const label = key ?? t('other');
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
        spoken: `${label}, ${description}`,
        traits: groupTraits(key === undefined ? 'other' : look.groupBy, children),
        expanded: key === undefined || running > 0 || members.some(wrong),
        children,
      };
    });
}

const byName = (a: Container, b: Container): number => a.name.localeCompare(b.name);
const byAge = byGreatest<Container>((c) => c.createdAt.getTime());
const orders: Readonly<Record<ContainersLook['sortBy'], (a: Container, b: Container) => number>> = {
  state: byGreatest<Container>(
    (c) => Number(isUp(c)),
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
    ...ports(container.ports),
    ...Object.entries(labels).map(([key, value]) => `${key}=${value}`),
  ];
}

function containerItem(container: Container, label: string, sight: Sight): Item {
  const look = lookOf(container, sight);
  const description = joined(
    ...sight.look.columns.map((column) => columnOf(container, column, look)),
  );
  return {
    id: `container/${container.id}`,
    label,
    description,
    icon: look.icon,
    tooltip: tooltipOf(container, look),
    spoken: joined(label, look.words, look.health, imageName(container.image)).replaceAll(
      ' · ',
      ', ',
    ),
    subject: { kind: 'container', value: container },
    traits: traitsOf(container),
  };
}

function columnOf(container: Container, column: ContainerColumn, look: Look): string | undefined {
  switch (column) {
    case 'image':
      return imageName(container.image);
    case 'ports':
      return few(ports(container.ports));
    case 'state':
      return look.words;
    case 'health':
      return look.health;
    case 'networks':
      return few(container.networks);
    case 'command':
      return container.command;
    case 'created':
      return exact(container.createdAt);
    case 'id':
      return shortId(container.id);
  }
}

function tooltipOf(container: Container, { words, health }: Look): string {
  return table(container.name, [
    [t('State'), joined(words, health)],
    [t('Image'), container.image],
    [t('Command'), container.command],
    [t('Ports'), ports(container.ports).join(', ')],
    [t('Compose project'), container.project],
    [t('Service'), container.service],
    [t('Networks'), container.networks.join(', ')],
    [t('Created'), exact(container.createdAt)],
    [t('Id'), shortId(container.id)],
  ]);
}

/** Inside its project a container goes by its service, unless there are several of that service. */
function serviceName(
  container: Container,
  siblings: readonly Container[],
  { groupBy }: ContainersLook,
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
