/** Groups containers by project, state, image, network or label. */
import { t } from '@vscode/l10n';
import type { Container, State } from '../engine/engine.ts';
import { formatImageName } from '../ui/format.ts';
import { groupByKey } from './grouping.ts';

export type ContainerGrouping = 'project' | 'state' | 'image' | 'network' | 'label' | 'none';

/** The grouping, and the label if containers are grouped by label. */
export interface GroupingOptions {
  readonly groupBy: ContainerGrouping;
  readonly groupByLabel?: string;
}

export interface ContainerGroup {
  readonly id: string;
  /** Undefined for containers without a group. */
  readonly key: string | undefined;
  readonly members: readonly Container[];
}

/** The icon of a group; `by` is undefined for containers without a group. */
export function groupIcon(by: ContainerGrouping | undefined): { readonly name: string } {
  switch (by) {
    case 'project':
      return { name: 'group-by-ref-type' };
    case 'image':
      return { name: 'package' };
    case 'network':
      return { name: 'type-hierarchy-sub' };
    case 'label':
      return { name: 'tag' };
    case 'state':
      return { name: 'pulse' };
    case 'none':
    case undefined:
      return { name: 'folder' };
  }
}

/** Members keep their order; groups are in the order of their first members. */
export function groupContainers(
  containers: readonly Container[],
  { groupBy: by, groupByLabel: label = '' }: GroupingOptions,
): readonly ContainerGroup[] {
  if (by === 'network') return byNetwork(containers);
  const keyOfContainer = (container: Container): string | undefined =>
    by === 'label' ? container.labels[label] : keyOf(container, by);
  return groupByKey(containers, keyOfContainer).map(({ key, members }) => ({
    id: key === undefined ? 'containers/other' : `${by}/${key}`,
    key,
    members,
  }));
}

function keyOf(container: Container, by: ContainerGrouping): string | undefined {
  switch (by) {
    case 'project':
      return container.project;
    case 'image':
      return formatImageName(container.image);
    case 'state':
      return stateName(container.state);
    default:
      return undefined;
  }
}

function byNetwork(containers: readonly Container[]): readonly ContainerGroup[] {
  const names = [...new Set(containers.flatMap(({ networks }) => networks))];
  const groups = names.map((name): ContainerGroup => ({
    id: `network/${name}`,
    key: name,
    members: containers.filter(({ networks }) => networks.includes(name)),
  }));
  const rest = containers.filter(({ networks }) => networks.length === 0);
  return rest.length === 0
    ? groups
    : [...groups, { id: 'containers/other', key: undefined, members: rest }];
}

function stateName(state: State): string {
  switch (state) {
    case 'running':
      return t('running');
    case 'paused':
      return t('paused');
    case 'restarting':
      return t('restarting');
    case 'removing':
      return t('being removed');
    case 'created':
      return t('created');
    case 'exited':
      return t('exited');
    case 'dead':
      return t('dead');
  }
}
