/** The Containers view: containers in groups, running ones first, groups with failed or unhealthy containers at the top. */
import { t } from '@vscode/l10n';
import type { Container, Engine } from '../engine/engine.ts';
import { withoutHelpers } from '../engine/files/place.ts';
import { longList, rowsInSight } from '../engine/drawing.ts';
import { detailRows } from './container-details.ts';
import { isActive, needsAttention } from './container-appearance.ts';
import {
  containerItem,
  countBy,
  serviceName,
  type MadeRows,
  type RowContext,
} from './container-rows.ts';
import {
  groupContainers,
  groupIcon,
  type ContainerGroup,
  type ContainerGrouping,
} from './container-groups.ts';
import type { ContainerColumn } from './container-texts.ts';
import { formatPorts } from '../ui/format.ts';
import { filterNote, createFilter, groupState } from './filter.ts';
import { compareDescending, compareNames, preparedCollator } from './grouping.ts';
import { groupTraits, tooltipText, type Item, type EngineView } from './item.ts';
import { historyOf, historySummary, pastEvents } from '../history/entries.ts';
import { findNewerImages } from './newer-images.ts';
import { markdownTableRows } from '../ui/markdown.ts';

/** How containers are listed, from the settings. */
export interface ContainersOptions {
  readonly show: 'all' | 'running';
  readonly groupBy: ContainerGrouping;
  /** The name of the label if containers are grouped by label. */
  readonly groupByLabel?: string;
  readonly sortBy: 'state' | 'name' | 'created' | 'image';
  readonly columns: readonly ContainerColumn[];
  /** Words that a row must contain. */
  readonly filter: string;
}

export const defaultContainersOptions: ContainersOptions = {
  show: 'all',
  groupBy: 'project',
  sortBy: 'state',
  columns: ['state', 'health', 'ports', 'image', 'uptime'],
  filter: '',
};

/** The view of all containers of an engine; `options` is called whenever rows are shown. */
export function containersView(options: () => ContainersOptions): EngineView {
  const readTimes = new WeakMap<Container, number>();
  const made: MadeRows = new WeakMap();
  /** Of all containers, for the rows that were created of them: a filter does not change the badge. */
  const unhealthy = new WeakMap<readonly Item[], number>();
  return {
    id: 'containers',
    title: 'Containers',
    subjectKind: 'container',
    source: 'engine',
    // An image that gets the tag of another one can be newer than that of a container.
    eventTypes: ['container', 'network', 'image'],
    read: async (engine) => {
      const listed = engine.containers();
      preparedCollator();
      const all = withoutHelpers(await listed);
      const [oomKilled, newerImages] = await Promise.all([
        findOomKilled(engine, all),
        findNewerImages(engine, all),
      ]);
      const readAt = Date.now();
      const shown = all.map((one) => {
        const tagged = withTag(one, newerImages);
        // Only what changes is read again: the ages of the others are of an earlier time.
        const time = readTimes.get(one) ?? readAt;
        readTimes.set(one, time).set(tagged, time);
        return tagged;
      });
      const count = all.filter(({ health }) => health === 'unhealthy').length;
      return (now, inSight) => {
        const items = containerItems(shown, {
          inSight,
          options: options(),
          oomKilled,
          newerImages,
          readAt: (container) => readTimes.get(container),
          made,
          now,
        });
        unhealthy.set(items, count);
        return items;
      };
    },
    tooltip: (item, engine) => detailedTooltip(item, engine),
    description: () => filterNote(options().filter),
    badge: (items) => {
      const value = unhealthy.get(items) ?? countUnhealthy(items);
      const tooltip =
        value === 1 ? t('1 unhealthy container') : t('{0} unhealthy containers', value);
      return value === 0 ? undefined : { value, tooltip };
    },
  };
}

/** Mounts and the restart policy are not in the list of containers, so the tooltip reads them with `inspect`. */
async function detailedTooltip(item: Item, engine: Engine): Promise<string | undefined> {
  const tooltip = tooltipText(item);
  const { subject } = item;
  if (subject?.kind !== 'container' || tooltip === undefined) return undefined;
  const { id } = subject.value;
  const now = Date.now();
  const [details, events] = await Promise.all([
    engine.inspect('container', id),
    pastEvents(engine, id, now),
  ]);
  const history = historySummary(historyOf(events, details), now);
  const rows = markdownTableRows([[t('History'), history?.text], ...detailRows(details)]);
  return rows === '' ? undefined : `${tooltip}\n${rows}`;
}

function countUnhealthy(items: readonly Item[]): number {
  const rows = items.flatMap((item) => (item.children === undefined ? [item] : item.children));
  const ids = rows.flatMap(({ subject }) =>
    subject?.kind === 'container' && subject.value.health === 'unhealthy' ? [subject.value.id] : [],
  );
  return new Set(ids).size;
}

export interface ContainerItemsOptions {
  readonly options?: ContainersOptions;
  /** Ids of containers that the kernel killed because they ran out of memory. */
  readonly oomKilled?: ReadonlySet<string>;
  /** Container id → its tag, which points to a newer image than it runs. */
  readonly newerImages?: ReadonlyMap<string, string>;
  /** When a container was read from the engine, in milliseconds since 1970. */
  readonly readAt?: (container: Container) => number | undefined;
  readonly now?: Date;
  readonly made?: MadeRows;
  /** Whether the rows of a long list without groups are created only as far as a screen shows them. */
  readonly inSight?: boolean | undefined;
}

/** Rows of containers. */
export function containerItems(
  containers: readonly Container[],
  {
    options = defaultContainersOptions,
    oomKilled = new Set(),
    newerImages = new Map(),
    readAt,
    now,
    made = new WeakMap(),
    inSight = false,
  }: ContainerItemsOptions = {},
): readonly Item[] {
  const elapsed = (container: Container): number => {
    const read = readAt?.(container);
    return read === undefined || now === undefined ? 0 : Math.max(0, now.getTime() - read);
  };
  const style = JSON.stringify([options.groupBy, options.columns]);
  const context = { options, oomKilled, newerImages, elapsed, made, style };
  const fits = createFilter(options.filter);
  const listed = containers
    .map((container) => withTag(container, newerImages))
    .filter((container) => options.show === 'all' || isActive(container))
    .filter((container) => fits(() => filterTexts(container)))
    .sort(orders[options.sortBy]);
  const groups = groupContainers(listed, options);
  if (groups.every(({ key }) => key === undefined)) {
    const first = inSight && listed.length > longList ? listed.slice(0, rowsInSight) : listed;
    return first.map((container) => containerItem(container, container.name, context));
  }
  const failed = (c: Container): boolean => needsAttention(c, oomKilled);
  return [...groups]
    .sort(
      compareDescending(
        (group) => Number(group.key !== undefined),
        // When grouped by state, running containers come first as elsewhere.
        (group) => Number(options.groupBy !== 'state' && group.members.some(failed)),
        (group) => Number(group.members.some(isActive)),
      ),
    )
    .map((group) => groupItem(group, context));
}

function groupItem(
  { id, key, members }: ContainerGroup,
  context: RowContext & { readonly options: ContainersOptions },
): Item {
  const { options, oomKilled } = context;
  const failed = (c: Container): boolean => needsAttention(c, oomKilled);
  const running = members.filter(({ state }) => state === 'running').length;
  const label = key ?? t('Other');
  const description =
    options.groupBy === 'state'
      ? String(members.length)
      : t('{0} of {1} running', running, members.length);
  const siblings = countBy(members, ({ service }) => service);
  const children = members.map((member) => {
    const item = containerItem(member, serviceName(member, siblings, options), context);
    // A container in two networks is listed under both, with different ids.
    return options.groupBy === 'network' ? { ...item, id: `${id}/${item.id}` } : item;
  });
  const by = key === undefined ? undefined : options.groupBy;
  return {
    ...groupState(options.filter, {
      id,
      // A project that is being started begins with containers that are only created.
      expanded: key === undefined || members.some((one) => one.state !== 'exited' || failed(one)),
    }),
    label,
    description,
    icon: groupIcon(by),
    accessibilityLabel: `${label}, ${description}`,
    traits: groupTraits(
      by ?? 'other',
      'container',
      children.map(({ traits = [] }) => traits),
    ),
    children,
  };
}

const byName = (a: Container, b: Container): number => compareNames(a.name, b.name);
const byAge = compareDescending<Container>((c) => c.createdAt.getTime());
const byState = compareDescending<Container>(
  (c) => Number(isActive(c)),
  (c) => c.createdAt.getTime(),
);
const orders: Readonly<
  Record<ContainersOptions['sortBy'], (a: Container, b: Container) => number>
> = {
  // Containers of one project are often created within a second.
  state: (a, b) => byState(a, b) || byName(a, b),
  name: byName,
  created: (a, b) => byAge(a, b) || byName(a, b),
  image: (a, b) => compareNames(a.image, b.image) || byName(a, b),
};

/** The texts that a filter searches. */
function filterTexts(container: Container): readonly string[] {
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

/** The engine lists the id of an image whose tag was given to another one. */
function withTag(container: Container, newerImages: ReadonlyMap<string, string>): Container {
  const tag = newerImages.get(container.id);
  return tag === undefined || tag === container.image ? container : { ...container, image: tag };
}

/** Exit code 137 means SIGKILL from any sender; only `inspect` shows whether the kernel was out of memory. */
async function findOomKilled(
  engine: Engine,
  containers: readonly Container[],
): Promise<ReadonlySet<string>> {
  const killed = containers.filter(({ state, exitCode }) => state === 'exited' && exitCode === 137);
  const listed = killed.slice(0, 20);
  await Promise.all(
    listed
      .filter((one) => !outOfMemory.has(one))
      .map(async (one) => {
        const details = await engine.inspect('container', one.id).catch(() => undefined);
        if (details !== undefined) outOfMemory.set(one, details.outOfMemory);
      }),
  );
  return new Set(listed.filter((one) => outOfMemory.get(one) === true).map(({ id }) => id));
}

/** By container as it was listed: one that has run again is another object. */
const outOfMemory = new WeakMap<Container, boolean>();
