/** The row of a container. */
import { t } from '@vscode/l10n';
import type { Container } from '../engine/engine.ts';
import { formatImageName, joinDetails } from '../ui/format.ts';
import {
  containerAppearance,
  containerTraits,
  hasFailed,
  type ContainerAppearance,
} from './container-appearance.ts';
import type { ContainerGrouping } from './container-groups.ts';
import { columnText, tooltipOf, type ContainerColumn } from './container-texts.ts';
import type { Item } from './item.ts';

/** The options that the row of a container depends on. */
export interface RowOptions {
  readonly groupBy: ContainerGrouping;
  readonly columns: readonly ContainerColumn[];
}

/** The last row of a container, with the texts that it contains besides the container. */
export type MadeRows = WeakMap<Container, { readonly texts: string; readonly item: Item }>;

export interface RowContext {
  readonly options: RowOptions;
  readonly oomKilled: ReadonlySet<string>;
  readonly newerImages: ReadonlyMap<string, string>;
  /** Milliseconds since the container was read from the engine. */
  readonly elapsed: (container: Container) => number;
  readonly made: MadeRows;
  /** The options that rows depend on, as text. */
  readonly style: string;
}

/** The same object as before if nothing has changed, so that thousands of rows need not be compared. */
export function containerItem(container: Container, label: string, context: RowContext): Item {
  const newer = context.newerImages.has(container.id) ? t('newer image') : undefined;
  const { oomKilled, elapsed, made, style } = context;
  const appearance = containerAppearance(container, { oomKilled, elapsed: elapsed(container) });
  const texts = [style, label, appearance.text, newer ?? ''].join('\n');
  const before = made.get(container);
  if (before?.texts === texts) return before.item;
  const item = newItem(container, label, { context, appearance, newer });
  made.set(container, { texts, item });
  return item;
}

function newItem(
  container: Container,
  label: string,
  {
    context,
    appearance,
    newer,
  }: {
    readonly context: RowContext;
    readonly appearance: ContainerAppearance;
    readonly newer: string | undefined;
  },
): Item {
  const { columns, groupBy } = context.options;
  const texts = columns
    // The group has the name of the image.
    .filter((column) => column !== 'image' || groupBy !== 'image')
    .map((column) => columnText(container, column, appearance));
  // Narrow side bars cut the end: what can be done about the container is close to its state.
  const first = columns[0] === 'state' ? 1 : 0;
  const description = joinDetails(...texts.slice(0, first), newer, ...texts.slice(first));
  return {
    id: `container/${container.id}`,
    label,
    description,
    icon: appearance.icon,
    tooltip: tooltipOf(container, appearance),
    accessibilityLabel: joinDetails(
      label,
      appearance.text,
      appearance.health,
      formatImageName(container.image),
      newer,
    ).replaceAll(' · ', ', '),
    subject: { kind: 'container', value: container },
    traits: [...containerTraits(container), ...(newer === undefined ? [] : ['outdated'])],
    open: 'containers.logs',
    ...(hasFailed(container, context.oomKilled) && { failed: true }),
    ...(container.state !== 'removing' && { lazy: branchesOf(container) }),
  };
}

function branchesOf({ id, name, imageId }: Container): NonNullable<Item['lazy']> {
  return { kind: 'branches', place: { kind: 'container', id, name }, imageId };
}

export function countBy<T, K>(
  things: readonly T[],
  keyOf: (thing: T) => K,
): ReadonlyMap<K, number> {
  const counts = new Map<K, number>();
  for (const thing of things) counts.set(keyOf(thing), (counts.get(keyOf(thing)) ?? 0) + 1);
  return counts;
}

/** Within its project a container is named by its service, unless the service has several containers; `siblings` has their numbers. */
export function serviceName(
  container: Container,
  siblings: ReadonlyMap<string | undefined, number>,
  { groupBy }: RowOptions,
): string {
  const { name, project, service } = container;
  if (project === undefined || groupBy !== 'project') return name;
  if (service !== undefined && siblings.get(service) === 1) return service;
  const prefix = [`${project}-`, `${project}_`].find((start) => name.startsWith(start));
  return prefix === undefined ? name : name.slice(prefix.length);
}
